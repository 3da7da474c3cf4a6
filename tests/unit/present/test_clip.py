"""Promise: a text that is cut shows as many of its marks as there is room for, and says where it was cut."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present.clip import clip, excerpt

WORDS = st.sampled_from(["a", "word", "longerword", "x" * 30, "clause,", "end;", "停火，停火", "(so"])
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
LONG = (
    "In Tokyo, where ministers of the Group of Seven had met for two days, Japan and the US said they would work for "
    "“humanitarian pauses” in Israel’s war with Hamas, ahead of a gathering at which, as officials of three delegations "
    "said, the word cease-fire was not to be used; the UK agreed on the need for a “pause” in a separate meeting."
)


def marks_of(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(found.span() for word in words for found in re.finditer(re.escape(word), text)))


@st.composite
def marked(draw):
    text = draw(TEXTS)
    places = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 10)), max_size=8))
    marks: list[tuple[int, int]] = []
    for start, length in sorted(places):
        if not marks or start >= marks[-1][1]:
            marks.append((start, min(len(text), start + length)))
    return text, tuple(marks)


@given(marked(), st.integers(20, 90))
def test_spans_ascend_apart_within_the_limit_around_a_mark(made, limit):
    text, marks = made
    spans = excerpt(text, marks, limit)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert sum(end - start for start, end in spans) <= limit or spans == ((0, len(text)),)
    if not marks:
        assert spans[0][0] == 0
    elif len(marks) == 1 or len(text) <= limit:
        assert any(start < marks[0][1] and end > marks[0][0] for start, end in spans)


@given(marked(), st.integers(20, 90))
def test_what_is_shown_is_the_text_of_the_spans_with_its_marks(made, limit):
    text, marks = made
    shown, moved = clip(text, marks, limit)
    spans = excerpt(text, marks, limit)
    pieces = [text[start:end] for start, end in spans]
    assert shown.removeprefix("… ").removesuffix(" …") == " … ".join(pieces)
    assert shown.startswith("… ") is (spans[0][0] > 0)
    inside = [text[max(a, start) : min(b, end)] for start, end in spans for a, b in marks if a < end and b > start]
    assert [shown[a:b] for a, b in moved] == inside


def test_a_sentence_is_cut_where_a_clause_ends():
    shown, marks = clip(LONG, marks_of(LONG, "humanitarian pauses", "pause”"), 180)
    assert shown == (
        "… Japan and the US said they would work for “humanitarian pauses” in Israel’s war with Hamas … the UK agreed on "
        "the need for a “pause” in a separate meeting."
    )
    assert [shown[a:b] for a, b in marks] == ["humanitarian pauses", "pause”"]


def test_a_word_not_shown_yet_comes_before_one_that_is():
    text = "A pause was wanted, " + "a pause of four hours, a pause of six hours, a pause of eight hours, " * 4 + "said Blinken in Tokyo."
    shown, _ = clip(text, marks_of(text, "pause", "Blinken"), 80)
    assert shown.startswith("A pause was wanted")
    assert shown.endswith("said Blinken in Tokyo.")


def test_no_cut_falls_into_a_date_or_an_abbreviation_or_a_mark():
    text = "He wrote on October 7, 2023 to U.S. officials in the capital of the country that " + "and so on " * 20
    shown, _ = clip(text, ((0, 2),), 100)
    assert "October 7, 2023 to U.S. officials" in shown
    shown, _ = clip("x " * 60 + "first of all, second of all " + "y " * 60, ((120, 147),), 60)
    assert "first of all, second of all" in shown


def test_a_short_text_is_left_alone():
    assert clip("short", ((0, 5),), 5) == ("short", ((0, 5),))


def test_without_marks_the_beginning_is_shown():
    assert clip("one two three four", (), 9) == ("one two …", ())


def test_text_without_spaces_is_cut_as_well():
    shown, marks = clip("停火" * 400 + "加沙" + "停火" * 400, ((800, 802),), 60)
    assert [shown[a:b] for a, b in marks] == ["加沙"]
    assert len(shown) <= 64


@pytest.mark.parametrize("run", [" ", "\t\n", ",", ", ", "! ", ")", "!)", "— ", "- ", "(", "a", "停"])
def test_no_run_of_signs_takes_more_than_its_length(run):
    text = "a pause " + run * 200_000 + " pause"
    shown, marks = clip(text, ((2, 7), (len(text) - 5, len(text))), 240)
    assert next(shown[a:b] for a, b in marks) == "pause"
    assert len(shown) <= 400
