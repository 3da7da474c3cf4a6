"""Which words, phrases and months can be asked for? Those that stand in the articles.

A word is *rare* in 3 to 20 articles of the corpus (of a corpus so large that this cannot be told: in one of
those looked at), *mid* in 0.5 to 3 % of them, *common* in 15 to 60 %. Words
that are asked for together stand together in some article, a phrase stands there as it is asked for, and a
month is the month of such an article: every query has an answer, and none was chosen for its speed.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from benchmarks.speed.corpus import Article

RARE = (3, 20)  # articles
MID = (0.005, 0.03)  # share of the articles
COMMON = (0.15, 0.6)
STORY = 10  # articles of a month that tell a story
STOPPED = ("from", "have", "that", "this", "will", "with", "your", "when")  # stock Whoosh has no such words
TRIES = 20_000
MONTHS_TRIED = 200
_PLAIN = re.compile(r"(?<![\w'’.,-])[A-Za-z]{4,}(?![\w'’-])")
_PAIR = re.compile(r"(?<![\w'’.,-])([A-Za-z]{4,}) (?=([A-Za-z]{4,})(?![\w'’-]))")


class Sampler:
    """Draws words, pairs and months from articles. ``scale``: articles in the corpus for each one here."""

    def __init__(self, articles: Sequence[Article], scale: float = 1.0) -> None:
        self.articles = articles
        self._words = [sorted(set(_plain(article.text))) for article in articles]
        self.counts = Counter(word for words in self._words for word in words)
        few, many = len(articles) * MID[0], len(articles) * MID[1]
        low, high = len(articles) * COMMON[0], len(articles) * COMMON[1]
        self.bands = {
            "rare": self._between(RARE[0] / scale, max(RARE[1] / scale, 1)),
            "mid": self._between(few, many),
            "common": self._between(low, high),
        }
        self.random = random.Random()
        self.scale = scale
        self._months: dict[str, list[Article]] = defaultdict(list)
        for article in articles:
            self._months[article.date[:7]].append(article)

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

    def story(self) -> tuple[tuple[str, ...], Article]:
        """Return a phrase of at least ten articles of one month, and one of them; fewer in a small corpus."""
        dated = [article for article in self.articles if article.date]
        for some in self.random.sample(dated, min(len(dated), MONTHS_TRIED)):
            month = self._months[some.date[:7]]
            least = max(2, min(STORY, len(month) / 10) / self.scale)
            told = Counter(pair for article in month for pair in set(_pairs(article.body)))
            phrases = sorted(
                pair for pair, count in told.items() if count >= least and not {*pair} & {*STOPPED}
            )
            if phrases:
                return self.random.choice(phrases), some
        raise LookupError("no month has a story: too few articles?")

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
        fitting = [(a, b) for a, b in _pairs(text) if a in left and b in right and a != b]
        return self.random.choice(fitting) if fitting else None


def _plain(text: str) -> list[str]:
    return [word.lower() for word in _PLAIN.findall(text)]


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(a.lower(), b.lower()) for a, b in _PAIR.findall(text)]


def month_of(article: Article) -> tuple[int, int]:
    """Return the first and the last day of the month of an article."""
    first = date.fromisoformat(article.date).replace(day=1)
    return first.toordinal(), ((first + timedelta(31)).replace(day=1) - timedelta(1)).toordinal()
