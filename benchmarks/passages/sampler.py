"""Which queries does a reader of these articles type? Drawn by a seed from the articles themselves.

A query takes words that stand near each other somewhere, so that most queries have an answer; their kinds are
those of the query language.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")
_STRETCH = 12  # words from which those of a query are taken


def draw(texts: Sequence[str], seed: int, count: int) -> list[str]:
    """Return ``count`` queries drawn from ``texts``."""
    chance = random.Random(seed)
    queries: list[str] = []
    while len(queries) < count:
        words = _WORD.findall(chance.choice(texts))
        if len(words) < _STRETCH:
            continue
        start = chance.randrange(len(words) - _STRETCH + 1)
        queries.append(chance.choice(KINDS)(words[start : start + _STRETCH], chance))
    return queries


def _some(count: int, join: str) -> Callable[[list[str], random.Random], str]:
    return lambda words, chance: join.join(chance.sample(words, count))


def _phrase(words: list[str], chance: random.Random) -> str:
    size = chance.choice([2, 2, 3, 4])
    start = chance.randrange(len(words) - size)
    return f'"{" ".join(words[start : start + size])}"'


def _near(words: list[str], chance: random.Random) -> str:
    start = chance.randrange(len(words) - 3)
    return f"{words[start]} {chance.choice(['w/5', 'pre/3', 'w/s', 'w/p'])} {words[start + 2]}"


def _beginning(words: list[str], chance: random.Random) -> str:
    return f"{max(words, key=len)[:5]}* {chance.choice(words)}"


def _misspelt(words: list[str], chance: random.Random) -> str:
    word = max(words, key=len)
    place = chance.randrange(1, len(word) + 1)
    return f"{word[:place]}{word[place + 1 :]}~"


KINDS: tuple[Callable[[list[str], random.Random], str], ...] = (
    _some(1, ""),
    _some(2, " "),
    _some(2, " "),
    _some(3, " "),
    _some(4, " "),
    _some(2, " OR "),
    _some(2, " -"),
    _phrase,
    _phrase,
    lambda words, chance: f"{_phrase(words, chance)} {chance.choice(words)}",
    _near,
    _beginning,
    _misspelt,
    lambda words, chance: f"={chance.choice(words)}",
    lambda words, chance: f"headline:{chance.choice(words)} OR {chance.choice(words)}",
)
