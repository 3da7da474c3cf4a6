"""Real articles are all understood, but for those that have no text."""

from collections import Counter
from pathlib import Path

import pytest

from indexer.documents.article import Article, paragraphs
from indexer.documents.discover import discover
from indexer.documents.formats import parse, records
from indexer.documents.refusal import Refusal
from indexer.documents.seed import read_seed

REPO = Path(__file__).resolve().parents[3]
NO_TEXT = "no text: neither headline nor body"


def read(folder: Path, path: str) -> list[Article | Refusal]:
    if not (folder / path).is_file():
        pytest.skip(f"{path} is not here")
    content = read_seed(folder, path)
    assert isinstance(content, bytes)
    return [item if isinstance(item, Refusal) else parse(path, item) for item in records(path, content)]


@pytest.mark.parametrize(
    ("path", "articles", "undated", "refused"),
    [
        ("wikinews/articles.jsonl.gz", 171, 0, {}),
        ("us-gov-posts/posts.jsonl.gz", 508, 0, {}),
        ("pm-transcripts/documents.jsonl.gz", 2813, 0, {NO_TEXT: 8}),
        ("headlines-2023-24/headlines.jsonl.gz", 12727, 0, {}),
        ("test-collections/cran/docs.jsonl.gz", 1398, 1398, {NO_TEXT: 2}),
        ("test-collections/adi/docs.jsonl.gz", 82, 82, {}),
    ],
)
def test_a_collection_is_read_whole(shared: Path, path: str, articles: int, undated: int, refused: dict[str, int]) -> None:
    found = read(shared / "data", path)
    understood = [item for item in found if isinstance(item, Article)]
    assert (len(understood), sum(item.day is None for item in understood)) == (articles, undated)
    assert Counter(item.reason for item in found if isinstance(item, Refusal)) == refused
    assert len({item.id for item in understood}) == articles
    assert all(item.own_id and item.source for item in understood)


def test_abstracts_wrapped_at_a_width_are_few_paragraphs(shared: Path) -> None:
    found = [item for item in read(shared / "data", "test-collections/cisi/docs.jsonl.gz") if isinstance(item, Article)]
    lines = sum(item.body.count("\n") + 1 for item in found)
    assert sum(len(paragraphs(item.body)) for item in found) < lines / 6


def test_the_samples_shipped_with_the_program_are_understood() -> None:
    stamps, refusals = discover(REPO / "seeds")
    if not stamps:
        pytest.skip("no samples in seeds")
    found = [item for stamp in stamps for item in read(REPO / "seeds", stamp.path)]
    assert refusals + [item for item in found if isinstance(item, Refusal)] == []
    assert all(item.headline and item.summary and item.body for item in found if isinstance(item, Article))
