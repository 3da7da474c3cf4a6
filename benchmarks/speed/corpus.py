"""What is there to index? Made-up news by a seed, or the real corpora where they are at hand.

    python -m benchmarks.speed.corpus FOLDER KIND ARTICLES SEED

writes ``articles.jsonl`` and ``new.jsonl``, the articles that come later. KIND is ``news`` (about as many
distinct words as English news has), ``words`` (a million of them in 20,000 articles) or ``real``.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from benchmarks.speed.words import Lexicon

KINDS = ("news", "words", "real")
NEW = 1_000  # articles kept back to be added later
BATCH = 1_000
FIRST_DAY = date(2014, 1, 1).toordinal()
DAYS = 3_652
SOURCES = ("Wire", "Courier", "Herald", "Gazette", "Evening Post", "Examiner", "Observer", "Tribune")
MEDIAN, SIGMA = 350, 0.6  # words of an article, log-normal
BURST = 0.2  # of all words come back from earlier in the article
PAIRS, PAIRED = 4_000, 0.015  # pairs of words that like to stand together, and how often one begins
TOKENS = ("U.S.", "G-7", "U.N.", "cease-fire", "so-called", "20-year-old", "Sept.", "Mr.", "$1.2", "3.5%")
STRANGE = 0.01  # of all words: one of TOKENS, or a number
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


def generate(kind: str, seed: int, count: int) -> Iterator[Article]:
    """Yield made-up articles; a longer corpus begins with the shorter one of the same seed."""
    import numpy as np

    from benchmarks.speed.words import RECIPES, Lexicon

    lexicon = Lexicon(RECIPES[kind])
    pairs = lexicon.draw(np.random.default_rng([seed, 0]), 2 * PAIRS).reshape(PAIRS, 2)
    for first in range(0, count, BATCH):
        rng = np.random.default_rng([seed, 1 + first // BATCH])
        yield from islice(_batch(lexicon, pairs, rng, first), count - first)


def _batch(lexicon: Lexicon, pairs: np.ndarray, rng: np.random.Generator, first: int) -> Iterator[Article]:
    import numpy as np

    lengths = np.clip(rng.lognormal(np.log(MEDIAN), SIGMA, BATCH), 30, 8_000).astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    ranks, paired = _ranks(lexicon, pairs, rng, starts, lengths)
    words = lexicon.write(rng, ranks, paired)
    strange = np.flatnonzero(rng.random(len(words)) < STRANGE)
    words[strange] = rng.choice([*TOKENS, *map(str, range(2, 2_000, 13))], len(strange))
    days = FIRST_DAY + rng.integers(0, DAYS, BATCH)
    sources = np.minimum(rng.geometric(0.35, BATCH) - 1, len(SOURCES) - 1)
    written = _punctuated(words, rng, starts)
    for i, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
        yield Article(
            id=f"n{first + i:07}",
            date=date.fromordinal(int(days[i])).isoformat(),
            headline=_headline(words[start : start + length], ranks[start : start + length]),
            source=SOURCES[sources[i]],
            body="".join(written[start : start + length]).strip(),
        )


def _ranks(
    lexicon: Lexicon, pairs: np.ndarray, rng: np.random.Generator, starts: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank of every word, and a mask of those that stand in a pair."""
    import numpy as np

    ranks = lexicon.draw(rng, int(lengths.sum()))
    position = np.arange(len(ranks)) - np.repeat(starts, lengths)
    burst = np.flatnonzero(rng.random(len(ranks)) < BURST)
    ranks[burst] = ranks[burst - (rng.random(len(burst)) * (position[burst] + 1)).astype(np.int64)]
    begin = np.flatnonzero(rng.random(len(ranks) - 1) < PAIRED)
    begin = begin[np.diff(begin, prepend=-2) > 1]
    ranks[begin], ranks[begin + 1] = pairs[(rng.random(len(begin)) ** 3 * PAIRS).astype(np.int64)].T
    paired = np.zeros(len(ranks), bool)
    paired[begin] = paired[begin + 1] = True
    return ranks, paired


def _punctuated(words: np.ndarray, rng: np.random.Generator, starts: np.ndarray) -> list[str]:
    """Return the words with what follows each: sentences, paragraphs of one to four, commas, quotes."""
    import numpy as np

    n = len(words)
    ends = np.unique(np.concatenate((np.cumsum(rng.integers(7, 33, n // 7)), starts[1:] - 1, [n - 1])))
    ends = ends[ends < n]
    after = np.full(n, " ", object)
    after[rng.random(n) < 0.06] = ", "
    after[ends] = np.where(rng.random(len(ends)) < 0.4, ".\n\n", ". ")
    written = words.copy()
    quoted = np.flatnonzero(rng.random(n - 4) < 0.004)
    written[quoted] = "“" + written[quoted]
    written[quoted + 3] += "”"
    for start in [0, *(ends[:-1] + 1).tolist()]:
        written[start] = written[start][:1].upper() + written[start][1:]
    pieces: list[str] = (written + after).tolist()
    return pieces


def _headline(words: np.ndarray, ranks: np.ndarray) -> str:
    """Return eight of the rarer words of an article as a headline."""
    telling = dict.fromkeys(words[ranks > 100].tolist())
    return " ".join(word.capitalize() if word.islower() else word for word in islice(telling, 8))


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
        return generate(kind, seed, count)
    shared = Path(os.environ.get("NEWS_DATA", Path(__file__).resolve().parents[2].parent / "shared"))
    found = [article for article in real(shared) if article.body]
    import random

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
