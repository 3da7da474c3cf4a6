"""The table of docs/analysis.md says what the analysis does."""

import re
from pathlib import Path

import pytest

from indexer.analysis.analyzer import Analyzer

PAGE = Path(__file__).parents[3] / "docs" / "analysis.md"
ANALYZER = Analyzer()


def rows() -> list[tuple[list[str], list[str]]]:
    """What is written, and the terms that the page names for it."""
    table = PAGE.read_text(encoding="utf-8").split("|---|---|---|\n")[1].split("\n\n")[0]
    cells = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return [(re.findall("`([^`]+)`", row[0]), re.findall("`([^`]+)`", row[1])) for row in cells]


@pytest.mark.parametrize(("written", "terms"), rows(), ids=lambda cell: " ".join(cell))
def test_the_terms_that_the_page_names_are_the_terms(written: list[str], terms: list[str]) -> None:
    tokens = ANALYZER.tokens(" ; ".join(written))
    assert set(terms) <= {t.form for t in tokens} | {t.stem for t in tokens}


def test_there_are_rows() -> None:
    assert len(rows()) > 20
    assert sum(len(terms) for _, terms in rows()) > 50
