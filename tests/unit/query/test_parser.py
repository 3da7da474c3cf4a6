"""Any text is a query: what is typed is understood, repaired with a note, or refused by a stated limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.limits import LIMITS
from indexer.query.parser import parse
from indexer.query.syntax import (
    DATES,
    FIELDS,
    KEYWORDS,
    SECTIONS,
    And,
    AtLeast,
    Boosted,
    Days,
    Everything,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Word,
)

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("gaza", Word("gaza")),
        ("gaza ceasefire", And((Word("gaza"), Word("ceasefire")))),
        ("gaza AND ceasefire", And((Word("gaza"), Word("ceasefire")))),
        ("gaza and ceasefire", And((Word("gaza"), Word("and"), Word("ceasefire")))),
        ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("gaza -tokyo", And((Word("gaza"), Not(Word("tokyo"))))),
        ("gaza NOT tokyo", And((Word("gaza"), Not(Word("tokyo"))))),
        ("NOT NOT gaza", Word("gaza")),
        ('gaza -"cease fire"', And((Word("gaza"), Not(Phrase(("cease", "fire")))))),
        ("gaza -(a OR b)", And((Word("gaza"), Not(Or((Word("a"), Word("b"))))))),
        ("cease-fire", Word("cease-fire")),
        ("1947-1949 - now", And((Word("1947-1949"), Word("-"), Word("now")))),
        ('"humanitarian pauses"', Phrase(("humanitarian", "pauses"))),
        ("“humanitarian pauses”", Phrase(("humanitarian", "pauses"))),
        ("«humanitarian pauses»", Phrase(("humanitarian", "pauses"))),
        ("„humanitarian pauses“", Phrase(("humanitarian", "pauses"))),
        ("=pause", Word("pause", exact=True)),
        ("-=pause", Not(Word("pause", exact=True))),
        ("paus*", Word("paus*", wild=True)),
        ("wom?n", Word("wom?n", wild=True)),
        ("resign?", Word("resign?")),
        (r"paus\*", Word("paus*")),
        (r"\-pause", Word("-pause")),
        (r"\OR", Word("OR")),
        ("*", Everything()),
        ("", Everything()),
        ("O’Neill’s", Word("O’Neill’s")),
        ('a"b c"d', And((Word("a"), Phrase(("b", "c")), Word("d")))),
        ("a w/5 b", Near(A, B, 5)),
        ("a W/5 b", Near(A, B, 5)),
        ("a pre/3 b", Near(A, B, 3, ordered=True)),
        ("a w/5 b pre/3 c", Near(Near(A, B, 5), C, 3, ordered=True)),
        ("a w/5 (b w/2 c)", Near(A, Near(B, C, 2), 5)),
        ("-a w/5 b", Not(Near(A, B, 5))),
        ("a b w/5 c", And((A, Near(B, C, 5)))),
        ("(a b) w/5 c", Near(And((A, B)), C, 5)),
        ("a OR b w/5 c", Or((A, Near(B, C, 5)))),
        ('"a b" w/100 c', Near(Phrase(("a", "b")), C, 100)),
        ("a w/s b", Within((A, B), "s")),
        ("a w/p b w/p c", Within((A, B, C), "p")),
        ("a w/s b w/p c", Within((Within((A, B), "s"), C), "p")),
        (r"\w/5", Word("w/5")),
        ("w/o pre/s 24/7", And((Word("w/o"), Word("pre/s"), Word("24/7")))),
        ('"a b"~10', Phrase(("a", "b"), 10)),
        ('"a b"~0', Phrase(("a", "b"))),
        ("“a b”~3^2", Boosted(Phrase(("a", "b"), 3), 2)),
        ('"humanit* paus?s, what?"', Phrase(("humanit*", "paus?s,", "what?"), wild=(0, 1))),
        (r'"a\*b c"', Phrase(("a*b", "c"))),
        ("atleast3(a)", AtLeast(A, 3)),
        ("ATLEAST3(a OR b)^2", Boosted(AtLeast(Or((A, B)), 3), 2)),
        ("atleast3 (a)", And((Word("atleast3"), A))),
        ("blinkn~", Word("blinkn", edits=1)),
        ("blinkn~2", Word("blinkn", edits=2)),
        ("blinkn~0", Word("blinkn", exact=True)),
        ("~5 a~b", And((Word("~5"), Word("a~b")))),
        ("a^2 b", And((Boosted(A, 2), B))),
        ("(a b)^1.5", Boosted(And((A, B)), 1.5)),
        ("a~2^0.5", Boosted(Word("a", edits=2), 0.5)),
        ("x^y 2^", And((Word("x^y"), Word("2^")))),
        ("headline:a", Field("headline", A)),
        ("Headline:a", Field("headline", A)),
        ("headline:(a OR b)", Field("headline", Or((A, B)))),
        ('-lead:"a b"', Not(Field("lead", Phrase(("a", "b"))))),
        ("body:=a", Field("body", Word("a", exact=True))),
        ("summary:a*^3", Boosted(Field("summary", Word("a*", wild=True)), 3)),
        ("headline:a w/5 b", Near(Field("headline", A), B, 5)),
        ("source:*", Field("source", Everything())),
        ("headline:OR", Field("headline", Word("OR"))),
        ("headline:source:x", Field("headline", Word("source:x"))),
        (r"headline\:a", Word("headline:a")),
        ("path:2023/* id:3f31", And((Field("path", Word("2023/*", wild=True)), Field("id", Word("3f31"))))),
        ("date:2023-11", Days("date", "2023-11")),
        ('date:"last week"', Days("date", "last week")),
        ("date:“last week”", Days("date", "last week")),
        ("date:2023-11..2023-12", Days("date", "2023-11..2023-12")),
        ("date:none", Days("date", "none")),
        ("since:2023 -until:nov", And((Days("since", "2023"), Not(Days("until", "nov"))))),
        ("10:30 https://a.b", And((Word("10:30"), Word("https://a.b")))),
    ],
)
def test_what_is_typed_is_what_is_meant(query: str, tree: Node) -> None:
    assert parse(query).tree == tree
    assert parse(query).notes == ()


@pytest.mark.parametrize(
    ("query", "tree", "note"),
    [
        ("(gaza", Word("gaza"), "a bracket was not closed"),
        ("gaza)", Word("gaza"), "a closing bracket without an opening one"),
        ('"humanitarian pauses', Phrase(("humanitarian", "pauses")), "a quote was not closed"),
        ("gaza OR", Word("gaza"), "OR without words on both sides"),
        ("AND gaza", Word("gaza"), "AND without words on both sides"),
        ("gaza OR OR b", Or((Word("gaza"), Word("b"))), "OR without words on both sides"),
        ("gaza NOT", Word("gaza"), "NOT without a word behind it"),
        ('gaza ""', Word("gaza"), "empty quotes"),
        ("gaza ()", Word("gaza"), "empty brackets"),
        ("a w/5", A, "w/5 without words on both sides"),
        ("w/5 a", A, "w/5 without words on both sides"),
        ("a w/5 OR b", Near(A, B, 5), "OR without words on both sides"),
        ("a NOT w/5 b", And((A, Not(B))), "w/5 without words on both sides"),
        ("(a b)~5", And((A, B)), "~ belongs behind a word or quotes"),
        ('"a b"~', Phrase(("a", "b")), "~ without a number of words"),
        ("a*~", Word("a*", wild=True), "~ was left out: * and ?"),
        ("=(a b)", And((A, B)), "= belongs in front of a word"),
        ("a headline:()", A, "headline: without a word behind it"),
        ('a headline:""', A, "headline: without a word behind it"),
        ("foo:bar", Word("foo:bar"), "foo: is not a field and was searched for as text; fields are headline, "),
        ('foo:"a b"', And((Word("foo:"), Phrase(("a", "b")))), "foo: is not a field"),
        ("headline: a", And((Word("headline:"), A)), "headline: was searched for as text: write what is looked for right"),
        ('date:"nov 2023', Days("date", "nov 2023"), "a quote was not closed"),
    ],
)
def test_what_is_unbalanced_is_repaired_and_said(query: str, tree: Node, note: str) -> None:
    parsed = parse(query)
    assert parsed.tree == tree
    assert any(note in said for said in parsed.notes)


def test_only_plain_words_side_by_side_are_a_phrase_in_waiting() -> None:
    assert parse("humanitarian pauses").plain == ("humanitarian", "pauses")
    assert parse("gaza").plain == ("gaza",)
    for query in ("a OR b", "a -b", '"a b"', "a =b", "a b*", "*", "(a OR b) c", "a b~", "a^2 b", "a w/5 b", "lead:a b"):
        assert parse(query).plain == ()


@pytest.mark.parametrize(
    ("query", "message", "column"),
    [
        ("a w/101 b", "w/101: words may be at most 100 apart.", 2),
        ("a pre/99999999999999 b", "pre/999999999: words may be at most 100 apart.", 2),
        ("a w/0 b", "w/0: at least 1 word, since neighbours are 1 apart.", 2),
        ('x "a b"~101', "~101: words may be at most 100 apart.", 7),
        ("x blinkn~3", "~3: at most 2 letters may differ.", 8),
        ("x a^0", "^0: a word counts more than 0 and at most 100 times.", 3),
        ("(a)^100.5", "^100.5: a word counts more than 0 and at most 100 times.", 3),
        ("atleast0(a)", "atleast0: mentions are counted from 1 to 1,000.", 0),
        ("atleast1001(a)", "atleast1001: mentions are counted from 1 to 1,000.", 0),
        ("a w/5 -b", "w/5 needs words or phrases; NOT b has no place in the text.", 2),
        ("a w/s (b OR *)", "w/s needs words or phrases; * has no place in the text.", 2),
        ("a w/5 source:b", "w/5 needs words or phrases; source:b has no place in the text.", 2),
        ("a w/5 (b lead:(c date:2023))", "w/5 needs words or phrases; date:2023 has no place in the text.", 2),
        ("x atleast2(a NOT b)", "atleast2 needs words or phrases; NOT b has no place in the text.", 2),
        ("a date:2023-11-31", "date: 2023-11-31: November 2023 has 30 days.", 7),
        ("a until:(b)", "until: needs a date right behind it, such as until:2023-11.", 8),
        ("date:2023-12..2023-11", "2023-12-01 is after 2023-11-30: no day lies between them.", 5),
        ("since:none", "not a date that is understood here", 6),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_column(query: str, message: str, column: int) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(query)
    assert message in str(refusal.value)
    assert refusal.value.column == column


def test_limits_refuse_with_their_figure() -> None:
    parse("a" * LIMITS.query_characters)
    with pytest.raises(QueryError, match="the limit is 4,096"):
        parse("a" * (LIMITS.query_characters + 1))
    parse("a " * LIMITS.query_clauses)
    with pytest.raises(QueryError, match="more than 1,024 words"):
        parse("a " * (LIMITS.query_clauses + 1))
    parse("(" * 64 + "a")
    with pytest.raises(QueryError, match="deeper than 64") as refusal:
        parse("(" * 65 + "a")
    assert refusal.value.column == 64
    parse("a w/1 " * 127 + "a")
    with pytest.raises(QueryError, match="nested deeper than 64"):
        parse("a w/1 " * 128 + "a")
    parse('a w/100 b "a b"~100 atleast1000(a) a~2 a^100')


@pytest.mark.parametrize("query", ['""', "(((((", "NOT", "OR AND", "-", "( ) “”"])
def test_signs_alone_are_refused_rather_than_read_as_everything(query: str) -> None:
    if query == "-":
        assert parse(query).tree == Word("-")  # a word of one sign; the analysis finds nothing in it
    else:
        with pytest.raises(QueryError, match="leaves nothing to search for"):
            parse(query)


def test_a_chain_of_nots_does_not_nest() -> None:
    assert parse("NOT " * 1001 + "a").tree == Not(Word("a"))


letters = st.text(min_size=1, max_size=8).filter(lambda t: any(c.isalnum() for c in t))
in_quotes = st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1, max_size=6).filter(lambda t: t.split() == [t])
words = st.builds(Word, letters, st.booleans()) | st.builds(Word, letters, edits=st.sampled_from([0, 1, 2]))
phrases = st.builds(Phrase, st.lists(in_quotes, min_size=1, max_size=3).map(tuple), st.none() | st.integers(1, 100))
patterns = st.sampled_from([Word("paus*", wild=True), Phrase(("humanit*", "p?s", "?"), 5, wild=(0, 1))])
factors = st.sampled_from([0.001, 0.5, 2.0, 12.125, 100.0])
distances = st.integers(1, 100)
places = st.recursive(
    words | phrases | patterns,
    lambda inner: (
        st.builds(Near, inner, inner, distances, st.booleans())
        | st.builds(Within, st.lists(inner.filter(lambda n: not isinstance(n, Within)), min_size=2, max_size=3).map(tuple), st.sampled_from("sp"))
        | st.builds(AtLeast, inner, st.integers(1, 1000))
        | st.builds(Field, st.sampled_from(SECTIONS), inner)
        | st.builds(Boosted, inner, factors)
        | st.builds(Or, st.lists(inner.filter(lambda n: not isinstance(n, Or)), min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=5,
)
dates = st.builds(Days, st.sampled_from(DATES), st.sampled_from(["2023-11", "..2023", "last week", "nov 8, 2023", "7d"]))
keywords = st.builds(Field, st.sampled_from(KEYWORDS), words | phrases | patterns | st.just(Everything()))
trees = st.recursive(
    places | dates | keywords,
    lambda inner: (
        st.builds(And, st.lists(inner.filter(lambda n: not isinstance(n, And)), min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner.filter(lambda n: not isinstance(n, Or)), min_size=2, max_size=3).map(tuple))
        | st.builds(Not, inner.filter(lambda n: not isinstance(n, Not)))
        | st.builds(Boosted, inner, factors)
        | st.builds(Field, st.sampled_from(FIELDS[:7]), inner)
    ),
    max_leaves=6,
)


@given(trees)
@settings(max_examples=300)
def test_what_is_printed_can_be_typed_again(tree: Node) -> None:
    assert parse(str(tree)).tree == tree


SIGNS = [*'ab "“”()-=*?\\~^:.,', *"ORNAD T", "w/5", "pre/3", "w/s", " w/p ", "atleast2(", "headline:", "source:", "date:", "2023", "~2", "^2"]


@given(st.text(max_size=200) | st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
@settings(max_examples=500)
def test_any_text_parses_or_is_refused_by_a_limit(query: str) -> None:
    try:
        parsed = parse(query)
    except QueryError as error:
        assert str(error).endswith((".", "7d."))
        assert error.column is None or 0 <= error.column <= len(query)
    else:
        assert parse(str(parsed.tree)).tree == parsed.tree
