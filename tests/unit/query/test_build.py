"""What is typed becomes a tree: any form for plain words, as written in quotes, every spelling an Or."""

from datetime import date

import pytest

from indexer.analysis.analyzer import Analyzer
from indexer.errors import QueryError
from indexer.query.build import Meaning, build
from indexer.query.parser import parse
from indexer.query.placed import Side

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
        ("-tokyo", "(*:* ANDNOT text:tokyo)"),
        ("high-speed OR jet", '((text:highspe OR text:"high speed") OR text:jet)'),
        ("gaza OR -tokyo", "(text:gaza OR (*:* ANDNOT text:tokyo))"),
        ("paus*", "text_exact:paus*"),
        ("WOM?N", "text_exact:wom?n"),
        ("É*t*", "text_exact:e*t*"),
        ("*", "*:*"),
        ("gaza w/5 aid", "((text:gaza w/5 text:aid) OR text:gazaaid)"),
        ("gaza pre/3 aid", "((text:gaza pre/3 text:aid) OR text:gazaaid)"),
        ("=gaza w/5 aid", "(text_exact:gaza w/5 text:aid)"),
        ("cease pre/2 fire", "((text:ceas pre/2 text:fire) OR text:ceasefir)"),
        ("(gaza aid) w/5 tokyo", "((text:gaza w/5 text:tokyo) AND (text:aid w/5 text:tokyo))"),
        ("(gaza OR aid) w/5 tokyo", "((text:gaza OR text:aid) w/5 text:tokyo)"),
        ("=a w/5 =b w/9 =c", "((text_exact:a w/5 text_exact:b) w/9 text_exact:c)"),
        ("gaza w/s (aid tokyo)", "(text:gaza w/s text:aid w/s text:tokyo)"),
        ("gaza w/p aid", "(text:gaza w/p text:aid)"),
        ("(cease fire) w/s gaza", "((text:ceas w/s text:fire w/s text:gaza) OR (text:ceasefir w/s text:gaza))"),
        ('"gaza aid"~5', "((text_exact:gaza text_exact:aid)~5 OR text_exact:gaza-aid)"),
        ('"=a b?c d"~1', "(text_exact:a text_exact:b?c text_exact:d)~2"),
        ('"humanit* pauses"', "(text_exact:humanit* pre/1 text_exact:pauses)"),
        ('"humanit* pauses"~3', "(text_exact:humanit* text_exact:pauses)~3"),
        ("atleast3(gaza)", "atleast3(text:gaza)"),
        ("atleast1(gaza)", "text:gaza"),
        ("atleast2(gaza aid)", "(atleast2(text:gaza) AND atleast2(text:aid))"),
        ("blinkn~", "text_exact:blinkn~"),
        ("Blinkn~2", "text_exact:blinkn~2"),
        ("gaza^2 aid", "(text:gaza^2.0 AND text:aid)"),
        ("(gaza OR aid)^3", "(text:gaza^3.0 OR text:aid^3.0)"),
        ("(gaza w/5 =aid)^2", "(text:gaza^2.0 w/5 text_exact:aid^2.0)"),
        ("headline:gaza", "headline(text:gaza)"),
        ("lead:(gaza -aid)", "(lead(text:gaza) ANDNOT lead(text:aid))"),
        ("body:(gaza OR aid)", "body((text:gaza OR text:aid))"),
        ("source:Reuters", "source:Reuters"),
        ('source:("New York Times" OR ap -dpa)', "(source:New York Times OR (source:ap AND (*:* ANDNOT source:dpa)))"),
        ("path:seeds/2023/", "path:2023/*"),
        ("path:*.txt", "path:*.txt"),
        ("id:3f31", "id:3f31*"),
        ("date:none", "(*:* ANDNOT day:*)"),
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
        ("-gaza", "(*:* ANDNOT text:gaza)"),
        ("gaza tokyo source:ap", "((text:gaza OR text:tokyo) AND source:ap)"),
        ("high-speed trains", "((text:highspe OR text:high OR text:speed) OR text:train)"),
        ("high-speed", "(text:highspe OR text:high OR text:speed)"),
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
    for query in ("& w/5 tokyo", "tokyo w/5 &", "tokyo w/s &", "atleast2(&) tokyo", "lead:& tokyo", "&^2 tokyo", "tokyo &~"):
        assert str(meaning(query).tree) == "text:tokyo"
        assert any("no letters or digits" in note for note in meaning(query).notes)
    assert "& has no letters or digits and was left out" in meaning("gaza & tokyo").notes


def test_a_query_in_capitals_throughout_means_plain_words() -> None:
    assert str(meaning("WHO SPEAKS FOR CABINET").tree) == "(text:who^0.1 AND text:speak AND text:for^0.1 AND text:cabinet)"


NOV_8 = date(2023, 11, 8).toordinal()


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("date:2023-11-08", NOV_8, NOV_8),
        ("date:yesterday", NOV_8 - 1, NOV_8 - 1),
        ("date:2023-11-01..2023-11-30", NOV_8 - 7, NOV_8 + 22),
        ("since:2023-11", NOV_8 - 7, date.max.toordinal()),
        ("until:2023-11", 1, NOV_8 + 22),
    ],
)
def test_dates_are_whole_days_and_score_nothing(query: str, first: int, last: int, monkeypatch) -> None:
    monkeypatch.setenv("SEARCH_TODAY", "2023-11-08")
    tree = meaning(query).tree
    assert (tree.fieldname, tree.start, tree.end, tree.boost) == ("day", first, last, 0.0)
    assert meaning(query).clauses == ()


def test_words_near_each_other_are_shown_where_they_are_near() -> None:
    *near, one_word, tokyo = meaning("gaza w/5 aid tokyo").clauses
    assert [(type(side), str(side.parts[0]), side.number) for side in near] == [
        (Side, "(text:gaza w/5 text:aid)", 0),
        (Side, "(text:gaza w/5 text:aid)", 1),
    ]
    assert str(one_word) == "text:gazaaid"
    assert str(tokyo) == "text:tokyo"
    assert meaning("-(gaza w/5 aid) tokyo").clauses == (tokyo,)
    assert [side.parts[0].name for side in meaning("headline:(gaza aid)").clauses] == ["headline", "headline"]


def test_what_may_be_one_word_is_asked_for_twice() -> None:
    for query in ("=gaza w/5 =gaza", "(gaza OR aid) w/5 gaza", "paus* w/5 pauses", "pause w/5 =pauses", "a~ w/5 ab*"):
        assert meaning(query).tree.apart
    for query in ("oil w/5 produc*", "=gaza w/5 aid", "=gaza pre/5 =gaza"):
        assert not meaning(query).tree.apart


def test_combinations_are_limited() -> None:
    side = "(" + " ".join(f"a{n}" for n in range(33)) + ")"
    with pytest.raises(QueryError, match="more than 1,024 ways to combine"):
        meaning(f"{side} w/5 {side}")
    thirty = side.replace(" a32", "").replace(" a31", "").replace(" a30", "")
    meaning(f"{thirty} w/5 {thirty}")
    with pytest.raises(QueryError, match="more than 1,024 pairs"):
        meaning(f"({thirty} w/5 {thirty}) ({thirty} w/5 {thirty})")
    several = " w/s ".join("(cease fire OR a b)" for _ in range(7))
    with pytest.raises(QueryError, match="more than 1,024 ways to combine"):
        meaning(several)
