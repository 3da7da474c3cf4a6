"""A query can be told word by word, and written again with other words or without its dates."""

import pytest

from indexer.query.parser import parse
from indexer.query.rewriting import plain_words, things, with_words, without_dates


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gaza aid", ["gaza", "aid"]),
        ("gaza -aid", ["gaza"]),
        ("gaza OR (aid^2 tokyo)", ["gaza", "aid", "tokyo"]),
        ('"humanit* pauses"', ['"humanit* pauses"', "=humanit*", "=pauses"]),
        ("gaza w/5 (aid OR food)", ["gaza w/5 (aid OR food)", "gaza", "aid", "food"]),
        ("aid w/s food", ["aid w/s food", "aid", "food"]),
        ("headline:atleast2(aid)", ["headline:atleast2(aid)", "atleast2(aid)", "aid"]),
        ("source:ap date:2023 *", ["source:ap", "date:2023"]),
    ],
)
def test_everything_asked_for_is_told(query: str, expected: list[str]) -> None:
    assert [str(thing) for thing in things(parse(query).tree)] == expected


def test_only_words_spelt_out_can_be_misspelt() -> None:
    query = 'gaza aid* food~ =pause "in th?n north" source:ap -tokyo'
    assert list(plain_words(parse(query).tree)) == ["gaza", "pause", "in", "north"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a b", "x b"),
        ("=a b", "=x b"),
        ('"a b"~5 a*', '"x b"~5 a*'),
        ("a w/5 b", "x w/5 b"),
        ("b w/s a w/s c", "b w/s x w/s c"),
        ("atleast2(a) OR headline:a^2", "atleast2(x) OR headline:x^2"),
        ("b -a", "b NOT a"),
        ("source:a a~", "source:a a~"),
    ],
)
def test_words_asked_for_change_and_nothing_else(query: str, expected: str) -> None:
    assert str(with_words(parse(query).tree, {"a": "x"})) == expected


def test_one_word_may_become_two() -> None:
    assert str(with_words(parse("b gazastrip").tree, {"gazastrip": "gaza strip"})) == "b gaza strip"
    assert str(with_words(parse("b OR gazastrip").tree, {"gazastrip": "gaza strip"})) == "b OR gaza strip"
    assert str(with_words(parse('"gazastrip aid"').tree, {"gazastrip": "gaza strip"})) == '"gaza strip aid"'


def test_dates_that_hold_for_all_are_taken_off() -> None:
    assert str(without_dates(parse("gaza since:2023 until:2024").tree)) == "gaza"
    assert str(without_dates(parse("date:2023").tree)) == "*"
    assert str(without_dates(parse("gaza OR date:2023").tree)) == "gaza OR date:2023"
