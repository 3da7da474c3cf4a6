"""What is left of the text of a segment without its deleted documents?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import Array, offsets, run_starts
from indexer.codec.segment import Segment
from indexer.codec.stored import Packed

TOGETHER = 1 << 10  # pieces copied at once


class SourceText(NamedTuple):
    """The text of ``segment``, of whose documents those marked in ``alive`` are left."""

    segment: Segment
    alive: Array

    def starts(self) -> Array:
        """Return where the text of each living document starts, once what is gone is left out."""
        sizes, start = self._sizes(), self._starts()
        order = np.argsort(start, kind="stable")
        left = np.empty(len(start), np.int64)
        left[order] = offsets((sizes * self.alive)[order])[:-1]
        return left[self.alive]

    def parts(self, dictionary: bytes) -> Iterator[Packed | str]:
        """Yield all that is left, part by part.

        Pieces are packed still where nothing is gone from them, and ``dictionary``, which is not b"", is what
        they are packed with.
        """
        text, (start, stop) = self.segment.text, self._gone()
        whole = np.zeros(text.n_pieces, bool)
        if dictionary and text.dictionary == dictionary:
            whole = self._untouched(start, stop)
        for low, high in pairwise([*run_starts(whole).tolist(), text.n_pieces]):
            if whole[low]:
                for some in range(low, high, TOGETHER):
                    yield text.packed(some, min(some + TOGETHER, high))
            else:
                for piece in range(low, high):
                    first, end = text.bounds(piece)
                    holes = slice(np.searchsorted(stop, first, side="right"), np.searchsorted(start, end))
                    yield _without(text.unpacked(piece), start[holes] - first, stop[holes] - first)

    def _untouched(self, start: Array, stop: Array) -> Array:
        """Which pieces have no character from ``start`` to ``stop``."""
        first, n = self.segment.text.firsts(), self.segment.text.n_pieces
        low = np.clip(np.searchsorted(first, start, side="right") - 1, 0, n)
        high = np.clip(np.searchsorted(first, stop), 0, n)
        changes = np.bincount(low, minlength=n + 1) - np.bincount(high, minlength=n + 1)
        return np.cumsum(changes)[:-1] <= 0

    def _gone(self) -> tuple[Array, Array]:
        """Where the texts of deleted documents start and end, ascending."""
        sizes = self._sizes()
        gone = np.flatnonzero(~self.alive & (sizes > 0))
        start = self._starts()[gone]
        order = np.argsort(start)
        return start[order], (start + sizes[gone])[order]

    def _starts(self) -> Array:
        return self.segment.documents.column("text").array().astype(np.int64)

    def _sizes(self) -> Array:
        column = self.segment.documents.column
        headline, summary, body = (column(part).array() for part in ("headline", "summary", "body"))
        sizes: Array = headline.astype(np.int64) + summary + body
        return sizes


def _without(text: str, start: Array, stop: Array) -> str:
    """``text`` without the given stretches, which ascend and may reach beyond it."""
    parts = []
    at = 0
    for begin, end in zip(start.tolist(), stop.tolist(), strict=True):
        parts.append(text[at : max(at, begin)])
        at = max(at, end)
    parts.append(text[at:])
    return "".join(parts)
