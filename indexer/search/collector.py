"""In which order do the matching articles come, and which of them are on this page?

    relevance   articles with the exact phrase first, then by score; equal scores newest first
    newest      by date, latest first; equal dates as by relevance
    oldest      by date, earliest first; equal dates as by relevance

Undated articles come last in both date orders. What is still equal is ordered by id, so that the order
depends on the articles alone and not on the history of the index. Documents are in date order within a part,
so the newest and the oldest are at the ends of its list: only as many are looked at as a page needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.arrays import distinct
from indexer.search.kernels import DIGITS, Array
from indexer.search.nearness import is_among
from indexer.search.part import Window

if TYPE_CHECKING:
    from indexer.search.part import Part

SORTS = ("relevance", "newest", "oldest")
UNDATED = -1
ROW = 256  # scores of which only the best is looked at first


class Match(NamedTuple):
    """One matching document: its number in the snapshot, its score and day, whether it has the phrase."""

    doc: int
    score: float
    day: int | None
    exact: bool


class Matches(NamedTuple):
    """The live matching documents of one part, ascending; scores parallel to them."""

    part: Part
    docs: Array
    scores: Array | None  # None: not yet, or not at all
    exact: Array  # indexes of those that have the phrase, ascending
    score: Callable[[Window], Array] | None = None  # of the matching documents in a window
    best: tuple[Array, Array] | None = None  # indexes of which the best are some, ascending; their scores

    def scores_of(self, index: Array) -> Array:
        """Return the scores of documents at ``index``, which is a range where scores are yet to be found."""
        if self.scores is not None:
            return self.scores[index]
        if self.best is not None:
            at = np.minimum(np.searchsorted(self.best[0], index), len(self.best[0]) - 1)
            if (self.best[0][at] == index).all():
                scores: Array = self.best[1][at]
                return scores
        if self.score is None or not len(index):
            return np.zeros(len(index))
        return self.score(Window(int(self.docs[index[0]]), int(self.docs[index[-1]]) + 1))

    def n_dated(self) -> int:
        """Return how many of the documents have a date; they come first."""
        if not len(self.docs) or self.docs[-1] < self.part.segment.n_dated:
            return len(self.docs)
        return int(np.searchsorted(self.docs, self.docs.dtype.type(self.part.segment.n_dated)))

    def days(self, index: Array) -> Array:
        """Return the days of the documents at ``index``, UNDATED where they have none."""
        return self.part.segment.documents.days_at(self.docs[index], UNDATED)

    def span(self) -> tuple[int, int] | None:
        """Return the first and the last day, None where no document is dated."""
        n = self.n_dated()
        days = self.part.segment.documents.days
        return (days[int(self.docs[0])], days[int(self.docs[n - 1])]) if n else None


def match_of(found: Sequence[Matches], doc: int) -> Match:
    """Return the match of document ``doc``, which is one of ``found``."""
    one = next(one for one in reversed(found) if one.part.base <= doc)
    index = np.searchsorted(one.docs, np.array([doc - one.part.base], one.docs.dtype))
    (day,), exact = one.days(index).tolist(), bool((one.exact == index).any())
    return Match(doc, float(one.scores_of(index)[0]), None if day == UNDATED else day, exact)


def page(
    found: Sequence[Matches], sort: str, limit: int, number: int, id_of: Callable[[int], str]
) -> list[Match]:
    """Return page ``number`` (from 1) of ``limit`` documents, or all of them for limit 0."""
    total = sum(len(one.docs) for one in found)
    first, last = (0, total) if limit == 0 else (limit * (number - 1), min(total, limit * number))
    if first >= last:
        return []
    doc, score, day, exact = _joined([_columns(one, _contenders(one, sort, last)) for one in found])
    keys = _keys(sort, score.round(DIGITS), day, exact)
    order = np.lexsort(keys[::-1])
    same = _same_as_before(keys, order)
    order = order[: _past_ties(same, last)]
    days = [None if known == UNDATED else known for known in day[order].tolist()]
    columns = doc[order].tolist(), score[order].tolist(), days, exact[order].tolist()
    matches = list(map(Match, *columns))
    return _by_id(matches, _tie_groups(same[: len(order)]), first, last, id_of)[first:last]


def _joined(columns: list[tuple[Array, ...]]) -> tuple[Array, ...]:
    return columns[0] if len(columns) == 1 else tuple(map(np.concatenate, zip(*columns, strict=True)))


def _columns(one: Matches, index: Array) -> tuple[Array, Array, Array, Array]:
    docs = one.docs[index].astype(np.int64) + one.part.base
    return docs, one.scores_of(index), one.days(index), is_among(index, one.exact)


def _contenders(one: Matches, sort: str, most: int) -> Array:
    """Return the indexes of documents of which the first ``most`` in the order are certainly some."""
    if len(one.docs) <= most:
        return np.arange(len(one.docs))
    if sort == "relevance":
        return _best(one, most)
    n = one.n_dated()
    if most >= n:
        return np.arange(len(one.docs))
    days = one.part.segment.documents.days
    edge = days[int(one.docs[n - most if sort == "newest" else most - 1])]
    low, high = one.part.segment.documents.between(edge, edge)
    if sort == "newest":
        return np.arange(np.searchsorted(one.docs, one.docs.dtype.type(low)), n)
    return np.arange(0, np.searchsorted(one.docs, one.docs.dtype.type(high)))


def _best(one: Matches, most: int) -> Array:
    """The ``most`` with the phrase, or all with it and the best of all others; both may be more."""
    if one.best is not None:
        index, scores = one.best
        return index[_highest(scores, most)]
    if one.scores is None:
        return np.arange(len(one.docs))
    if len(one.exact) > most:
        chosen: Array = one.exact[_highest(one.scores[one.exact], most)]
        return chosen
    best = _highest(one.scores, most)
    return distinct(np.sort(np.concatenate((one.exact, best)))) if len(one.exact) else best


def _highest(scores: Array, most: int) -> Array:
    """Return the indexes of the ``most`` highest scores and of those that equal the lowest of them."""
    if len(scores) <= most:
        return np.arange(len(scores))
    near = None
    rows = len(scores) // ROW
    if rows > most:  # no fewer than ``most`` scores reach what the best scores of as many rows reach
        best = scores[: rows * ROW].reshape(rows, ROW).max(axis=1)
        near = np.flatnonzero(scores >= _least(best, most))
        scores = scores[near]
    chosen = np.flatnonzero(scores >= _least(scores, most))
    return chosen if near is None else near[chosen]


def _least(scores: Array, most: int) -> float:
    """The lowest of the ``most`` highest scores, or what counts as equal to it."""
    return float(np.partition(scores, len(scores) - most)[len(scores) - most]) - 10.0**-DIGITS


def _keys(sort: str, score: Array, day: Array, exact: Array) -> list[Array]:
    """Return the sort keys, the most important first, each ascending."""
    relevance = [~exact, -score] if exact.any() else [-score]
    newest = -day  # UNDATED becomes the largest
    if sort == "relevance":
        return [*relevance, newest]
    if sort == "newest":
        return [newest, *relevance]
    return [np.where(day == UNDATED, np.iinfo(np.int64).max, day), *relevance]


def _same_as_before(keys: list[Array], order: Array) -> Array:
    """Return a mask: whether each row, in ``order``, has the keys of the row before it."""
    same = np.ones(len(order), bool)
    same[0] = False
    for key in keys:
        ordered = key[order]
        same[1:] &= ordered[1:] == ordered[:-1]
        if not same.any():
            break
    return same


def _past_ties(same: Array, last: int) -> int:
    """Return ``last``, or where the run of equal rows that it falls into ends."""
    while last < len(same) and same[last]:
        last += 1
    return last


def _tie_groups(same: Array) -> list[tuple[int, int]]:
    """Return the runs of two or more equal rows."""
    if not same.any():
        return []
    starts = np.flatnonzero(~same)
    ends = np.append(starts[1:], len(same))
    return [(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if b - a > 1]


def _by_id(
    matches: list[Match], ties: list[tuple[int, int]], first: int, last: int, id_of: Callable[[int], str]
) -> list[Match]:
    """Order runs of equal matches by id; only runs that reach into ``first:last`` are looked up."""
    for start, end in ties:
        if start < last and end > first:
            matches[start:end] = sorted(matches[start:end], key=lambda match: id_of(match.doc))
    return matches
