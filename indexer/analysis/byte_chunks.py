"""Where are the chunks of many texts at once?

The rule of ``tokenizer.CHUNK`` on UTF-8 bytes: ASCII letters and digits and every byte from 0x80 belong to
words, a joiner between two of them as well; all else separates. Chunks are found without a loop over words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.tokenizer import SEPARATORS

_POINT, _APOSTROPHE, _HYPHEN = 1, 2, 3
_JOINERS = {".": _POINT, "'": _APOSTROPHE, "-": _HYPHEN, "&": 4, ",": 5}
_LAST_JOINER = 5
_TABLE = bytes(
    code if code >= 0x80 or chr(code).isalnum() else _JOINERS.get(chr(code), 0) for code in range(256)
)
_SEPARATORS = [separator.encode() for separator in SEPARATORS]
_PADDING = 32  # bytes that may be read after the last word


@dataclass(frozen=True, slots=True)
class ByteChunks:
    """The chunks of several texts.

    ``encoded`` holds the texts as UTF-8, ``marked`` the same with 0 for what separates and 1..5 for joiners;
    ``starts`` and ``sizes`` are bytes, one item a chunk; ``bounds[i] : bounds[i + 1]`` are the chunks of text
    i and ``text_starts[i]`` is the place of its first byte.
    """

    encoded: bytes
    marked: NDArray[np.uint8]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    bounds: NDArray[np.int64]
    text_starts: NDArray[np.int64]

    def chunk(self, number: int) -> str:
        """One chunk as text."""
        return self.texts(np.array([number]))[0]

    def texts(self, numbers: NDArray[np.int64]) -> list[str]:
        """Some chunks as texts."""
        encoded, starts = self.encoded, self.starts[numbers]
        spans = zip(starts.tolist(), (starts + self.sizes[numbers]).tolist(), strict=True)
        joined = b"\n".join([encoded[start:end] for start, end in spans])
        return joined.decode("utf-8", "surrogatepass").split("\n") if joined else []


def find_chunks(texts: Sequence[str]) -> ByteChunks:
    """Find the chunks of all texts; memory is about 12 times that of the texts, so give a few megabytes."""
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    sizes = np.fromiter((len(part) + 1 for part in parts), np.int64, len(parts))
    text_starts = np.concatenate(([1], 1 + np.cumsum(sizes)))
    encoded = b"\n" + b"\n".join(parts) + b"\n"
    marked = _mark(encoded)
    gaps = np.flatnonzero(marked[: len(encoded)] == 0)
    lengths = np.diff(gaps) - 1
    filled = lengths > 0
    starts = gaps[:-1][filled] + 1
    bounds = np.searchsorted(starts, text_starts)
    return ByteChunks(encoded, marked, starts, lengths[filled], bounds, text_starts[:-1])


def _mark(encoded: bytes) -> NDArray[np.uint8]:
    """What each byte is to a chunk, with joiners only where they join."""
    marked = np.frombuffer(bytearray(encoded.translate(_TABLE)) + bytearray(_PADDING), np.uint8)
    if not encoded.isascii():
        _part(marked)
    signs = np.flatnonzero(marked - 1 < _LAST_JOINER)  # 0 - 1 is 255
    sign, before, after = marked[signs], marked[signs - 1], marked[signs + 1]
    follows_word = before > _LAST_JOINER
    joins = follows_word & (after > _LAST_JOINER)
    pair = follows_word & (sign == _POINT) & ((after == _APOSTROPHE) | (after == _HYPHEN))
    pair &= marked[signs + 2] > _LAST_JOINER  # U.S.-led, U.S.'s
    marked[signs[~(joins | pair)]] = 0
    marked[signs[pair] + 1] = after[pair]
    return marked


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


def words_of_eight(marked: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """At every place the eight bytes from there on, as one number; shares its memory with ``marked``."""
    return np.ndarray((len(marked) - 7,), np.dtype("<u8"), marked.data, 0, (1,))
