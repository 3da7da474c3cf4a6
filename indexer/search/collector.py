"""In which order do the matching articles come, and which of them are on this page?

    relevance   articles with the exact phrase first, then by score; equal scores newest first
    newest      by date, latest first; equal dates by score
    oldest      by date, earliest first; equal dates by score

Undated articles come last in both date orders. What is still equal is ordered by id, so that the order
depends on the articles alone and not on the history of the index.
"""

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

SORTS = ("relevance", "newest", "oldest")


class Match(NamedTuple):
    """One matching document: its number in the snapshot, its score and day, whether it has the phrase."""

    doc: int
    score: float
    day: int | None
    exact: bool


def collect(
    docs: Sequence[int], scores: Sequence[float], day_of: Callable[[int], int | None], exact: Container[int]
) -> list[Match]:
    """Return a Match for each document; scores are rounded to 1e-9 so that sums in another order tie."""
    return [
        Match(doc, round(score, 9), day_of(doc), doc in exact)
        for doc, score in zip(docs, scores, strict=True)
    ]


def page(
    matches: list[Match], sort: str, limit: int, number: int, id_of: Callable[[int], str]
) -> list[Match]:
    """Return page ``number`` (from 1) of ``limit`` matches, or all of them for limit 0."""
    key = _KEYS[sort]
    ordered = sorted(matches, key=key)
    first, last = (0, len(ordered)) if limit == 0 else (limit * (number - 1), limit * number)
    return _ordered_by_id(ordered, key, first, last, id_of)[first:last]


def _ordered_by_id(
    ordered: list[Match],
    key: Callable[[Match], tuple[float, ...]],
    first: int,
    last: int,
    id_of: Callable[[int], str],
) -> list[Match]:
    """Order runs of equal keys by id; only runs that reach into ``first:last`` are looked up."""
    start = 0
    while start < min(last, len(ordered)):
        end = start + 1
        while end < len(ordered) and key(ordered[end]) == key(ordered[start]):
            end += 1
        if end - start > 1 and end > first:
            ordered[start:end] = sorted(ordered[start:end], key=lambda match: id_of(match.doc))
        start = end
    return ordered


def _newest(day: int | None) -> float:
    return 1.0 if day is None else -float(day)


def _oldest(day: int | None) -> float:
    return float("inf") if day is None else float(day)


def _by_relevance(match: Match) -> tuple[float, ...]:
    return (not match.exact, -match.score, _newest(match.day))


def _by_newest(match: Match) -> tuple[float, ...]:
    return (_newest(match.day), not match.exact, -match.score)


def _by_oldest(match: Match) -> tuple[float, ...]:
    return (_oldest(match.day), not match.exact, -match.score)


_KEYS: dict[str, Callable[[Match], tuple[float, ...]]] = {
    "relevance": _by_relevance,
    "newest": _by_newest,
    "oldest": _by_oldest,
}
