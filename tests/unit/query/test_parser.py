"""Any text is a query: what is typed is understood, repaired with a note, or refused by a stated limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.limits import LIMITS
from indexer.query.parser import parse
from indexer.query.syntax import And, Everything, Node, Not, Or, Phrase, Word


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
    ],
)
def test_what_is_unbalanced_is_repaired_and_said(query: str, tree: Node, note: str) -> None:
    parsed = parse(query)
    assert parsed.tree == tree
    assert any(note in said for said in parsed.notes)


def test_only_plain_words_side_by_side_are_a_phrase_in_waiting() -> None:
    assert parse("humanitarian pauses").plain == ("humanitarian", "pauses")
    assert parse("gaza").plain == ("gaza",)
    for query in ("a OR b", "a -b", '"a b"', "a =b", "a b*", "*", "(a OR b) c"):
        assert parse(query).plain == ()


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


@pytest.mark.parametrize("query", ['""', "(((((", "NOT", "OR AND", "-", "( ) “”"])
def test_signs_alone_are_refused_rather_than_read_as_everything(query: str) -> None:
    if query == "-":
        assert parse(query).tree == Word("-")  # a word of one sign; the analysis finds nothing in it
    else:
        with pytest.raises(QueryError, match="leaves nothing to search for"):
            parse(query)


def test_a_chain_of_nots_does_not_nest() -> None:
    assert parse("NOT " * 1001 + "a").tree == Not(Word("a"))


words = st.builds(Word, st.text(min_size=1, max_size=8).filter(lambda t: any(c.isalnum() for c in t)), st.booleans())
phrases = st.builds(
    Phrase,
    st.lists(st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1, max_size=6).filter(lambda t: t.split() == [t]), min_size=1, max_size=3).map(tuple),
)
trees = st.recursive(
    words | phrases,
    lambda inner: (
        st.builds(And, st.lists(inner.filter(lambda n: not isinstance(n, And)), min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner.filter(lambda n: not isinstance(n, Or)), min_size=2, max_size=3).map(tuple))
        | st.builds(Not, inner.filter(lambda n: not isinstance(n, Not)))
    ),
    max_leaves=8,
)


@given(trees)
@settings(max_examples=300)
def test_what_is_printed_can_be_typed_again(tree: Node) -> None:
    assert parse(str(tree)).tree == tree


@given(st.text(max_size=200) | st.text(alphabet='ab "“”()-=*?\\ORNAD T', max_size=200))
@settings(max_examples=500)
def test_any_text_parses_or_is_refused_by_a_limit(query: str) -> None:
    try:
        parsed = parse(query)
    except QueryError as error:
        assert any(why in str(error) for why in ("deeper", "more than", "nothing to search for"))
    else:
        assert parse(str(parsed.tree)).tree == parsed.tree
