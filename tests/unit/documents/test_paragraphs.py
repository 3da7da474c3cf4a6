"""Paragraphs are a function of the body alone, and every one is where it says it is."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents.article import paragraphs

WRAPPED = """\
The United States Tax Court is an independent federal court that
provides a forum for settling disputes. The Court had used a modified
product since the 1980s.
"""
bodies = st.text(alphabet="aB. \n\t-•\u2028\u3000", max_size=300)


def texts(body: str) -> list[str]:
    return [body[start:end] for start, end in paragraphs(body)]


def test_every_line_is_a_paragraph_when_lines_are_not_wrapped() -> None:
    assert texts("A first line.\nA second line.\nA third.") == ["A first line.", "A second line.", "A third."]


def test_blank_lines_part_paragraphs_even_with_blanks_on_them() -> None:
    assert texts("one\n \t\n  two  \n\n\n\nthree\n") == ["one", "two", "three"]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert texts(WRAPPED + "\n" + WRAPPED) == [WRAPPED.strip()] * 2


def test_a_full_stop_ends_a_wrapped_paragraph_where_there_was_room_for_the_next_word() -> None:
    block = (
        "The committee will meet again on Thursday in order to vote on the\n"
        "proposal, its chairman said on Tuesday.\n"
        "Members of the opposition had asked for a delay of two weeks and\n"
        "more documents."
    )
    first, second = texts(block)
    assert first.endswith("on Tuesday.")
    assert second.startswith("Members")


def test_headlines_one_below_the_other_are_not_taken_for_wrapped_text() -> None:
    listed = "Ministers Meet In Tokyo To Discuss The War\nOil Prices Fall For A Third Day In A Row\nBank Keeps Rates"
    assert texts(listed) == listed.split("\n")


def test_items_of_a_list_and_indented_lines_begin_paragraphs() -> None:
    block = (
        "The report names three reasons why the price of bread has risen and\n"
        "may go on rising:\n"
        "- a poor harvest in the east of the country, where most of the wheat is\n"
        "grown,\n"
        "  and the cost of fuel."
    )
    assert [text.split()[0] for text in texts(block)] == ["The", "-", "and"]


def test_long_lines_are_never_joined() -> None:
    line = "word " * 30
    assert len(paragraphs(f"{line}\nand so on\n{line}")) == 3


@given(bodies)
def test_spans_are_ascending_trimmed_and_cover_every_visible_character(body: str) -> None:
    spans = paragraphs(body)
    assert all(body[start:end] == body[start:end].strip() != "" for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert "".join("".join(body[start:end].split()) for start, end in spans) == "".join(body.split())


@given(st.lists(st.text(alphabet="aB. \u3000", max_size=8), max_size=8))
def test_the_quick_way_for_single_lines_agrees_with_the_general_one(lines: list[str]) -> None:
    quick = "\n\n".join(lines)
    general = quick + "\n\n\nx"  # the odd blank line sends the same text the other way
    assert paragraphs(quick) == paragraphs(general)[:-1]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["so it goes on without a stop for a while\n", "Stop.\n", "\n", "x" * 99 + "\n"]), max_size=60))
def test_paragraphs_before_a_blank_line_do_not_depend_on_what_follows(lines: list[str]) -> None:
    body = "".join(lines)
    assert paragraphs(body + "\n\nMore.\n")[: len(paragraphs(body))] == paragraphs(body)
