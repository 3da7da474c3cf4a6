"""Where in this file is a named array, and are its bytes still what was written?

A sectioned file holds named arrays of numbers, each of one little-endian type:

    file     = header section* table checks footer
    header   = magic "NEWSSECT" (8 bytes), kind of file (8 bytes of ASCII, filled up with NUL)
    section  = its bytes, filled up with zeros to a multiple of 64
    table    = JSON {"meta": {...}, "sections": {name: [type, offset in the file, number of items]}}
    checks   = one u32 for each 64 KiB of header, sections and table: its CRC-32
    footer   = u64 offset of table, u64 offset of checks, u32 CRC-32 of checks, u32 version,
               u32 CRC-32 of the footer so far, magic "TSEC" (32 bytes in all)

Types are u1 u2 u4 u8 (unsigned), i4 i8 (signed), f4 f8 (IEEE 754). Whoever does not know a section skips it.

Opening reads footer, checks and table, and nothing of the sections. A block of 64 KiB is compared with its
checksum when a byte of it is first asked for, once a process: no unchecked byte gets out, and opening costs
the same for any size. CRC-32 is no protection against somebody who wants to deceive, so every offset and
length that comes out of a file is checked against the file's bounds as well.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from indexer.errors import ArchiveDamaged, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.storage.directory import Directory

MAGIC = b"NEWSSECT"
END = b"TSEC"
BLOCK_BITS = 16
BLOCK = 1 << BLOCK_BITS
ALIGNMENT = 64
HEADER_BYTES = 16
FOOTER = struct.Struct("<QQII")
FOOTER_BYTES = FOOTER.size + 8
TABLE_LIMIT = 1 << 22
FEW = 64  # slices that are read one by one
FORMATS: dict[str, Any] = {
    "u1": "B",
    "u2": "H",
    "u4": "I",
    "u8": "Q",
    "i4": "i",
    "i8": "q",
    "f4": "f",
    "f8": "d",
}


class Section:
    """One array of a sectioned file. Indexing and slicing check bounds and bytes; nothing is copied."""

    __slots__ = ("_array", "_checked", "_file", "_shift", "_start", "_view", "name", "type")

    def __init__(self, file: SectionFile, name: str, type_: str, start: int, count: int) -> None:
        size = int(type_[1])
        self.name = name
        self.type = type_
        self._file = file
        self._start = start
        self._shift = size.bit_length() - 1
        self._view: memoryview[Any] = file.memory[start : start + count * size].cast(FORMATS[type_])
        self._array: NDArray[Any] | None = None
        self._checked = False  # all of it

    def __len__(self) -> int:
        return len(self._view)

    def __getitem__(self, index: int) -> int:
        """Return one item. Raises ArchiveDamaged where there is no such item (negative ones included)."""
        if not 0 <= index < len(self._view):
            self._touch(index, index + 1)
        # An item never lies across blocks. This is asked a hundred times a search: hence no further call.
        if self._file._unchecked[(self._start + (index << self._shift)) >> BLOCK_BITS]:
            self._touch(index, index + 1)
        item: int = self._view[index]
        return item

    def items(self, indexes: Sequence[int]) -> list[int]:
        """Return the items at ``indexes``, each checked as one alone is."""
        view = self._view
        if indexes and not 0 <= min(indexes) <= max(indexes) < len(view):
            self._touch(min(indexes), max(indexes) + 1)
        if not self._checked:
            file, start, shift = self._file, self._start, self._shift
            for index in indexes:
                if file._unchecked[(start + (index << shift)) >> BLOCK_BITS]:
                    self._touch(index, index + 1)
            self._checked = file.is_checked(start, start + (len(view) << shift))
        return [view[index] for index in indexes]

    def left(self, value: int) -> int:
        """Return how many items are below ``value``, where items ascend.

        A binary search that checks every step costs several times as much as one over unchecked bytes after
        which the items on both sides of the place are checked, and tell whether it is the right one.
        """
        place = bisect_left(self._view, value)
        if (not place or self[place - 1] < value) and (place == len(self._view) or self[place] >= value):
            return place
        return bisect_left(self, value)

    def right(self, value: int) -> int:
        """Return how many items are not above ``value``, where items ascend."""
        return self.left(value + 1)

    def copy(self, start: int, stop: int) -> bytes:
        """Return a copy of items ``start`` to ``stop`` of one byte each, checked."""
        self._touch(start, stop)
        return bytes(self._view[start:stop])

    def view(self, start: int = 0, stop: int | None = None) -> memoryview[Any]:
        """Return items ``start`` to ``stop`` without NumPy, checked."""
        stop = len(self._view) if stop is None else stop
        self._touch(start, stop)
        return self._view[start:stop]

    def array(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Return items ``start`` to ``stop`` as a read-only array over the file, checked."""
        stop = len(self._view) if stop is None else stop
        self._touch(start, stop)
        return self._whole()[start:stop]

    def at(self, indexes: NDArray[Any]) -> NDArray[Any]:
        """Return the items at an array of indexes, of any shape, checked."""
        import numpy as np

        indexes = indexes.astype(np.int64, copy=False)
        largest = indexes.view(np.uint64).max(initial=0)  # what is negative is larger than any
        if largest >= len(self._view) and indexes.size:
            raise self.damaged(f"items beyond its {len(self):,} are asked for")
        if not self._checked:
            self._file.check_blocks(self._start + (indexes << self._shift) >> BLOCK_BITS)
            self._checked = self._file.is_checked(self._start, self._start + (len(self._view) << self._shift))
        return self._whole().take(indexes)

    def slices(self, starts: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]:
        """Return many slices as one array, checked: ``counts[i]`` items from ``starts[i]`` on, for each i."""
        import numpy as np

        if len(starts) > 1 and counts.min() >= 0 and (starts[1:] == starts[:-1] + counts[:-1]).all():  # one
            starts, counts = starts[:1], counts.sum(keepdims=True)
        if len(starts) <= FEW:
            return self._few_slices(zip(starts.tolist(), counts.tolist(), strict=True))
        first, counts = starts.astype(np.int64), counts.astype(np.int64)
        if len(first) and not (
            first.min() >= 0 and counts.min() >= 0 and (first + counts).max() <= len(self)
        ):
            raise self.damaged(f"slices beyond its {len(self):,} items are asked for")
        some = counts > 0
        first, counts = first[some], counts[some]
        self._file.check_many(
            self._start + (first << self._shift), self._start + (first + counts << self._shift)
        )
        index = np.arange(int(counts.sum()))
        index += np.repeat(first - (np.cumsum(counts) - counts), counts)
        return self._whole()[index]

    def _few_slices(self, slices: Iterable[tuple[int, int]]) -> NDArray[Any]:
        import numpy as np

        whole, parts = self._whole(), []
        for start, count in slices:
            self._touch(start, start + count)
            parts.append(whole[start : start + count])
        return np.concatenate(parts) if parts else whole[:0].copy()

    def _whole(self) -> NDArray[Any]:
        """The whole array, unchecked."""
        if self._array is None:
            import numpy as np

            whole = self._view if len(self._view) else bytearray()
            self._array = np.frombuffer(whole, f"<{self.type}")
        return self._array

    def _touch(self, start: int, stop: int) -> None:
        if not 0 <= start <= stop <= len(self._view):
            raise self.damaged(f"items {start:,} to {stop:,} are asked for, there are {len(self._view):,}")
        if start < stop:
            first, last = self._start + (start << self._shift), self._start + (stop << self._shift)
            block = first >> BLOCK_BITS
            if last > (block + 1) << BLOCK_BITS or self._file._unchecked[block]:
                self._file.check(first, last)

    def damaged(self, why: str, index: int = 0) -> ArchiveDamaged:
        """Return the error for a value that cannot be right, ``index`` items into this section."""
        return self._file.damaged(f"section {self.name}: {why}", self._start + (index << self._shift))


class SectionFile:
    """A sectioned file, open for reading. The memory stays mapped as long as arrays of it are in use."""

    def __init__(self, data: Any, path: str, kind: str, version: int) -> None:
        if sys.byteorder != "little":
            raise ArchiveError(f"{path} can only be read on a little-endian machine")
        self.path = path
        self.memory = memoryview(data)
        table, checks, fingerprint, found = self._read_footer()
        self.fingerprint = fingerprint
        self._checks = self.memory[checks:-FOOTER_BYTES].cast("I")
        self._unchecked = bytearray(b"\1") * len(self._checks)
        self._covered = checks
        self.check(0, HEADER_BYTES)
        if bytes(self.memory[:HEADER_BYTES]) != MAGIC + kind.encode("ascii").ljust(8, b"\0"):
            raise ArchiveDamaged(f"{path} is not a {kind} file of this tool", path, 0)
        if found != version:
            message = f"{path} has format {found}, this version of the tool reads {version}"
            raise ArchiveDamaged(message, path, len(self.memory) - FOOTER_BYTES)
        self.check(table, checks)
        self.meta, self._sections = self._read_table(table, checks)

    @classmethod
    def open(cls, directory: Directory, name: str, kind: str, version: int) -> SectionFile:
        """Map ``name``. Raises ArchiveDamaged where it is not whole or not of this kind and version."""
        return cls(directory.map(name), str(directory.path / name), kind, version)

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def names(self) -> list[str]:
        return list(self._sections)

    def __getitem__(self, name: str) -> Section:
        """Return a section. Raises ArchiveDamaged where the file has none of this name."""
        if name not in self._sections:
            raise self.damaged(f"section {name} is missing", self._covered)
        type_, start, count = self._sections[name]
        return Section(self, name, type_, start, count)

    def optional(self, name: str) -> Section | None:
        """Return an optional section, or None."""
        return None if name not in self._sections else self[name]

    def check(self, start: int, stop: int) -> None:
        """Compare the blocks under bytes ``start`` to ``stop`` with their checksums, if not done before."""
        first, last = start // BLOCK, -(-stop // BLOCK)
        block = self._unchecked.find(1, first, last)
        while block >= 0:
            if not self._is_whole(block):
                raise self.damaged("its bytes are not what was written", block * BLOCK)
            self._unchecked[block] = 0
            block = self._unchecked.find(1, block + 1, last)

    def is_checked(self, start: int, stop: int) -> bool:
        """Return whether all blocks under bytes ``start`` to ``stop`` have been compared."""
        return self._unchecked.find(1, start // BLOCK, -(-stop // BLOCK)) < 0

    def check_blocks(self, blocks: NDArray[Any]) -> None:
        """Compare blocks with their checksums, if not done before."""
        import numpy as np

        if np.frombuffer(self._unchecked, np.uint8).take(blocks).any():
            for block in np.flatnonzero(np.bincount(blocks.ravel())).tolist():
                self.check(block << BLOCK_BITS, (block + 1) << BLOCK_BITS)

    def check_many(self, starts: NDArray[Any], stops: NDArray[Any]) -> None:
        """Do the same for many stretches, none of which is empty."""
        import numpy as np

        first, last = starts >> BLOCK_BITS, stops - 1 >> BLOCK_BITS
        unchecked = np.frombuffer(self._unchecked, np.uint8)
        if not (unchecked[first].any() or unchecked[last].any() or (last > first + 1).any()):
            return
        change = np.zeros(len(self._checks) + 1, np.int64)
        np.add.at(change, first, 1)
        np.subtract.at(change, last + 1, 1)
        for block in np.flatnonzero(np.cumsum(change[:-1]) * unchecked).tolist():
            self.check(block << BLOCK_BITS, (block + 1) << BLOCK_BITS)

    def check_all(self) -> None:
        """Compare every block with its checksum."""
        self.check(0, self._covered)

    def faults(self) -> Iterator[ArchiveDamaged]:
        """Compare every block with its checksum, whether that was done before or not; yield what is wrong."""
        for block in range(len(self._checks)):
            if not self._is_whole(block):
                yield self.damaged("its bytes are not what was written", block * BLOCK)

    def blocks_checked(self) -> int:
        """Return how many blocks have been compared with their checksums so far."""
        return self._unchecked.count(0)

    def _is_whole(self, block: int) -> bool:
        begin = block * BLOCK
        data = self.memory[begin : min(begin + BLOCK, self._covered)]
        return zlib.crc32(data) == self._checks[block]

    def damaged(self, why: str, offset: int) -> ArchiveDamaged:
        message = f"{self.path} is damaged at byte {offset:,}: {why}"
        return ArchiveDamaged(message, self.path, offset)

    def _read_footer(self) -> tuple[int, int, int, int]:
        """Offsets of table and checks, CRC of the footer, version."""
        size = len(self.memory)
        start = size - FOOTER_BYTES
        if start < HEADER_BYTES or bytes(self.memory[-4:]) != END:
            raise self.damaged("its end is missing", max(0, start))
        footer = self.memory[start:-8]
        table, checks, crc, version = FOOTER.unpack(footer)
        fingerprint = int.from_bytes(self.memory[-8:-4], "little")
        blocks = -(-checks // BLOCK)
        if zlib.crc32(footer) != fingerprint or checks + 4 * blocks != start:
            raise self.damaged("its footer is not what was written", start)
        if not HEADER_BYTES <= table <= min(checks, table + TABLE_LIMIT) or checks - table > TABLE_LIMIT:
            raise self.damaged("its table is not where it should be", start)
        if zlib.crc32(self.memory[checks:start]) != crc:
            raise self.damaged("its checksums are not what was written", checks)
        return table, checks, fingerprint, version

    def _read_table(self, start: int, stop: int) -> tuple[dict[str, Any], dict[str, tuple[str, int, int]]]:
        try:
            table = json.loads(bytes(self.memory[start:stop]))
            sections = {str(name): _read_entry(entry, start) for name, entry in table["sections"].items()}
            return dict(table["meta"]), sections
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise self.damaged("its table cannot be read", start) from None


def _read_entry(entry: Any, end: int) -> tuple[str, int, int]:
    """Type, offset and count. Raises ValueError or TypeError where they point outside the sections."""
    type_, start, count = entry
    if type_ not in FORMATS or type(start) is not int or type(count) is not int:
        raise ValueError
    size = int(type_[1])
    if start < HEADER_BYTES or start % size or count < 0 or start + count * size > end:
        raise ValueError
    return type_, start, count
