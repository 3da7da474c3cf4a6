"""Promise: no line is wider than the page, no word is lost, and lines break where a reader expects it."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present.width import columns
from indexer.present.wrap import wrap

PROSE = st.text(
    st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("  ab停。\u0301—👍")), max_size=80
)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("停火", 4),
        ("e\u0301", 1),
        ("ｆｕｌｌ", 8),
        ("가", 2),
        ("\u1112\u1161\u11ab", 2),  # a decomposed Hangul syllable
        ("zero\u200bwidth", 9),
        ("soft\u00adhyphen", 11),
        ("👩", 2),
    ],
)
def test_columns_are_counted_as_terminals_do(text, expected):
    assert columns(text) == expected


def test_lines_break_at_spaces():
    assert lines("for “humanitarian pauses” in Israel’s war", 24) == ["for “humanitarian", "pauses” in Israel’s war"]


def test_a_line_may_be_full_to_the_last_column():
    assert lines("abc def", 7) == ["abc def"]
    assert lines("abc defg", 7) == ["abc", "defg"]


def test_a_word_wider_than_the_page_is_cut():
    assert lines("see https://example.org/a", 10) == ["see", "https://ex", "ample.org/", "a"]


def test_chinese_breaks_between_characters_but_not_before_a_full_stop():
    assert lines("加沙停火谈判。以色列", 12) == ["加沙停火谈", "判。以色列"]


def test_latin_inside_chinese_stays_whole():
    assert lines("首相访问Gaza地区", 10) == ["首相访问", "Gaza地区"]


def test_a_combining_mark_never_starts_a_line():
    assert lines("e\u0301" * 6, 4) == ["e\u0301" * 4, "e\u0301" * 2]


def test_a_line_may_end_after_a_long_dash():
    assert lines("the ceasefire—fragile", 16) == ["the ceasefire—", "fragile"]


@pytest.mark.parametrize("text", ["", " ", "     "])
def test_nothing_gives_no_lines(text):
    assert wrap(text, 10) == []


@given(PROSE, st.integers(2, 40))
def test_every_line_fits_and_every_word_is_kept(text, width):
    found = lines(text, width)
    assert all(columns(line) <= width for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(line == line.strip(" ") and line for line in found)


@pytest.mark.parametrize("text", ["a" * 500_000, "e" + "\u0301" * 200_000, "停" * 200_000, "ab " * 200_000, " " * 500_000])
@pytest.mark.timeout(30)  # a square law would take minutes
def test_a_hostile_text_is_wrapped_to_its_end(text):
    assert all(start <= end <= len(text) for start, end in wrap(text, 80))
