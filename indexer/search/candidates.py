"""Which of the matching documents may be copies of these?

Those that share a key of their sketches (``codec.sketches``) and are no more than DAYS apart. All documents
of a page are looked up at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import distinct, run_starts
from indexer.codec.sketches import KEYS, NONE
from indexer.search.collector import UNDATED, Matches
from indexer.search.kernels import Array
from indexer.search.part import Part

DAYS = 7  # between a story and its copies; reports that say the same after weeks are of other events
LEAST = 20  # words with a stem of an article that can have copies
LEAST_LEFT = 0.3  # what has less than this share of the words of another is looked at no further


class Text(NamedTuple):
    """The words of an article and its day: articles that share both are compared as one."""

    digest: int
    day: int  # UNDATED where there is none

    def is_near(self, other: Text) -> bool:
        """Whether the days are near enough for copies; an undated article may be of any day."""
        return UNDATED in (self.day, other.day) or abs(self.day - other.day) <= DAYS


class Pair(NamedTuple):
    """Two documents that may be copies, and their texts."""

    doc: int
    text: Text
    other: int
    other_text: Text


class Candidates:
    """Looks up documents of the whole snapshot among those that match."""

    def __init__(self, found: Sequence[Matches]) -> None:
        self._found = [one for one in found if len(one.docs)]
        self._bases = np.array([one.part.base for one in self._found], np.int64)

    def pairs(self, docs: Array) -> list[Pair]:
        """Return pairs of a document of ``docs`` and another one that may be its copy, in order.

        Of ``docs`` that are the same text, one is looked up.
        """
        docs = np.sort(docs)
        docs = docs.compress(np.any([_may_share(docs, one.part) for one in self._found], axis=0))
        if not len(docs):  # as nearly always
            return []
        docs = docs.take(_different(*self._columns(docs)[:2]))
        pair = distinct(np.sort(self._sharing(docs)))
        if not len(pair):
            return []
        one, other = pair >> 32, pair & NONE
        digest, day, length = self._columns(np.concatenate((one, other)))
        texts = list(map(Text, digest.tolist(), day.tolist()))
        fit = np.flatnonzero(_fit(day.reshape(2, -1), length.reshape(2, -1))).tolist()
        return [Pair(int(one[i]), texts[i], int(other[i]), texts[i + len(one)]) for i in fit]

    def _sharing(self, docs: Array) -> Array:
        """Return pairs of documents, the first above 32 bits: one of ``docs``, and one with a key of it."""
        pairs = [np.empty(0, np.int64)]
        for one in self._found:
            asked = docs.compress(_may_share(docs, one.part))
            keys = self._keys(asked)
            row, column = np.nonzero(keys != NONE)
            owner = asked.take(row)
            index, doc = one.part.segment.sketches.holders(keys[row, column])
            other = doc.astype(np.int64) + one.part.base
            kept = np.flatnonzero(other != owner[index])
            kept = kept[_among(doc[kept], one.docs)]
            pairs.append(owner[index[kept]] << 32 | other[kept])
        return np.concatenate(pairs)

    def _keys(self, docs: Array) -> Array:
        keys = np.full((len(docs), KEYS), NONE, np.uint32)
        for at, one, inside in self._by_part(docs):
            keys[at] = one.part.segment.sketches.keys(inside)
        return keys

    def _columns(self, docs: Array) -> tuple[Array, Array, Array]:
        """Return digests, days and lengths of ``docs``."""
        digests, days, lengths = np.zeros((3, len(docs)), np.int64)
        for at, one, inside in self._by_part(docs):
            segment = one.part.segment
            digests[at] = segment.sketches.digests(inside)
            days[at] = segment.documents.days_at(inside, UNDATED)
            lengths[at] = segment.documents.column("length").at(inside)
        return digests, days, lengths

    def _by_part(self, docs: Array) -> list[tuple[Array | slice, Matches, Array]]:
        """Return for each part that holds some of ``docs`` which these are, and their numbers in it."""
        if len(self._found) == 1:
            return [(slice(None), self._found[0], docs - self._found[0].part.base)]
        place = np.searchsorted(self._bases, docs, side="right") - 1
        split = [(np.flatnonzero(place == i), one) for i, one in enumerate(self._found)]
        return [(at, one, docs[at] - one.part.base) for at, one in split if len(at)]


def _may_share(docs: Array, part: Part) -> Array:
    """Whether each of ``docs`` may have a key of another document of ``part``: of its own it is known."""
    inside = docs - part.base
    own = np.flatnonzero((inside >= 0) & (inside < part.n_docs))
    result = np.ones(len(docs), bool)
    result[own] = part.segment.sketches.share(inside.take(own))
    return result


def _different(digest: Array, day: Array) -> Array:
    """Indexes of one document of each digest and day."""
    key = digest << 24 ^ day
    order = np.argsort(key, kind="stable")
    return order[run_starts(key[order])]


def _fit(day: Array, length: Array) -> Array:
    """Whether days and lengths let two documents be copies; their texts say more. [2, pairs]"""
    near = (np.abs(day[0] - day[1]) <= DAYS) | (day == UNDATED).any(axis=0)
    result: Array = near & (length.min(axis=0) >= np.maximum(LEAST, LEAST_LEFT * length.max(axis=0)))
    return result


def _among(docs: Array, matching: Array) -> Array:
    """Whether each of ``docs`` is one of ``matching``, which ascend."""
    at = np.minimum(np.searchsorted(matching, docs.astype(matching.dtype)), len(matching) - 1)
    result: Array = matching[at] == docs
    return result
