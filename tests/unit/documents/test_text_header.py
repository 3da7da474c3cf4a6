"""The first lines of a text are understood by rules that a reader can see."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents.article import Article
from indexer.documents.formats import parse, records
from indexer.documents.refusal import Refusal
from indexer.limits import LIMITS

DAY = 738832  # 2023-11-08
LEAD = "The bank kept its rate at four per cent on Wednesday, as expected, and said nothing of the months to come."
SUMMARY = "The bank left its rate alone and kept its plans to itself."


def read(text: str | bytes, path: str = "a.txt") -> Article:
    content = text.encode() if isinstance(text, str) else text
    (found,) = [record if isinstance(record, Refusal) else parse(path, record) for record in records(path, content)]
    assert isinstance(found, Article), found
    return found


def rule(article: Article, part: str) -> str:
    return dict(article.rules)[part]


@pytest.mark.parametrize(
    "line",
    [
        " date 2023-11-08 Bank Keeps Rate",
        "date 2023-11-08 Bank Keeps Rate",
        "\t DATE: 2023-11-08  Bank Keeps Rate",
        "Date : 2023-11-08 - Bank Keeps Rate",
        "date November 8, 2023 Bank Keeps Rate",
        "date: 8 November 2023: Bank Keeps Rate",
        "date Wednesday, Nov. 8, 2023 Bank Keeps Rate",
        "date 2023-11-08T10:15:00+09:00 Bank Keeps Rate",
        "2023-11-08 Bank Keeps Rate",
        "date 2023-11-08\nBank Keeps Rate",
        "November 8, 2023\nBank Keeps Rate",
        "Bank Keeps Rate\nNovember 8, 2023",
        "Bank Keeps Rate\nPublished: Nov. 8, 2023 10:15 a.m. EST",
        "# Bank Keeps Rate\n\n*8 November 2023*",
        "Bank Keeps Rate\nDATE: 2023-11-08",
    ],
)
def test_the_date_is_found_and_the_headline_is_what_is_left(line: str) -> None:
    article = read(f"{line}\n{SUMMARY}\n{LEAD}")
    assert (article.day, article.headline, article.summary, article.body) == (DAY, "Bank Keeps Rate", SUMMARY, LEAD)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("date 2023-11-31 Bank Keeps Rate", "2023-11-31 is not a day of the calendar"),
        ("date 11/08/2023 Bank Keeps Rate", "11/08/2023 may be either of two days: write YYYY-MM-DD"),
        ("date 13/08/2023 Bank Keeps Rate", "13/08/2023 has its year last: write YYYY-MM-DD"),
        ("date 10000-01-01 Bank Keeps Rate", "10000-01-01 has no year from 0001 to 9999"),
        ("date 2023-11 Bank Keeps Rate", "2023-11 names no day"),
        ("11/08/2023\nBank Keeps Rate", "11/08/2023 may be either of two days: write YYYY-MM-DD"),
        ("Bank Keeps Rate", "no date line"),
    ],
)
def test_a_date_that_names_no_day_leaves_the_article_undated_and_says_why(line: str, reason: str) -> None:
    article = read(f"{line}\n{SUMMARY}\n{LEAD}")
    assert (article.day, rule(article, "date")) == (None, f"undated: {reason}")
    assert (article.headline, article.summary) == ("Bank Keeps Rate", SUMMARY)


@pytest.mark.parametrize("line", ["Date night in Tokyo", "Date 2023 was a good year", "date ２０２３-11-08 Bank", "2023 in review", "Dates 2023-11-08"])
def test_a_headline_may_begin_like_a_date_line(line: str) -> None:
    article = read(f"{line}\n{LEAD}\n{LEAD}")
    assert (article.day, article.headline) == (None, line)


def test_blank_first_lines_and_old_newlines_are_forgiven() -> None:
    for newline in ("\r\n", "\r"):
        article = read(f"\n \n date 2023-11-08 Bank Keeps Rate\n{SUMMARY}\n\n{LEAD}\nMore.\n\n".replace("\n", newline))
        assert (article.day, article.summary, article.body) == (DAY, SUMMARY, f"{LEAD}\nMore.")
        assert (article.line, article.body_line) == (1, 6)


def test_body_keeps_its_blank_lines_and_indents() -> None:
    assert read(f"Headline\n\n  {LEAD}  \n\n\n\tMore.  \n \n").body == f"  {LEAD}  \n\n\n\tMore."


@pytest.mark.parametrize("story", ["(Agency) -- ", "LONDON (Agency) - ", "LONDON — "])
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
@pytest.mark.parametrize("first", ["Headline", "date 2023-11-08 Headline"])
def test_the_line_before_a_dateline_is_the_summary(first: str, blank: str, story: str) -> None:
    long = f"{SUMMARY} {LEAD} {LEAD}"
    article = read(blank.join((first, long, story + LEAD, LEAD)))
    assert (article.summary, rule(article, "summary")) == (long, "second line, before the dateline")
    assert article.body.startswith(story)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("", "nothing follows the headline"),
        (SUMMARY, "the second line is the last"),
        (f"(Agency) -- {LEAD}\n{LEAD}", "the second line opens with a dateline"),
        (f"By Ada Lovelace and Charles Babbage\n{LEAD}", "the second line is a byline"),
        (f"Wednesday, November 8, 2023\n{LEAD}", "the second line is a date, or has fewer than 20 characters"),
        (f"Bank keeps rate alone\n{LEAD}", "the second line repeats the headline"),
        (f"{LEAD} {LEAD} {LEAD}\n{LEAD}", "the second line has more than 250 characters"),
        (LEAD.replace(" as", "\nas") + "\nand so on.", "the second line is part of a wrapped paragraph"),
    ],
)
def test_a_second_line_that_is_no_summary_stays_in_the_story(rest: str, reason: str) -> None:
    article = read(f"date 2023-11-08 Bank Keeps Rate Alone\n{rest}")
    assert (article.summary, rule(article, "summary")) == ("", f"none: {reason}")
    assert article.body == rest


def test_without_a_date_line_a_summary_stands_directly_under_the_headline() -> None:
    assert read(f"Bank Keeps Rate\n{SUMMARY}\n\n{LEAD}").summary == SUMMARY
    apart = read(f"Bank Keeps Rate\n\n{SUMMARY}\n\n{LEAD}")
    assert rule(apart, "summary") == "none: a blank line follows the headline"
    assert read(f"date 2023-11-08 Bank Keeps Rate\n\n{SUMMARY}\n\n{LEAD}").summary == SUMMARY


def test_the_source_is_found_below_a_byline_too() -> None:
    article = read(f"date 2023-11-08 Headline\n{SUMMARY}\nBy Ada Lovelace\nLONDON (Agency) - {LEAD}")
    assert (article.summary, article.source, article.body_line) == (SUMMARY, "Agency", 3)


def test_a_parenthesis_in_the_story_is_no_source() -> None:
    article = read(f"date 2023-11-08 Headline\n{SUMMARY}\nThe bank (Bank of X) said so. {LEAD}")
    assert (article.source, rule(article, "source")) == (None, "none: no dateline names an agency")


@pytest.mark.parametrize(("length", "headline"), [(300, True), (301, False)])
def test_a_first_line_as_long_as_a_paragraph_is_one(length: int, headline: bool) -> None:
    line = ("word " * 100)[: length - 1] + "s"
    article = read(f"{line}\n{LEAD}")
    assert bool(article.headline) == headline
    assert article.body.startswith(LEAD if headline else line)


@pytest.mark.parametrize(("length", "headline"), [(-1, True), (0, True), (1, False)])
def test_a_dated_headline_may_fill_the_header_limit(length: int, headline: bool) -> None:
    line = "x" * (LIMITS.header_bytes + length)
    article = read(f"date 2023-11-08 {line}\n{LEAD}")
    assert (article.day, bool(article.headline)) == (DAY, headline)
    assert article.body.startswith(LEAD if headline else line)


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (b" \n\t\r\n", "empty"), (b"\xef\xbb\xbf", "empty"), ("\u3000\n".encode(), "empty"), (b"date 2023-11-08\n", "no text"), (b"a\0b", "binary")])
def test_a_file_without_text_is_refused(content: bytes, reason: str) -> None:
    found = [record if isinstance(record, Refusal) else parse("a.txt", record) for record in records("a.txt", content)]
    assert found == [Refusal("a.txt", 0, reason)]


def test_a_headline_alone_is_an_article() -> None:
    article = read(" date 2023-11-08 Bank Keeps Rate")
    assert (article.headline, article.summary, article.body) == ("Bank Keeps Rate", "", "")


def test_two_date_lines_make_one_article() -> None:
    article = read(f"date 2023-11-08 First\n{SUMMARY}\n{LEAD}\n date 2023-11-09 Second\n{LEAD}")
    assert (article.day, article.headline) == (DAY, "First")
    assert " date 2023-11-09 Second" in article.body


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.text", "README", "a.unknown", "folder.d/a"])
def test_any_name_that_promises_nothing_else_is_a_text(path: str) -> None:
    assert read("Headline", path).headline == "Headline"


def test_an_encoding_other_than_utf_8_is_mentioned() -> None:
    assert rule(read("Kishida’s plan".encode("cp1252")), "encoding") == "Windows-1252"
    assert "encoding" not in dict(read("Kishida’s plan").rules)


FRONT = """\
---
layout: post
date: '2023-11-08T11:07:00-04:00'
title: >
  Bank keeps
  its rate
authors:
- ada
excerpt: "It said
nothing more: \\"no\\"."
---
"""


def test_front_matter_tells_headline_date_and_summary() -> None:
    article = read(f"{FRONT}\n{LEAD}\n", "a.md")
    assert (article.day, article.headline, article.summary) == (DAY, "Bank keeps its rate", 'It said nothing more: "no".')
    assert (article.body, article.body_line) == (LEAD, 13)


def test_front_matter_without_title_or_date_leaves_them_to_the_text() -> None:
    article = read(f"---\ntags:\n- x\ndate: 2023-11-08\n---\n# Bank Keeps Rate\n{LEAD}")
    assert (article.day, article.headline) == (DAY, "Bank Keeps Rate")
    without = read(f"---\ntitle: Bank Keeps Rate\nsummary:\n---\n{LEAD}")
    assert (without.summary, rule(without, "date")) == ("", "undated: no key date")
    undated = read(f"---\ntitle: Bank Keeps Rate\ndate: soon\n---\n{LEAD}")
    assert (undated.headline, rule(undated, "date")) == ("Bank Keeps Rate", "undated: the key date holds no date")


@pytest.mark.parametrize("text", ["---\nno keys\n---\nHeadline", "---\ntitle: never closed\nHeadline", "---\n---\nHeadline"])
def test_dashes_that_are_no_front_matter_are_text(text: str) -> None:
    assert read(text).headline == "---"


starts = st.sampled_from(["date ", " DATE: ", "---\n", "\n", "By A", "(AP) -- ", "LONDON (", "2023-11-08", "11/08/2023", "title: x\n", "x" * 300, "\r", " ", ". "])


@settings(max_examples=300)
@given(st.lists(starts | st.text(max_size=5), max_size=12))
def test_any_text_is_an_article_with_its_body_where_it_says_or_is_refused(parts: list[str]) -> None:
    text = "".join(parts)
    content = text.encode("utf-8", "replace")
    for record in records("a.txt", content):
        found = record if isinstance(record, Refusal) else parse("a.txt", record)
        if isinstance(found, Refusal):
            assert found.reason in ("empty", "no text", "binary")
            continue
        lines = content.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest = "\n".join(lines[found.body_line - 1 :])
        assert not found.body or found.body in rest[: len(rest.rstrip())]
        assert "\n" not in found.headline + found.summary
        assert found.headline or found.body
