"""What are the engines asked? So many queries of each kind, drawn by a seed.

python -m benchmarks.speed.queries FOLDER SEED EACH
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.speed.corpus import read
from benchmarks.speed.sampler import Sampler, month_of

LOOKED_AT = 20_000  # articles from which queries are drawn
NEAR = 5  # words between two that are near each other, at most


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


Drawn = tuple[tuple[str, ...], tuple[int, int] | None]  # words and, where it is limited, a month
Draw = Callable[[Sampler], Drawn]


def _words(*bands: str) -> Draw:
    return lambda sampler: (tuple(sampler.word(band) for band in bands), None)


def _together(*bands: str, month: bool = False) -> Draw:
    def draw(sampler: Sampler) -> Drawn:
        words, article = sampler.together(*bands)
        return words, month_of(article) if month else None

    return draw


def _pair(*bands: str, month: bool = False) -> Draw:
    def draw(sampler: Sampler) -> Drawn:
        words, article = sampler.pair(*bands)
        return words, month_of(article) if month else None

    return draw


def _story(sampler: Sampler) -> Drawn:
    words, article = sampler.story()
    return words, month_of(article)


def _beginning(sampler: Sampler) -> Drawn:
    return (sampler.word("mid")[:4],), None


def _middle_out(sampler: Sampler) -> Drawn:
    word = sampler.word("mid")
    return (f"{word[:2]}*{word[-2:]}",), None


def _one_letter_off(sampler: Sampler) -> Drawn:
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
    "rare phrase in a month": ("phrase", "best", _pair("mid", "mid", month=True)),
    "the reader's job: a story of a month": ("phrase", "best", _story),
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
