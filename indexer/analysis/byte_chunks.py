"""Where are the chunks of many texts at once?

The rule of ``tokenizer.CHUNK`` on UTF-8 bytes: ASCII letters and digits and every byte from 0x80 belong to
words, a joiner between two of them as well; all else separates. Chunks are found without a loop over words.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.joined import Joined
from indexer.analysis.tokenizer import SEPARATORS

_POINT, _APOSTROPHE, _HYPHEN = 1, 2, 3
_JOINERS = {".": _POINT, "'": _APOSTROPHE, "-": _HYPHEN, "&": 4, ",": 5}
_LAST_JOINER = 5
_TABLE = bytes(
    code if code >= 0x80 or chr(code).isalnum() else _JOINERS.get(chr(code), 0) for code in range(256)
)
_SEPARATORS = [separator.encode() for separator in SEPARATORS]


@dataclass(frozen=True, slots=True)
class ByteChunks:
    """The chunks of several texts.

    ``starts`` and ``ends`` are bytes of ``joined``, one item a chunk; ``bounds[i] : bounds[i + 1]`` are the
    chunks of text i.
    """

    joined: Joined
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    bounds: NDArray[np.int64]

    def texts(self, numbers: NDArray[np.int64]) -> list[str]:
        """Some chunks as texts."""
        encoded = self.joined.encoded
        spans = zip(self.starts[numbers].tolist(), self.ends[numbers].tolist(), strict=True)
        joined = b"\n".join([encoded[start:end] for start, end in spans])
        return joined.decode("utf-8", "surrogatepass").split("\n") if joined else []


def find_chunks(joined: Joined) -> ByteChunks:
    """Find the chunks of all texts; memory is about 12 times that of the texts, so give a megabyte or so."""
    marked = np.frombuffer(bytearray(joined.encoded.translate(_TABLE)), np.uint8)
    if not joined.text.isascii():
        _part(marked)
    gaps = np.flatnonzero(marked <= _LAST_JOINER)
    apart = np.diff(gaps) > 1  # a word stands between this gap and the next
    joins = _joins(marked.take(gaps), apart)
    starts = gaps.take(np.flatnonzero(apart & ~joins[:-1])) + 1
    ends = gaps.take(np.flatnonzero(apart & ~joins[1:]) + 1)
    bounds = np.searchsorted(starts, joined.bytes_at(joined.starts))
    return ByteChunks(joined, starts, ends, bounds)


def _joins(signs: NDArray[np.uint8], apart: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which gaps are joiners within a chunk; ``signs`` says what stands in each gap."""
    joins = np.zeros(len(signs), bool)
    joins[1:-1] = (signs[1:-1] > 0) & apart[:-1] & apart[1:]
    after = signs[2:-1]
    pair = (signs[1:-2] == _POINT) & ((after == _APOSTROPHE) | (after == _HYPHEN))  # U.S.-led, U.S.'s
    pair &= apart[:-2] & ~apart[1:-1] & apart[2:]
    joins[1:-2] |= pair
    joins[2:-1] |= pair
    return joins


def _part(marked: NDArray[np.uint8]) -> None:
    """Mark the separators beyond ASCII. No byte that begins a character is inside another."""
    for first in {separator[0] for separator in _SEPARATORS}:
        places = np.flatnonzero(marked == first)
        for separator in (one for one in _SEPARATORS if one[0] == first):
            found = places
            for offset, byte in enumerate(separator[1:], 1):
                found = found[marked[found + offset] == byte]
            for offset in range(len(separator)):
                marked[found + offset] = 0
            places = places[marked[places] == first]


def words_of_eight(data: bytes | NDArray[np.uint8]) -> NDArray[np.uint64]:
    """At every place the eight bytes from there on, as one number; shares its memory with ``data``."""
    return np.ndarray((len(data) - 7,), np.dtype("<u8"), data, 0, (1,))
