"""What docs/seeds.md tells the reader is what happens."""

import re
from pathlib import Path

import pytest

from indexer.documents import dates, header, kinds, wrapping
from indexer.documents.article import Article
from indexer.documents.dateline import opens_story
from indexer.documents.formats import json_lines, parse, records
from indexer.documents.kinds import is_ignored, refused_by_name
from indexer.documents.refusal import Refusal
from indexer.limits import LIMITS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "seeds.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    return re.split(r"^#+ ", page.split(f"# {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def example(page: str, title: str) -> str:
    lines = [line for line in section(page, title).split("\n") if line.startswith("    ")]
    return "\n".join(line[4:] for line in lines)


def column(page: str, title: str, number: int) -> list[str]:
    rows = [line for line in section(page, title).split("\n") if line.startswith("| ")][2:]
    return [quoted for row in rows for quoted in re.findall("`([^`]+)`", row.split(" | ")[number])]


def read(path: str, text: str) -> Article:
    (record,) = records(path, text.encode())
    assert not isinstance(record, Refusal)
    article = parse(path, record)
    assert isinstance(article, Article)
    return article


def test_the_example_of_a_text_is_understood(page: str) -> None:
    article = read("a.txt", example(page, "A text"))
    assert (article.day, article.headline, article.source) == (738832, "Bank Keeps Its Rate", "Agency")
    assert article.summary == "The bank left its rate alone and kept its plans to itself."
    assert (article.body_line, article.body.count("\n")) == (3, 1)


def test_the_example_of_a_record_is_understood(page: str) -> None:
    article = read("a.jsonl", example(page, "Many articles in one file"))
    assert (article.id, article.day, article.source) == ("b-17", 738832, "Agency")


def test_dates_are_understood_or_not_as_the_table_says(page: str) -> None:
    understood, refused = column(page, "The date", 0), column(page, "The date", 1)
    assert len(understood) > 6 < len(refused)
    for text in understood:
        written = dates.whole_date(text)
        assert written and written.day == 738832, text
    for text in refused:
        written = dates.whole_date(text)
        assert written is None or written.day is None, text


def test_datelines_open_stories_as_the_page_says(page: str) -> None:
    forms = re.findall("`([^`]+(?:--|-|—|[(]AP[)]))`", section(page, "The summary") + section(page, "The source"))
    assert len(forms) == 7
    assert all(opens_story(f"{form} The bank kept its rate") for form in forms)


def test_the_figures_are_those_of_the_program(page: str) -> None:
    for words in (
        f"more than {header.HEADLINE_LONGEST} characters is a",
        f"may have {LIMITS.header_bytes:,} bytes",
        f"fewer than {header.SUMMARY_SHORTEST} or more than {header.SUMMARY_LONGEST} characters",
        f"({header.SUMMARY_LONGEST_BEFORE_DATELINE} when the next line opens with a dateline)",
        f"limit {LIMITS.seed_bytes >> 20} MiB",
        f"may have {kinds.LINES_FILE_BYTES >> 30} GiB",
        f"`{json_lines.MOST_STRANGERS:,} lines in a row that are not records: the rest is not read`",
        f"longer than {LIMITS.term_bytes} bytes",
    ):
        assert words in page
    joined = " ".join(section(page, "Paragraphs").split())
    assert f"lines of {wrapping._SHORTEST} to {wrapping._LONGEST} characters" in joined


def test_names_are_passed_over_or_refused_as_the_page_says(page: str) -> None:
    left = section(page, "What is left out")
    silent = re.findall("`([^`]+)`", left.split("\n\n")[0])
    assert len(silent) == 6
    assert all(is_ignored(name if "name" in name else f"x{name}") for name in silent)
    for reason in re.findall(r"`([a-z, ]+ \((\.[a-z]+)\))`", left):
        assert refused_by_name(f"x{reason[1]}") == reason[0]


def test_every_reason_on_the_page_is_given_somewhere(page: str) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (PAGE.parents[1] / "indexer/documents").rglob("*.py"))
    reasons = [reason for reason in column(page, "What is left out", 0) if not reason[0].isdigit()]
    assert len(reasons) > 20
    for reason in reasons:
        unchanging = re.split(r" ?[(:]| \.\.\.| is a number| is longer| has a| a folder", reason)[0]
        assert unchanging in source, reason
