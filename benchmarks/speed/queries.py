"""What are the engines asked? Queries drawn by a seed from the articles themselves.

A word is *rare* in 3 to 20 articles of the corpus, *mid* in 0.5 to 3 % of them, *common* in 15 to 60 %. Words
that are asked for together stand together in some article, a phrase stands there as it is asked for, and a
month is the month of such an article: every query has an answer, and none was chosen for its speed.

    python -m benchmarks.speed.queries FOLDER SEED EACH
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.speed.corpus import Article, read

LOOKED_AT = 20_000  # articles from which queries are drawn
RARE = (3, 20)  # articles
MID = (0.005, 0.03)  # share of the articles
COMMON = (0.15, 0.6)
STOPPED = frozenset(
    ("from", "have", "that", "this", "will", "with", "your", "when")
)  # left out by stock Whoosh
TRIES = 20_000
NEAR = 5  # words between two that are near each other, at most
_PLAIN = re.compile(r"(?<![\w'’.,-])[A-Za-z]{4,}(?![\w'’-])")
_PAIR = re.compile(r"(?<![\w'’.,-])([A-Za-z]{4,}) (?=([A-Za-z]{4,})(?![\w'’-]))")


@dataclass(frozen=True, slots=True)
class Query:
    """One question; ``days`` are the first and the last day as ordinals, where it is limited to a month.

    ``form``: all, any, phrase, near, without (the first word, not the second), prefix, wildcard, fuzzy.
    ``want``: best or newest (ten articles), count, months (how many articles in each).
    """

    kind: str
    form: str
    words: tuple[str, ...]
    days: tuple[int, int] | None = None
    want: str = "best"

    @property
    def limits(self) -> tuple[str, str] | None:
        """The days as YYYY-MM-DD."""
        if self.days is None:
            return None
        first, last = map(date.fromordinal, self.days)
        return first.isoformat(), last.isoformat()


class Sampler:
    """Draws words, pairs and months from articles. ``scale``: articles in the corpus for each one here."""

    def __init__(self, articles: Sequence[Article], scale: float = 1.0) -> None:
        self.articles = articles
        self._words = [sorted(set(_plain(article.text))) for article in articles]
        self.counts = Counter(word for words in self._words for word in words)
        few, many = len(articles) * MID[0], len(articles) * MID[1]
        low, high = len(articles) * COMMON[0], len(articles) * COMMON[1]
        self.bands = {
            "rare": self._between(RARE[0] / scale, RARE[1] / scale),
            "mid": self._between(few, many),
            "common": self._between(low, high),
        }
        self.random = random.Random()

    def _between(self, least: float, most: float) -> list[str]:
        return sorted(
            word
            for word, count in self.counts.items()
            if max(least, 1) <= count <= most and word not in STOPPED
        )

    def word(self, band: str) -> str:
        """Return any word of a band."""
        return self.random.choice(self.bands[band])

    def together(self, *bands: str) -> tuple[tuple[str, ...], Article]:
        """Return different words of the bands that stand in one article, and the article."""
        return self._find(lambda number: self._of_bands(self._words[number], bands), bands)

    def pair(self, *bands: str) -> tuple[tuple[str, ...], Article]:
        """Return two words of the bands that stand next to each other in an article, and the article."""
        return self._find(lambda number: self._neighbours(self.articles[number].body, bands), bands)

    def _find(
        self, draw: Callable[[int], tuple[str, ...] | None], bands: Sequence[str]
    ) -> tuple[tuple[str, ...], Article]:
        for _ in range(TRIES):
            number = self.random.randrange(len(self.articles))
            words = draw(number) if self.articles[number].date else None
            if words:
                return words, self.articles[number]
        raise LookupError(f"no article has words together that are {' and '.join(bands)}: too few articles?")

    def _of_bands(self, words: Sequence[str], bands: Sequence[str]) -> tuple[str, ...] | None:
        chosen: list[str] = []
        for band in bands:
            known = set(self.bands[band])
            fitting = [word for word in words if word in known and word not in chosen]
            if not fitting:
                return None
            chosen.append(self.random.choice(fitting))
        return tuple(chosen)

    def _neighbours(self, text: str, bands: Sequence[str]) -> tuple[str, ...] | None:
        left, right = (set(self.bands[band]) for band in bands)
        pairs = [(a.lower(), b.lower()) for a, b in _PAIR.findall(text)]
        fitting = [(a, b) for a, b in pairs if a in left and b in right and a != b]
        return self.random.choice(fitting) if fitting else None


def _plain(text: str) -> list[str]:
    return [word.lower() for word in _PLAIN.findall(text)]


def _days(article: Article) -> tuple[int, int]:
    """Return the first and the last day of the month of an article."""
    first = date.fromisoformat(article.date).replace(day=1)
    return first.toordinal(), ((first + timedelta(31)).replace(day=1) - timedelta(1)).toordinal()


Draw = Callable[[Sampler], tuple[tuple[str, ...], tuple[int, int] | None]]


def _words(*bands: str) -> Draw:
    return lambda sampler: (tuple(sampler.word(band) for band in bands), None)


def _together(*bands: str, month: bool = False) -> Draw:
    def draw(sampler: Sampler) -> tuple[tuple[str, ...], tuple[int, int] | None]:
        words, article = sampler.together(*bands)
        return words, _days(article) if month else None

    return draw


def _pair(*bands: str, month: bool = False) -> Draw:
    def draw(sampler: Sampler) -> tuple[tuple[str, ...], tuple[int, int] | None]:
        words, article = sampler.pair(*bands)
        return words, _days(article) if month else None

    return draw


def _beginning(sampler: Sampler) -> tuple[tuple[str, ...], None]:
    return (sampler.word("mid")[:4],), None


def _middle_out(sampler: Sampler) -> tuple[tuple[str, ...], None]:
    word = sampler.word("mid")
    return (f"{word[:2]}*{word[-2:]}",), None


def _one_letter_off(sampler: Sampler) -> tuple[tuple[str, ...], None]:
    word = sampler.word("mid")
    at = sampler.random.randrange(1, len(word))
    return (word[:at] + word[at + 1 :],), None


KINDS: dict[str, tuple[str, str, Draw]] = {
    "term, rare": ("all", "best", _words("rare")),
    "term, mid": ("all", "best", _words("mid")),
    "term, common": ("all", "best", _words("common")),
    "AND, mid mid": ("all", "best", _together("mid", "mid")),
    "AND, common common": ("all", "best", _together("common", "common")),
    "AND of 3, common mid mid": ("all", "best", _together("common", "mid", "mid")),
    "OR, mid mid": ("any", "best", _words("mid", "mid")),
    "OR, common common": ("any", "best", _words("common", "common")),
    "OR of 3, common mid rare": ("any", "best", _words("common", "mid", "rare")),
    "NOT, common without mid": ("without", "best", _words("common", "mid")),
    "phrase, mid mid": ("phrase", "best", _pair("mid", "mid")),
    "phrase, common common": ("phrase", "best", _pair("common", "common")),
    "near, mid mid": ("near", "best", _pair("mid", "mid")),
    "mid term in a month": ("all", "best", _together("mid", month=True)),
    "common term in a month": ("all", "best", _together("common", month=True)),
    "newest 10, common": ("all", "newest", _words("common")),
    "count, common": ("all", "count", _words("common")),
    "months, common": ("all", "months", _words("common")),
    "prefix of 4 letters": ("prefix", "best", _beginning),
    "wildcard in the middle": ("wildcard", "best", _middle_out),
    "one letter missing": ("fuzzy", "best", _one_letter_off),
    "the reader's job: phrase in a month": ("phrase", "best", _pair("mid", "mid", month=True)),
}


def sample(sampler: Sampler, seed: int, each: int) -> list[Query]:
    """Return ``each`` queries of every kind. A kind draws the same whatever other kinds there are."""
    found = []
    for kind, (form, want, draw) in KINDS.items():
        sampler.random.seed(f"{seed} {kind}")
        drawn = [draw(sampler) for _ in range(each)]
        found += [Query(kind, form, words, days, want) for words, days in drawn]
    return found


def load(path: Path) -> list[Query]:
    """Read queries that were written by ``main``."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Query(**row | {"words": tuple(row["words"]), "days": row["days"] and tuple(row["days"])})
        for row in rows
    ]


def main(folder: str, seed: str, each: str) -> None:
    """Draw queries from the beginning of a corpus, write them down and print where."""
    path = Path(folder, "articles.jsonl")
    articles = list(read(path, LOOKED_AT))
    with path.open("rb") as lines:
        scale = sum(1 for _ in lines) / len(articles)
    queries = sample(Sampler(articles, scale), int(seed), int(each))
    written = Path(folder, f"queries-{seed}.json")
    written.write_text(json.dumps([asdict(query) for query in queries]), encoding="utf-8")
    print(json.dumps(str(written)))


if __name__ == "__main__":
    main(*sys.argv[1:])
