"""What is typed becomes a Whoosh tree: any form for plain words, as written in quotes, every spelling an Or."""

import pytest

from indexer.analysis.analyzer import Analyzer
from indexer.errors import QueryError
from indexer.query.build import Meaning, build
from indexer.query.parser import parse

ANALYZER = Analyzer()


def meaning(query: str, any_word: bool = False) -> Meaning:
    return build(query, parse(query), ANALYZER, any_word)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("gaza", "text:gaza"),
        ("humanitarian pauses", "(text:humanitarian AND text:paus)"),
        ("US", "text:US"),
        ("us", "text:us"),
        ("=pauses", "text_exact:pauses"),
        ("“pauses”", "text_exact:pauses"),
        ("cease-fire", '(text:ceasefir OR text:"ceas fire")'),
        ("cease fire", "((text:ceas AND text:fire) OR text:ceasefir)"),
        ("G7", '(text:g7 OR text:"group of seven")'),
        ("group of seven", "((text:group AND text:of^0.1 AND text:seven) OR text:g7)"),
        ("gaza -tokyo", "(text:gaza ANDNOT text:tokyo)"),
        ("-tokyo", "(None:* ANDNOT text:tokyo)"),
        ("gaza OR -tokyo", "(text:gaza OR (None:* ANDNOT text:tokyo))"),
        ("paus*", "text_exact:paus*"),
        ("WOM?N", "text_exact:wom?n"),
        ("É*t*", "text_exact:e*t*"),
        ("*", "None:*"),
        ("- gaza", "text:gaza"),
    ],
)
def test_what_is_typed_becomes_a_tree(query: str, tree: str) -> None:
    assert str(meaning(query).tree) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("gaza tokyo", "(text:gaza OR text:tokyo)"),
        ("gaza tokyo -kyoto", "((text:gaza OR text:tokyo) ANDNOT text:kyoto)"),
        ("gaza", "text:gaza"),
        ("-gaza", "(None:* ANDNOT text:gaza)"),
        ("high-speed trains", "((text:highspe OR text:high OR text:speed) OR text:train)"),
        ("group of seven", "((text:group OR text:of^0.1 OR text:seven) OR text:g7)"),
    ],
)
def test_any_word_joins_the_top_by_or(query: str, tree: str) -> None:
    assert str(meaning(query, any_word=True).tree) == tree
    assert meaning(query, any_word=True).exact is None


def test_plain_words_know_their_phrase_as_written() -> None:
    assert str(meaning("humanitarian pauses").exact) == (
        '(text_exact:"humanitarian pauses" OR text_exact:humanitarian-pauses)'
    )
    for query in ("gaza", '"gaza strip"', "a OR b", "- gaza", "gaza -strip"):
        assert meaning(query).exact is None


def test_only_what_is_wanted_is_shown() -> None:
    assert [str(clause) for clause in meaning('gaza "cease fire" -tokyo -(a OR b)').clauses] == [
        "text:gaza",
        '(text_exact:"cease fire" OR text_exact:ceasefire OR text_exact:cease-fire)',
    ]


def test_a_query_of_signs_is_refused_and_single_signs_are_left_out_with_a_note() -> None:
    with pytest.raises(QueryError, match="no letters or digits: there is nothing to search for"):
        meaning("— ?!")
    assert "& has no letters or digits and was left out" in meaning("gaza & tokyo").notes


def test_a_query_in_capitals_throughout_means_plain_words() -> None:
    assert str(meaning("WHO SPEAKS FOR CABINET").tree) == "(text:who^0.1 AND text:speak AND text:for^0.1 AND text:cabinet)"
