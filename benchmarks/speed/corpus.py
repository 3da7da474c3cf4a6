"""What is there to index? Made-up news by a seed, or the real corpora where they are at hand.

    python -m benchmarks.speed.corpus FOLDER KIND ARTICLES SEED

writes ``articles.jsonl`` and ``new.jsonl``, the articles that come later. KIND is ``news`` (about as many
distinct words as English news has), ``words`` (a million of them in 20,000 articles) or ``real``.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path

KINDS = ("news", "words", "real")
NEW = 1_000  # articles kept back to be added later
REAL = (
    "pm-transcripts/documents",
    "wikinews/articles",
    "us-gov-posts/posts",
    "allsides/articles",
    "reuters-21578/articles",
)


@dataclass(frozen=True, slots=True)
class Article:
    """What every engine is given. ``date`` is ISO 8601, empty where there is none."""

    id: str
    date: str
    headline: str
    source: str
    body: str

    @property
    def day(self) -> int:
        """The day as an ordinal, 0 where there is none."""
        return date.fromisoformat(self.date).toordinal() if self.date else 0

    @property
    def month(self) -> int:
        """The month, counted from the year 0; 0 where there is none."""
        return int(self.date[:4]) * 12 + int(self.date[5:7]) if self.date else 0

    @property
    def text(self) -> str:
        """What is searched, in every engine: headline and body."""
        return f"{self.headline}\n\n{self.body}"


def read(path: Path, most: int | None = None) -> Iterator[Article]:
    """Yield the articles of a file, at most ``most``."""
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, most):
            yield Article(**json.loads(line))


def write(path: Path, articles: Iterable[Article]) -> int:
    """Write a file of one article a line; return how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, article in enumerate(articles, 1):  # noqa: B007
            file.write(json.dumps(asdict(article), ensure_ascii=False) + "\n")
    return count


def real(shared: Path) -> Iterator[Article]:
    """Yield the real articles under ``shared``, of all corpora in turn."""
    for name in REAL:
        path = shared / "data" / f"{name}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                record = json.loads(line)
                dated = re.match(r"\d{4}-\d\d-\d\d", record.get("date") or "")
                yield Article(
                    id=f"{name.partition('/')[0]}-{number}",
                    date=dated.group() if dated else "",
                    headline=record.get("headline") or "",
                    source=record.get("source") or "",
                    body=record.get("body") or "",
                )


def articles(kind: str, seed: int, count: int) -> Iterator[Article]:
    """Yield ``count`` articles of a kind, fewer where there are no more real ones."""
    if kind != "real":
        from benchmarks.speed.newsroom import generate  # NumPy and a large lexicon

        return generate(kind, seed, count)
    shared = Path(os.environ.get("NEWS_DATA", Path(__file__).resolve().parents[2].parent / "shared"))
    found = [article for article in real(shared) if article.body]
    random.Random(seed).shuffle(found)
    return islice(found, count)


def main(folder: str, kind: str, count: str, seed: str) -> None:
    found = articles(kind, int(seed), int(count) + NEW)
    later = list(islice(found, NEW))
    Path(folder).mkdir(parents=True, exist_ok=True)
    write(Path(folder, "new.jsonl"), later)
    print(json.dumps({"articles": write(Path(folder, "articles.jsonl"), found)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
