"""Which matches in many documents lie near each other? Kernels over sorted keys.

The arrays of ``Places`` become keys, the document above the position, so that one binary search serves
all documents. Positions stay below 2**31, so a key that a distance moves never reaches a word of another
document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import distinct, run_starts
from indexer.errors import QueryError
from indexer.query.placed import Near
from indexer.search.kernels import Array, spread

POSITION_BITS = 32
MOST_PAIRS = 1 << 23  # looked at together: memory stays bounded


class Places(NamedTuple):
    """Matches: the index among the documents asked about, and the first and last position of each."""

    owner: Array
    first: Array
    last: Array

    def begins(self) -> Array:
        return (self.owner << POSITION_BITS) + self.first

    def ends(self) -> Array:
        return (self.owner << POSITION_BITS) + self.last

    def where(self, chosen: Array) -> Places:
        """Return the matches at indexes, or under a mask."""
        return Places(self.owner[chosen], self.first[chosen], self.last[chosen])


def nowhere() -> Places:
    """Return no matches."""
    empty = np.empty(0, np.int64)
    return Places(empty, empty, empty)


def joined(found: Sequence[Places]) -> Places:
    """Return several lists of matches as one."""
    if not found:
        return nowhere()
    return found[0] if len(found) == 1 else Places(*map(np.concatenate, zip(*found, strict=True)))


def in_order(found: Places) -> Places:
    """Return matches by document, first and last position, each once.

    >>> in_order(Places(np.array([1, 0, 1]), np.array([5, 9, 5]), np.array([6, 9, 6]))).first.tolist()
    [9, 5]
    """
    begins, ends = found.begins(), found.ends()
    order = np.lexsort((ends, begins))
    begins, ends = begins[order], ends[order]
    new = np.ones(len(order), bool)
    new[1:] = (begins[1:] != begins[:-1]) | (ends[1:] != ends[:-1])
    return found.where(order[new])


def are_near(left: Places, right: Places, near: Near) -> Array:
    """Return for each of ``left`` whether one of ``right`` is as ``near`` wants it. Both are in order.

    Of all stretches that begin soon enough, those that end too early are no less than those that begin later
    still: the difference of two counts is how many lie within the distance.
    """
    begins = right.begins()
    soon_enough = np.searchsorted(begins, left.ends() + near.distance, side="right")
    if near.ordered:
        return soon_enough > np.searchsorted(begins, left.ends() + near.least)
    count = soon_enough - np.searchsorted(np.sort(right.ends()), left.begins() - near.distance)
    if near.apart:
        count -= are_among(left, right)
    return count > 0


def pairs(left: Places, right: Places, near: Near) -> tuple[Array, Array]:
    """Return the indexes of every two that are as ``near`` wants them. Both are in order."""
    begins = right.begins()
    longest = int((right.last - right.first).max()) if len(right.last) else 0
    least = left.ends() + near.least if near.ordered else left.begins() - near.distance - longest
    low = np.searchsorted(begins, least)
    high = np.searchsorted(begins, left.ends() + near.distance, side="right")
    counts = np.maximum(high - low, 0)
    if int(counts.sum()) > MOST_PAIRS:
        raise QueryError(f"more than {MOST_PAIRS:,} pairs of words near each other. Give rarer words.")
    b, a = spread(low, counts)
    if near.ordered:
        return a, b
    close = right.ends()[b] >= left.begins()[a] - near.distance
    if near.apart:
        close &= (left.first[a] != right.first[b]) | (left.last[a] != right.last[b])
    return a[close], b[close]


def reaching(left: Places, right: Places) -> Places:
    """Return for two lists of the same length what reaches over both matches, in order."""
    first, last = np.minimum(left.first, right.first), np.maximum(left.last, right.last)
    return in_order(Places(left.owner, first, last))


def reaching_over(found: Places, group: Array) -> Places:
    """Return for each group of matches what reaches over all of them, by ascending numbers of the groups."""
    order = np.argsort(group, kind="stable")
    starts = run_starts(group[order])
    if not len(starts):
        return found
    first = np.minimum.reduceat(found.first[order], starts)
    return Places(found.owner[order][starts], first, np.maximum.reduceat(found.last[order], starts))


def windows(slots: Sequence[Places], counts: Sequence[int], width: int) -> Places:
    """Return the shortest window from each place at which a slot begins; see ``nodes.Together``.

    ``counts``: how many different places each slot needs.
    """
    begins = [distinct(np.sort(slot.begins())) for slot in slots]
    starts = distinct(np.sort(np.concatenate(begins)))
    ends = starts.copy()
    for slot, count in zip(begins, counts, strict=True):
        at = np.searchsorted(slot, starts) + (count - 1)
        there = at < len(slot)
        starts, ends, at = starts[there], ends[there], at[there]
        ends = np.maximum(ends, slot[at])
    starts, ends = starts[ends - starts <= width], ends[ends - starts <= width]
    mask = (1 << POSITION_BITS) - 1
    return Places(starts >> POSITION_BITS, starts & mask, ends & mask)


def are_among(some: Places, others: Places) -> Array:
    """Return for each of ``some`` whether the same stretch is among ``others``."""
    wanted, keys = some.begins(), others.begins()
    if (some.last > some.first).any() or (others.last > others.first).any():
        begins = distinct(np.sort(np.concatenate((wanted, keys))))
        wanted = (np.searchsorted(begins, wanted) << POSITION_BITS) + some.last
        keys = (np.searchsorted(begins, keys) << POSITION_BITS) + others.last
    return is_among(wanted, np.sort(keys))


def is_among(wanted: Array, keys: Array) -> Array:
    """Return for each of ``wanted`` whether it is one of ``keys``, which ascend."""
    if not len(keys):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    same: Array = keys[at] == wanted
    return same
