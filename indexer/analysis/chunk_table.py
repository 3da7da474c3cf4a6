"""Which number has this chunk?

An open-addressing table in NumPy columns, for many chunks at once. Keys are the bytes themselves, as one or
three numbers of 64 bits, and are compared in full: two chunks never share an entry, whatever their hashes do.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Keys = Sequence[NDArray[np.uint64]]
"""Columns of keys. Padding bytes are 0 and no chunk holds a 0, so equal columns mean equal chunks; the first
column is never 0."""

_FIRST_BITS = 12
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio
_SHIFT = np.uint64(32)


class ChunkTable:
    """Numbers for keys of ``width`` columns. At most a quarter full, so most are found at the first look."""

    def __init__(self, width: int) -> None:
        self._count = 0
        self._bits = _FIRST_BITS
        self._keys = [np.zeros(1 << self._bits, np.uint64) for _ in range(width)]
        self._numbers = np.zeros(1 << self._bits, np.int32)

    def find(self, keys: Keys, among: NDArray[np.bool_] | None = None) -> NDArray[np.int32]:
        """The number of each key; -1 where it has none. Of keys not ``among`` those asked for, any number."""
        slots = self._slots(keys)
        found = self._numbers.take(slots)
        differs = self._differs(keys, slots)
        wrong = np.flatnonzero(differs if among is None else differs & among)
        if len(wrong):
            found[wrong] = self._probe([column[wrong] for column in keys], slots[wrong])
        return found

    def add(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Enter keys that are not in the table yet, each with a number of its own, common ones first."""
        self._count += len(numbers)
        if self._count * 4 > len(self._numbers):
            self._grow()
        self._place(keys, numbers)

    def _probe(self, keys: Keys, slots: NDArray[np.int64]) -> NDArray[np.int32]:
        """Look on, slot by slot, for keys whose first slot does not hold them."""
        found = np.full(len(slots), -1, np.int32)
        left = np.arange(len(slots))
        mask = len(self._numbers) - 1
        while len(left):
            columns = [column[left] for column in keys]
            here = ~self._differs(columns, slots)
            found[left[here]] = self._numbers[slots[here]]
            onward = ~here & (self._keys[0][slots] != 0)
            left = left[onward]
            slots = (slots[onward] + 1) & mask
        return found

    def _place(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Write each key into the first free slot from its own on; they choose in their order."""
        slots = self._slots(keys)[::-1]
        left = np.arange(len(slots))[::-1]  # of several values written to one place the last one stays
        mask = len(self._numbers) - 1
        while len(left):
            free = self._keys[0][slots] == 0
            self._numbers[slots[free]] = numbers[left[free]]
            won = free & (self._numbers[slots] == numbers[left])
            for mine, column in zip(self._keys, keys, strict=True):
                mine[slots[won]] = column[left[won]]
            left = left[~won]
            slots = (slots[~won] + 1) & mask

    def _grow(self) -> None:
        """Make room for twice as many."""
        used = np.flatnonzero(self._keys[0])
        keys, numbers = [column[used] for column in self._keys], self._numbers[used]
        while self._count * 4 > 1 << self._bits:
            self._bits += 1
        self._keys = [np.zeros(1 << self._bits, np.uint64) for _ in keys]
        self._numbers = np.zeros(1 << self._bits, np.int32)
        self._place(keys, numbers)

    def _differs(self, keys: Keys, slots: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the slot holds another key, or none."""
        differs: NDArray[np.bool_] = self._keys[0].take(slots) != keys[0]
        for mine, column in zip(self._keys[1:], keys[1:], strict=True):
            differs |= mine.take(slots) != column
        return differs

    def _slots(self, keys: Keys) -> NDArray[np.int64]:
        """Where to look first: the high bits of the mixed columns."""
        mixed = keys[0] ^ keys[0] >> _SHIFT
        for column in keys[1:]:
            mixed *= _FACTOR
            mixed += column
            mixed ^= mixed >> _SHIFT
        mixed *= _FACTOR
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)
