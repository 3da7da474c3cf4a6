"""What a reader's words ask for."""


import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.spellings import MOST_ALTERNATIVES, typed_in_capitals

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    ("raw", "stems", "forms"),
    [
        ("US", ["US"], ["US"]),
        ("U.S.", ["US"], ["US"]),
        ("us", ["us"], ["us"]),
        ("a.m.", ["am"], ["am"]),
        ("Pauses", ["paus"], ["pauses"]),
        ("G7", ["g7", "group of seven"], ["g7"]),
        ("cease-fire", ["ceasefir", "ceas fire"], ["ceasefire", "cease fire"]),
        ("ceasefire", ["ceasefir", "ceas fire"], ["ceasefire", "cease fire"]),
        ("S&P", ["sp", "s p"], ["sp", "s p"]),
        ("9/11", ["9 11"], ["9 11"]),
        ("and/or", ["and or", "andor"], ["and or", "and-or"]),
        ("we're", ["we"], ["we're"]),
        ("we've", ["weve"], ["weve"]),
        ("東京都", ["東京 京都"], ["東京 京都"]),
        ("—", [], []),
        ("", [], []),
    ],
)
def test_one_word(raw: str, stems: list[str], forms: list[str]) -> None:
    assert [" ".join(row) for row in ANALYZER.query_word(raw)] == stems
    assert [" ".join(row) for row in ANALYZER.query_word(raw, exact=True)] == forms


def test_synonyms_of_several_words_make_one_span() -> None:
    spans = ANALYZER.query_words(["the", "Group", "of", "Seven", "met"])
    assert [(span.first, span.last) for span in spans] == [(0, 0), (1, 3), (4, 4)]
    assert spans[1].alternatives == (("g7",),)
    assert [word.alternatives for word in spans[1].words] == [(("group",),), (("of",),), (("seven",),)]


def test_only_spellings_with_the_same_letters_are_equal_where_words_are_meant_as_written() -> None:
    assert [span.last for span in ANALYZER.query_words(["Group", "of", "Seven"], exact=True)] == [0, 1, 2]
    (span,) = ANALYZER.query_words(["cease", "fire"], exact=True)
    assert span.alternatives == (("ceasefire",),)


def test_capitals_throughout_are_no_acronyms() -> None:
    assert ANALYZER.query_word("WHO", capitals_typed=True) == (("who",),)
    assert ANALYZER.query_words(["WHO", "SPEAKS"])[0].alternatives == (("who",),)
    assert ANALYZER.query_words(["WHO", "SPEAKS"], capitals_typed=False)[0].alternatives == (("WHO",),)
    assert ANALYZER.phrase_alternatives(["WHO", "SPEAKS"])[0] == ("who", "speaks")
    assert not typed_in_capitals("US AID TO UN")
    assert typed_in_capitals("US AID TO GAZANS")
    assert not typed_in_capitals("")


def test_neighbours_in_a_phrase_are_tried_as_hyphenated_words() -> None:
    rows = {" ".join(row) for row in ANALYZER.phrase_alternatives(["oil", "producing", "countries"])}
    assert rows == {
        "oil producing countries",
        "oil-producing countries",
        "oil producing-countries",
        "oil-producing-countries",
    }
    long = {" ".join(row) for row in ANALYZER.phrase_alternatives(["one", "two", "three", "four", "five"])}
    assert {"one two three four five", "one-two three four five", "one two-three-four five"} <= long
    assert "one-two three-four five" not in long  # one at a time beyond four words


def test_a_hyphenated_word_in_a_phrase_is_tried_as_its_parts() -> None:
    rows = [" ".join(row) for row in ANALYZER.phrase_alternatives(["US-led", "coalition"])]
    assert rows[0] == "usled coalition"
    assert {"US led coalition", "us-led coalition"} <= set(rows)


@given(
    st.lists(
        st.sampled_from(["US", "cease-fire", "G-7", "a-b-c-d", "of", "—", "東京都", "O'Neill", "S&P", "x/y"]),
        max_size=9,
    )
)
@settings(max_examples=100, deadline=None)
def test_a_phrase_has_few_alternatives_and_the_plainest_is_among_them(words: list[str]) -> None:
    for exact in (False, True):
        rows = ANALYZER.phrase_alternatives(words, exact=exact)
        assert len(rows) == len(set(rows)) <= MOST_ALTERNATIVES
        plain = tuple(t for word in words for t in (ANALYZER.query_word(word, exact=exact) or ((),))[0])
        assert rows[0] == plain or (len(words) == 1 and rows[0] in ANALYZER.query_word(words[0], exact=exact))


@pytest.mark.timeout(30)
def test_a_hostile_query_is_answered() -> None:
    assert len(ANALYZER.phrase_alternatives(["cease-fire"] * 370)) <= MOST_ALTERNATIVES
    assert len(ANALYZER.phrase_alternatives(["a-b-c-d-e-f"] * 300)) <= MOST_ALTERNATIVES
    assert len(ANALYZER.query_words(["group", "of"] * 500)) == 1000
    assert ANALYZER.query_word("a/" * 2000)
