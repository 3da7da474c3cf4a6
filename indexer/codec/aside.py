"""Which few items of a narrow array are larger than it can say?

    NAME.at      u8[k]   indexes into the narrow array, ascending
    NAME.value   u4[k]   what stands there really, or is to be added: the narrow array's module tells

An array of one byte an item holds numbers up to 254 in place and keeps the rest aside: one giant among
millions costs its own twelve bytes and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile


class AsideWriter:
    """Appends exceptions, in the order of their indexes."""

    def __init__(self, out: SectionFileWriter, name: str) -> None:
        import numpy as np

        self._out = out
        self._name = name
        self.add(np.empty(0), np.empty(0))

    def add(self, indexes: Array, values: Array) -> None:
        self._out.append(f"{self._name}.at", indexes.astype("<u8"))
        self._out.append(f"{self._name}.value", values.astype("<u4"))


class Aside:
    """Reads exceptions. ``bool(aside)`` tells whether there are any in the whole segment."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._at = file[f"{name}.at"]
        self._value = file[f"{name}.value"]
        if len(self._at) != len(self._value):
            raise self._value.damaged("it has not one value for each index")

    def __bool__(self) -> bool:
        return len(self._at) > 0

    def between(self, start: int, stop: int) -> tuple[Array, Array]:
        """Return (index - start, value) for the exceptions among items ``start`` to ``stop``.

        Raises ArchiveDamaged where an index lies outside, which it cannot in a sorted list.
        """
        low, high = self._at.left(start), self._at.left(stop)
        indexes = self._at.array(low, high).astype("i8") - start
        if len(indexes) and not (indexes.min() >= 0 and indexes.max() < stop - start):
            raise self._at.damaged("its indexes are not ascending", low)
        return indexes, self._value.array(low, high)

    def within(self, starts: Array, counts: Array) -> tuple[Array, Array]:
        """Return the same for many slices that ascend and do not overlap, taken as one array."""
        import numpy as np

        at, value = self.between(0, int(starts[-1] + counts[-1])) if len(starts) else self.between(0, 0)
        place = np.searchsorted(starts, at, side="right") - 1
        inside = place >= 0
        inside[inside] = at[inside] < (starts + counts)[place[inside]]
        place = place[inside]
        return at[inside] - starts[place] + (np.cumsum(counts) - counts)[place], value[inside]
