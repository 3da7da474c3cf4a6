"""What is the list of one term, for Whoosh?"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo

from indexer.codec.arrays import Array

BLOCK = 256
BLOCK_BITS = 8


class Listing:
    """Documents of a term, ascending, and what Whoosh may ask of each; this one is of an unscored field."""

    def __init__(self, docs: Array) -> None:
        self.docs = docs

    @cached_property
    def weights(self) -> Array:
        """How often each has the term, by weight."""
        return np.ones(len(self.docs))

    @cached_property
    def lengths(self) -> Array:
        """The length of each, as quantised."""
        return np.zeros(len(self.docs), np.uint8)

    def positions(self, index: int) -> list[int]:
        """Return where the term stands in the document at ``index``."""
        return []

    def info(self) -> TermInfo:
        """Return what Whoosh wants to know about the term."""
        return TermInfo(
            weight=float(self.weights.sum()),
            df=len(self.docs),
            minlength=int(self.lengths.min()),
            maxlength=int(self.lengths.max()),
            maxweight=float(self.weights.max()),
            minid=int(self.docs[0]),
            maxid=int(self.docs[-1]),
        )


class ListMatcher(LeafMatcher):
    """Walks a listing in blocks, which become Python lists when they are first read."""

    def __init__(self, listing: Listing, format_: Any, term: tuple[str, bytes], scorer: Any = None) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._listing = listing
        self._n = len(listing.docs)
        self._at = 0
        self._block = -1
        self._docs: list[int] = []
        self._weights: list[float] | None = None
        self._go(0)

    def reset(self) -> None:
        self._go(0)

    def copy(self) -> ListMatcher:
        other = ListMatcher(self._listing, self.format, self._term, self.scorer)
        other._go(self._at)
        return other

    def is_active(self) -> bool:
        return self._at < self._n

    def id(self) -> int:
        return self._docs[self._at & (BLOCK - 1)]

    def next(self) -> bool:  # type: ignore[override]
        """Go to the next document; returns whether that is in another block."""
        if not self.is_active():
            raise ReadTooFar
        block = self._block
        self._go(self._at + 1)
        return self._block != block

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        if id <= self._docs[self._at & (BLOCK - 1)]:
            return
        if id <= self._docs[-1]:
            self._at = (self._block << BLOCK_BITS) + bisect_left(self._docs, id, self._at & (BLOCK - 1))
        else:
            rest = self._listing.docs[self._at :]
            beyond = id > int(rest[-1])
            self._go(self._n if beyond else self._at + int(np.searchsorted(rest, rest.dtype.type(id))))

    def weight(self) -> float:
        if self._weights is None:
            self._weights = list(self._listing.weights[self._slice()].tolist())
        return self._weights[self._at & (BLOCK - 1)]

    def value(self) -> bytes:
        """Return the posting's value in the bytes of the field's format."""
        positions = self._listing.positions(self._at)
        return self.format.encode(positions) if self.format.supports("positions") else b""

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self.format.supports(astype):
            return self._listing.positions(self._at)
        if astype == "weight":
            return self.weight()
        return super().value_as(astype)

    def all_ids(self) -> Any:
        return iter(self._listing.docs[self._at :].tolist())

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._go((self._block + 1) << BLOCK_BITS)
            skipped += 1
        return skipped

    def block_min_id(self) -> int:
        return self._docs[0]

    def block_max_id(self) -> int:
        return self._docs[-1]

    def block_max_weight(self) -> float:
        return float(self._listing.weights[self._slice()].max())

    def block_min_length(self) -> int:
        return int(self._listing.lengths[self._slice()].min())

    def block_max_length(self) -> int:
        return int(self._listing.lengths[self._slice()].max())

    def _slice(self) -> slice:
        return slice(self._block << BLOCK_BITS, (self._block + 1) << BLOCK_BITS)

    def _go(self, at: int) -> None:
        self._at = min(at, self._n)
        block = self._at >> BLOCK_BITS
        if self._at < self._n and block != self._block:
            self._block = block
            self._docs = self._listing.docs[self._slice()].tolist()
            self._weights = None
