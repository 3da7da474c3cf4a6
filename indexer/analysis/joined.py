"""How do many texts become one, and back?

Line feeds part them, so that no word reaches from one into the next, and margins at both ends spare everybody
the question whether there is a character before or after. A place in the whole is a code point; words are
found among bytes, so there is a way from one to the other.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

MARGIN = 32  # characters, all U+0000, and as many bytes


class Joined:
    """Several texts as one.

    ``text`` is the whole, ``encoded`` the same in UTF-8. Text i is ``text[starts[i] : starts[i + 1] - 1]``;
    the last of ``starts`` is therefore one place behind the line feed after the last text.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        margin = "\0" * MARGIN
        self.text = "\n".join((margin, *texts, margin))
        self.encoded = self.text.encode("utf-8", "surrogatepass")
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.starts = np.full(len(texts) + 1, MARGIN + 1, np.int64)
        self.starts[1:] += np.cumsum(sizes + 1)
        raw = np.frombuffer(self.encoded, np.uint8)
        ascii = self.text.isascii()
        self._inner = np.flatnonzero((raw & 0xC0) == 0x80) if not ascii else np.empty(0, np.int64)
        self._begun = self._inner - np.arange(len(self._inner))

    def bytes_at(self, places: Array) -> Array:
        """Return the byte at which each character begins."""
        return places + np.searchsorted(self._begun, places, side="right")

    def characters_at(self, places: Array) -> Array:
        """Return the character that begins at each byte."""
        return places - np.searchsorted(self._inner, places)
