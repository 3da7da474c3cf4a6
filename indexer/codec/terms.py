"""Which terms are there, in order, and what number has this one?

    NAME.text     u1[]      every term in UTF-8 and a line feed, in ascending order of bytes
    NAME.start    u[n+1]    where each term starts in NAME.text, and the end
    NAME.letters  u4[n]     optional: bit b is set where the term has a byte whose lowest five bits are b

The number of a term is its place in the order. Text stands unpacked so that one regular expression runs
over a whole range of terms; ``letters`` rules out most terms that cannot be within an edit or two of a
misspelt word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

_TOGETHER = 1024  # terms read at once when all are


def encode(text: str) -> bytes:
    """Return the bytes of a term; lone surrogates survive."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """Return the text of a term. What no term of ours can be is shown with replacement characters."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def write_terms(out: SectionFileWriter, name: str, terms: list[bytes], letters: bool = False) -> None:
    """Write ``terms``, which must be ascending and different."""
    import numpy as np

    from indexer.codec.arrays import narrow, offsets

    text = b"\n".join([*terms, b""])
    start = offsets(np.fromiter(map(len, terms), np.int64, len(terms)) + 1)
    out.append(f"{name}.text", text)
    out.append(f"{name}.start", narrow(start))
    if letters:
        out.append(f"{name}.letters", letter_sets(np.frombuffer(text, np.uint8), start))


def letter_sets(text: Array, start: Array) -> Array:
    """Return the ``letters`` of every term; ``text`` and ``start`` as in the file."""
    import numpy as np

    if len(start) < 2:
        return np.empty(0, np.uint32)
    bits = np.uint32(1) << (text & 31).astype(np.uint32)
    bits[start[1:] - 1] = 0
    return np.bitwise_or.reduceat(bits, start[:-1])


class Terms(Sequence[bytes]):
    """The dictionary of one field: a sorted sequence of different byte strings."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._text = file[f"{name}.text"]
        self._start = file[f"{name}.start"]
        self._letters = file.optional(f"{name}.letters")
        if not len(self._start):
            raise self._start.damaged("it has no end")
        if self._letters is not None and len(self._letters) != len(self):
            raise self._letters.damaged("it has not one entry for each term")

    def __len__(self) -> int:
        return len(self._start) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            return self._range(*number.indices(len(self))[:2])
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._text.copy(self._start[number], self._start[number + 1] - 1)

    def __iter__(self) -> Iterator[bytes]:
        for low in range(0, len(self), _TOGETHER):
            yield from self._range(low, min(low + _TOGETHER, len(self)))

    def find(self, term: bytes) -> int:
        """Return the number of ``term``, or -1."""
        number = self._left(term)
        return number if number < len(self) and self[number] == term else -1

    def _left(self, term: bytes, low: int = 0) -> int:
        """The number of terms below ``term``: ``bisect_left`` in half its time."""
        start, text = self._start, self._text
        high = len(start) - 1
        while low < high:
            middle = (low + high) >> 1
            if text.copy(start[middle], start[middle + 1] - 1) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def from_prefix(self, prefix: bytes) -> tuple[int, int]:
        """Return the number of the first term that starts with ``prefix``, and of the first after those."""
        low = self._left(prefix)
        stem = prefix.rstrip(b"\xff")
        if not stem:
            return low, len(self)
        return low, self._left(stem[:-1] + bytes([stem[-1] + 1]), low)

    def matching(self, pattern: bytes, low: int = 0, high: int | None = None) -> list[int]:
        """Return the numbers, from ``low`` to ``high``, of the terms that the regular expression is all of.

        ``pattern`` comes from a translated wildcard; it must match no line feed.
        """
        high = len(self) if high is None else high
        if low >= high:
            return []
        starts = self._start.view(low, high + 1)
        base = starts[0]
        whole = re.compile(rb"^(?:" + pattern + rb")$", re.MULTILINE)
        text = self._text.view(base, starts[-1] - 1)  # a last line feed would begin an empty term
        return [low + bisect_right(starts, base + found.start()) - 1 for found in whole.finditer(text)]

    def lengths(self, low: int = 0, high: int | None = None) -> Array:
        """Return the length in bytes of terms ``low`` to ``high``."""
        import numpy as np

        high = len(self) if high is None else high
        starts = self._start.array(low, high + 1)
        sizes: Array = (starts[1:] - starts[:-1]).astype(np.int32)  # a large one, too, where starts descend
        return sizes - np.int32(1)

    def ascii(self, low: int, high: int) -> Array:
        """Return for each of terms ``low`` to ``high`` whether it is of ASCII letters only."""
        import numpy as np

        if low >= high:
            return np.empty(0, bool)
        starts = self._start.array(low, high + 1)
        first, end = int(starts[0]), int(starts[-1])
        others = np.flatnonzero(self._text.array(first, end) >= 0x80)  # few, as a rule
        ascii = np.ones(high - low, bool)
        ascii[np.searchsorted(starts, (others + first).astype(starts.dtype), side="right") - 1] = False
        return ascii

    def sizes(self, numbers: Array) -> Array:
        """Return the length in bytes of each of the terms ``numbers``."""
        import numpy as np

        starts, ends = self._start.at(np.array((numbers, numbers + 1))).astype(np.int64)
        sizes: Array = ends - starts - 1
        if len(sizes) and sizes.min() < 0:
            raise self._start.damaged("a term without an end")
        return sizes

    def few(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the terms of ``numbers`` in their order, without NumPy."""
        starts = self._start.items(numbers)
        ends = self._start.items([number + 1 for number in numbers])
        copy = self._text.copy
        return [copy(start, end - 1) for start, end in zip(starts, ends, strict=True)]

    def many(self, numbers: Array) -> list[bytes]:
        """Return the terms of ascending ``numbers``."""
        if not len(numbers):
            return []
        first = self._start.at(numbers)
        return self._text.slices(first, self.sizes(numbers) + 1).tobytes().split(b"\n")[:-1]

    def letters(self, low: int = 0, high: int | None = None) -> Array:
        """Return the letter sets of terms ``low`` to ``high``. Raises ArchiveDamaged where there are none."""
        if self._letters is None:
            raise self._start.damaged("its letters are missing")
        return self._letters.array(low, high)

    def letters_at(self, numbers: Array) -> Array:
        """Return the letter sets of the terms ``numbers``. Raises ArchiveDamaged where there are none."""
        if self._letters is None:
            raise self._start.damaged("its letters are missing")
        return self._letters.at(numbers)

    def _range(self, low: int, high: int) -> list[bytes]:
        if low >= high:
            return []
        starts = self._start.view(low, high + 1)
        text = bytes(self._text.view(starts[0], starts[-1]))
        base = starts[0]
        return [text[a - base : b - base - 1] for a, b in pairwise(starts)]
