"""Every row of the page on the query language is what happens with the sample articles."""

import re
import shutil
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.errors import QueryError
from indexer.limits import LIMITS
from indexer.query.parser import parse
from indexer.query.syntax import FIELDS

REPO = Path(__file__).resolve().parents[2]
PAGE = (REPO / "docs" / "query-syntax.md").read_text(encoding="utf-8")
FOUND = re.findall(r"^\| `([^`]+)` \| .+ \| (\d+) \|$", PAGE, re.MULTILINE)
REPAIRED = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| \d+ \|$", PAGE, re.MULTILINE)
REFUSED = re.findall(r"^\| `([^`]+)` \| ([^|`]+) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("syntax")
    shutil.copytree(REPO / "seeds", root / "seeds")
    archive = Archive(root)
    archive.update()
    return archive


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_TODAY", "2023-11-09")


@pytest.mark.parametrize(("query", "count"), FOUND)
def test_a_row_finds_so_many_articles(samples: Archive, query: str, count: str) -> None:
    assert samples.count(query) == int(count)


@pytest.mark.parametrize(("query", "reading"), REPAIRED)
def test_what_is_repaired_is_read_as_the_page_says(query: str, reading: str) -> None:
    parsed = parse(query)
    assert parsed.notes
    assert str(parsed.tree) == reading


@pytest.mark.parametrize(("query", "reason"), REFUSED)
def test_what_is_refused_is_refused_for_the_reason_given(samples: Archive, query: str, reason: str) -> None:
    with pytest.raises(QueryError) as refusal:
        samples.count(query)
    assert reason in str(refusal.value)


def test_every_row_of_the_page_is_one_of_these() -> None:
    rows = re.findall(r"^\| `", PAGE, re.MULTILINE)
    assert len(rows) == len(FOUND) + len(REFUSED) > 70
    assert len(REPAIRED) >= 6


def test_the_page_names_every_field_and_limit() -> None:
    assert all(f"`{name}:" in PAGE or f"({name}:" in PAGE for name in FIELDS)
    for limit in (LIMITS.query_characters, LIMITS.query_clauses, LIMITS.query_depth, LIMITS.expansions):
        assert f"{limit:,}" in PAGE
