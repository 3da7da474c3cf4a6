"""Which documents do sorted lists have in common, or together? Pure functions over NumPy arrays.

Documents are unsigned integers, ascending without repeats; scores are float64, parallel to them. ``None`` for
scores means that nobody asked. ``take`` and ``compress`` do what brackets do, in half of the time or less
where indexes or items are not the machine's own integers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import Array as Array
from indexer.codec.arrays import distinct, run_starts

DIGITS = 9  # to which scores are equal: sums in another order differ in the last bits
LOPSIDED = 24  # from this ratio of lengths on, a binary search for each document of the short list is faster
DENSE = 10  # a union of more than 1/DENSE of all documents is added up in an array of all documents


class Found(NamedTuple):
    """Matching documents of one segment and their scores."""

    docs: Array
    scores: Array | None


NOTHING = np.empty(0, np.uint32)


def nothing(scored: bool) -> Found:
    """Return no documents."""
    return Found(NOTHING, np.empty(0) if scored else None)


class Ranks:
    """Arrays over all documents of one segment, kept for lists to be scattered over.

    A document is found by the rank that a list left at its place. That array is never cleared: what an
    earlier list left in it is told by looking the document up again.
    """

    def __init__(self, n_docs: int) -> None:
        self.n_docs = n_docs
        self._scratch: Array | None = None
        self._totals: Array | None = None

    def find(self, docs: Array, wanted: Array) -> tuple[Array, Array]:
        """Return for each of ``wanted`` its index in ``docs`` (any index where absent), and whether it is
        there.

        >>> index, there = Ranks(9).find(np.array([1, 4, 8]), np.array([4, 5]))
        >>> index[there].tolist(), there.tolist()
        ([1], [True, False])
        """
        if not len(docs):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
        if len(docs) > LOPSIDED * len(wanted):
            index = np.searchsorted(docs, wanted.astype(docs.dtype, copy=False))
            index[index == len(docs)] = 0
        else:
            if self._scratch is None:
                self._scratch = np.zeros(self.n_docs, np.int32)
                self._order = np.arange(self.n_docs, dtype=np.int32)
            self._scratch[docs.astype(np.intp)] = self._order[: len(docs)]
            index = self._scratch.take(wanted)
            np.minimum(index, len(docs) - 1, out=index)
        return index, docs.take(index) == wanted

    def totals(self) -> Array:
        """Return a zero for every document: the same array each time, whose memory is at hand already."""
        if self._totals is None:
            self._totals = np.empty(self.n_docs)
        self._totals.fill(0.0)
        return self._totals


def common(founds: list[Found], ranks: Ranks) -> Found:
    """Return the documents in all of ``founds``, scores added up.

    >>> a, b = Found(np.array([1, 4, 8]), np.ones(3)), Found(np.array([4, 8, 9]), np.ones(3))
    >>> both = common([a, b], Ranks(10))
    >>> both.docs.tolist(), both.scores.tolist()
    ([4, 8], [2.0, 2.0])
    """
    docs, scores = min(founds, key=lambda found: len(found.docs))
    first = True
    for found in sorted(founds, key=lambda found: len(found.docs)):
        if first:
            first = False
            continue
        index, there = ranks.find(found.docs, docs)
        if not there.all():
            docs, index = docs.compress(there), index.compress(there)
            scores = None if scores is None else scores.compress(there)
        if scores is not None and found.scores is not None:
            scores = scores + found.scores.take(index)
    return Found(docs, scores)


def without(found: Found, banned: Array, ranks: Ranks) -> Found:
    """Return the documents of ``found`` that are not ``banned``."""
    if not len(banned) or not len(found.docs):
        return found
    return keep(found, ~ranks.find(banned, found.docs)[1])


def keep(found: Found, mask: Array) -> Found:
    """Return the documents where ``mask`` is true."""
    if mask.all():
        return found
    scores = None if found.scores is None else found.scores.compress(mask)
    return Found(found.docs.compress(mask), scores)


def together(founds: list[Found], ranks: Ranks) -> Found:
    """Return the documents in any of ``founds``, scores added up.

    >>> a, b = Found(np.array([1, 4], np.uint32), np.ones(2)), Found(np.array([4, 8], np.uint32), np.ones(2))
    >>> either = together([a, b], Ranks(10))
    >>> either.docs.tolist(), either.scores.tolist()
    ([1, 4, 8], [1.0, 2.0, 1.0])
    """
    if len(founds) == 1:
        return founds[0]
    scored = founds[0].scores is not None
    total = sum(len(found.docs) for found in founds)
    if total * DENSE > ranks.n_docs:
        return _dense(founds, ranks, scored)
    docs = np.concatenate([found.docs for found in founds])
    if not scored:
        return Found(distinct(np.sort(docs)), None)
    scores = np.concatenate([found.scores for found in founds if found.scores is not None])
    return summed(docs, scores, ranks.n_docs)


def summed(docs: Array, scores: Array | None, n_docs: int) -> Found:
    """Return documents that may come several times, each once, scores added up.

    >>> summed(np.array([7, 2, 7]), np.array([1.0, 1.0, 3.0]), 100)[1].tolist()
    [1.0, 4.0]
    """
    if len(docs) * DENSE > n_docs:
        found = _either([docs], n_docs)
        return Found(found, None if scores is None else np.bincount(docs, scores, n_docs).take(found))
    order = np.argsort(docs, kind="stable")
    docs = docs.take(order)
    starts = run_starts(docs)
    found = docs.take(starts).astype(np.uint32)
    if scores is None or not len(starts):
        return Found(found, scores)
    return Found(found, np.add.reduceat(scores.take(order), starts))


def _dense(founds: list[Found], ranks: Ranks, scored: bool) -> Found:
    lists = [found.docs for found in founds]
    if not scored:
        return Found(_either(lists, ranks.n_docs), None)
    total = ranks.totals()
    total[founds[0].docs.astype(np.intp)] = founds[0].scores
    for found in founds[1:]:
        if found.scores is not None:
            total[found.docs.astype(np.intp)] += found.scores
    is_positive = all(found.scores is not None and found.scores.min() > 0 for found in founds)
    docs = np.flatnonzero(total > 0) if is_positive else _either(lists, ranks.n_docs)
    return Found(docs.astype(np.uint32), total.take(docs))


def _either(lists: list[Array], n_docs: int) -> Array:
    seen = np.zeros(n_docs, bool)
    for docs in lists:
        seen[docs.astype(np.intp)] = True
    return np.flatnonzero(seen).astype(np.uint32)


def in_both(left: Array, right: Array) -> Array:
    """Return the keys in both of two ascending arrays without repeats.

    >>> in_both(np.array([1, 4, 8]), np.array([4, 9])).tolist()
    [4]
    """
    if len(left) > len(right):
        left, right = right, left
    if not len(left):
        return left
    if len(right) > LOPSIDED * len(left):
        place = np.searchsorted(right, left)
        place[place == len(right)] = 0
        same: Array = left[right[place] == left]
        return same
    merged: Array = np.concatenate((left, right))
    merged.sort(kind="stable")  # which merges what is in order already
    twice: Array = merged[:-1].compress(merged[1:] == merged[:-1])
    return twice


def following(ends: Array, keys: Array, slop: int) -> Array:
    """Return the ``keys`` that come 1 to ``slop`` after one of ``ends``; both ascend.

    >>> following(np.array([10, 20]), np.array([10, 12, 24]), 3).tolist()
    [12]
    """
    if not len(ends) or not len(keys):
        return keys[:0]
    before = np.searchsorted(ends, keys) - 1
    near = before >= 0
    near[near] = keys[near] - ends[before[near]] <= slop
    close: Array = keys[near]
    return close


def spread(starts: Array, counts: Array) -> tuple[Array, Array]:
    """Return the indexes of many slices, and for each index which slice it is of.

    >>> [part.tolist() for part in spread(np.array([10, 0]), np.array([2, 1]))]
    [[10, 11, 0], [0, 0, 1]]
    """
    owner = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    index = (starts - (ends - counts)).take(owner)
    index += np.arange(len(owner))
    return index, owner
