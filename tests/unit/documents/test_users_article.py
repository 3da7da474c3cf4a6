"""The article that all this began with is understood as its reader understands it."""

from datetime import date
from pathlib import Path

import pytest

from indexer.documents.article import Article, paragraphs
from indexer.documents.discover import discover
from indexer.documents.formats import Record, parse, records
from indexer.documents.seed import read_seed

NAME = "000_3f31db6b9962369a.txt"


@pytest.fixture
def article(shared: Path) -> Article:
    seeds = shared / "seeds"
    if not (seeds / NAME).is_file():
        pytest.skip("the user's own article is not here")
    assert NAME in [stamp.path for stamp in discover(seeds)[0]]
    content = read_seed(seeds, NAME)
    assert isinstance(content, bytes)
    (record,) = records(NAME, content)
    assert isinstance(record, Record)
    found = parse(NAME, record)
    assert isinstance(found, Article)
    return found


def test_its_header_is_read(article: Article) -> None:
    assert article.day == date(2023, 11, 8).toordinal()
    assert article.headline == "Japan, U.S. To Seek Gaza ‘Pauses’ As G-7 Foreign Ministers Meet"
    assert article.summary.startswith("U.S. Secretary of State Antony Blinken and Foreign Minister Yoko Kamikawa agreed")
    assert article.source == "Bloomberg"
    assert dict(article.rules) == {
        "date": "date line",
        "headline": "rest of the date line",
        "summary": "second line, before the dateline",
        "source": "dateline",
        "id": "hash of the path",
    }


def test_its_paragraphs_are_seven_on_the_lines_where_they_stand(article: Article, shared: Path) -> None:
    lines = (shared / "seeds" / NAME).read_text(encoding="utf-8").split("\n")
    spans = paragraphs(article.body)
    numbers = [article.body_line + article.body.count("\n", 0, start) for start, _ in spans]
    assert numbers == [3, 4, 5, 6, 7, 8, 9]
    assert [article.body[start:end] for start, end in spans] == [lines[number - 1].strip() for number in numbers]
    assert article.body[: spans[0][1]].startswith("(Bloomberg) -- Japan and the US said")
