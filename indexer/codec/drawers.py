"""How are more keys sorted than memory is for?

By distribution: families are cut into ranges of about as many tokens each, *drawers*, and keys are dealt into
them block by block. Each drawer is then sorted alone, and all of them one after the other are in order. They
are in a scratch file, each at a place of its own, for how many keys will come is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from indexer.codec.arrays import Array, offsets
from indexer.codec.runs import runs_of
from indexer.storage.scratch import Scratch

if TYPE_CHECKING:
    from indexer.codec.keys import Layout
    from indexer.storage.directory import Directory

DRAWER = 1 << 18  # keys, where no family has more


class Drawers:
    """Takes keys, hands them out in order; ``close`` in the end."""

    def __init__(self, directory: Directory, layout: Layout, of_family: Array) -> None:
        """``of_family`` says how many keys will come of each family."""
        first = np.array([low for low, _ in runs_of(of_family, DRAWER)], np.int64)
        self._least = layout.least(first)
        self._ends = offsets(of_family)[np.append(first, len(of_family))]
        self._filled = self._ends[:-1].tolist()
        self._whole = np.empty(0, self._least.dtype)  # instead of drawers, where all keys came at once
        self._scratch = Scratch(directory)

    def add(self, keys: Array) -> None:
        """Deal out keys, which are sorted in place."""
        keys.sort()
        if len(keys) == self._ends[-1]:
            self._whole = keys
            return
        cuts = np.append(np.searchsorted(keys, self._least), len(keys)).tolist()
        for drawer, (start, stop) in enumerate(pairwise(cuts)):
            if start < stop:
                self._scratch.write(self._filled[drawer] * keys.itemsize, keys[start:stop])
                self._filled[drawer] += stop - start

    def sorted(self) -> Iterator[Array]:
        """Yield all keys in order, those of a family together."""
        for start, stop in pairwise(self._ends.tolist()):
            if len(self._whole):
                yield self._whole[start:stop]
            elif start < stop:
                keys = np.empty(stop - start, self._whole.dtype)
                self._scratch.read(start * keys.itemsize, keys)
                keys.sort()
                yield keys

    def close(self) -> None:
        self._scratch.close()
