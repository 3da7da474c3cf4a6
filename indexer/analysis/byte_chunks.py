"""Where are the chunks of many texts at once?

The rule of ``tokenizer.CHUNK`` on UTF-8 bytes: ASCII letters and digits and every byte from 0x80 belong to
words, a joiner between two of them as well; all else separates. Chunks are found without a loop over words.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.joined import Joined
from indexer.analysis.tokenizer import SEPARATORS

_POINT, _APOSTROPHE, _HYPHEN = 1, 2, 3  # of a pair the latter two come second
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
    edges = np.flatnonzero(np.diff(_inside(marked))) + 1
    starts, ends = edges[::2].copy(), edges[1::2].copy()
    bounds = np.searchsorted(starts, joined.bytes_at(joined.starts))
    return ByteChunks(joined, starts, ends, bounds)


def _inside(marked: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which bytes are in a chunk: those of words, and joiners where they join."""
    word = marked > _LAST_JOINER
    inside = word.copy()
    inside[1:-1] |= (marked[1:-1] - 1 < _LAST_JOINER) & word[:-2] & word[2:]  # 0 - 1 is 255
    pair = (marked[1:-2] == _POINT) & (
        marked[2:-1] - _APOSTROPHE <= _HYPHEN - _APOSTROPHE
    )  # U.S.-led, U.S.'s
    pair &= word[:-3] & word[3:]
    inside[1:-2] |= pair
    inside[2:-1] |= pair
    return inside


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


MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # the first bytes of eight


def words_of_eight(data: bytes | NDArray[np.uint8]) -> NDArray[np.uint64]:
    """At every place the eight bytes from there on, as one number; shares its memory with ``data``."""
    return np.ndarray((len(data) - 7,), np.dtype("<u8"), data, 0, (1,))
