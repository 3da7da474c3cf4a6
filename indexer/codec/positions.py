"""Where in a document does each token of a list stand, and which form was it?

    position         u2[T]   for every token, in the order of the postings: position modulo 32,768 in the low
                             15 bits; bit 15 is set on the first token of a posting
    position.far     aside   of tokens from position 32,768 on: position // 32,768
    number           u1[]    for every token of a family of several words: number of its word in the family,
                             or 15: look aside; two of them a byte, the first in the low four bits
    number.aside     aside   the numbers from 15 on

The bit says where postings begin, so that no count per posting is stored. Tokens of one posting ascend by
position; two tokens of one family never share a position of one document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.codec.aside import Aside, AsideWriter

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

FIRST = 0x8000
PAGE = 0x8000
PAGE_BITS = 15
ASIDE = 0xF


class FlaggedWriter:
    """Appends positions of 15 bits with a flag; what lies farther goes aside."""

    def __init__(self, out: SectionFileWriter, name: str) -> None:
        self._out = out
        self._name = name
        self._far = AsideWriter(out, f"{name}.far")

    def add(self, position: Array, flagged: Array) -> None:
        """Append ``position``; those at the indexes ``flagged`` get the flag."""
        import numpy as np

        far = np.flatnonzero(position >= PAGE)
        if len(far):
            base = self._out.length(self._name)
            self._far.add(far + base, position[far] >> PAGE_BITS)
        short = position.astype("<u2")
        short &= np.uint16(PAGE - 1)
        short[flagged] |= np.uint16(FIRST)
        self._out.append(self._name, short)


class Flagged:
    """Reads what FlaggedWriter wrote."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._short = file[name]
        self._far = Aside(file, f"{name}.far")

    def __len__(self) -> int:
        return len(self._short)

    def read(self, start: int, stop: int) -> tuple[Array, Array]:
        """Return the positions of items ``start`` to ``stop``, and the indexes of those with the flag."""
        import numpy as np

        raw = self._short.array(start, stop)
        flagged = np.flatnonzero(raw >= FIRST)
        position = raw & np.uint16(PAGE - 1)
        if self._far:
            indexes, pages = self._far.between(start, stop)
            if len(indexes):
                position = position.astype(np.uint32)
                position[indexes] += pages << np.uint32(PAGE_BITS)
        return position, flagged

    def slices(self, starts: Array, counts: Array) -> tuple[Array, Array]:
        """Return the positions of many slices that ascend, as one array, and where in it the flag is."""
        import numpy as np

        raw = self._short.slices(starts, counts)
        position = raw & np.uint16(PAGE - 1)
        if self._far:
            indexes, pages = self._far.within(starts, counts)
            if len(indexes):
                position = position.astype(np.uint32)
                position[indexes] += pages << np.uint32(PAGE_BITS)
        return position, np.flatnonzero(raw >= FIRST)


class NumberWriter:
    """Appends the word numbers of tokens."""

    def __init__(self, out: SectionFileWriter) -> None:
        import numpy as np

        self._out = out
        self._aside = AsideWriter(out, "number.aside")
        self._count = 0
        self._left = np.empty(0, np.uint8)  # the number that has no neighbour yet
        out.append("number", self._left)

    def add(self, number: Array) -> None:
        import numpy as np

        large = np.flatnonzero(number >= ASIDE)
        if len(large):
            self._aside.add(large + self._count, number[large])
        self._count += len(number)
        short = np.concatenate((self._left, np.minimum(number, ASIDE).astype(np.uint8)))
        even = len(short) & ~1
        self._out.append("number", short[:even:2] | short[1:even:2] << np.uint8(4))
        self._left = short[even:]

    def finish(self) -> None:
        """Write what is left."""
        self._out.append("number", self._left)


class Numbers:
    """Reads the word numbers of tokens."""

    def __init__(self, file: SectionFile) -> None:
        self._pairs = file["number"]
        self._aside = Aside(file, "number.aside")

    def read(self, start: int, stop: int) -> Array:
        """Return numbers ``start`` to ``stop``, in the narrowest type that holds them."""
        import numpy as np

        if start > stop:
            raise self._pairs.damaged(f"its numbers {start:,} to {stop:,} are asked for", stop >> 1)
        low = start >> 1
        number = _split(self._pairs.array(low, (stop + 1) >> 1))[start - 2 * low : stop - 2 * low]
        if self._aside:
            indexes, large = self._aside.between(start, stop)
            if len(indexes):
                number = number.astype(np.uint32)
                number[indexes] = large
        return number

    def slices(self, starts: Array, counts: Array) -> Array:
        """Return the numbers of many slices that ascend, as one array."""
        from indexer.codec.arrays import offsets, spread

        low = starts >> 1
        sizes = (starts + counts + 1 >> 1) - low
        pairs = _split(self._pairs.slices(low, sizes))
        number = pairs[spread(2 * offsets(sizes)[:-1] + (starts & 1), counts)].astype("u4")
        if self._aside:
            indexes, large = self._aside.within(starts, counts)
            number[indexes] = large
        return number


def _split(pairs: Array) -> Array:
    """The two numbers of every byte."""
    import numpy as np

    wide = pairs.astype("<u2")
    wide |= wide << np.uint16(4)
    wide &= np.uint16(0x0F0F)
    return wide.view(np.uint8)
