"""What is the text between these two characters?

    text.piece   u1[]     the texts of all articles, one after the other as they arrived, as UTF-8 cut between
                          characters into pieces of at most 16,384 bytes, each packed by raw DEFLATE (RFC
                          1951)
    text.at      u[K+1]   where each piece starts in text.piece, and the end
    text.first   u[K+1]   number of the first character of each piece, and of all characters

Texts are addressed by characters (code points), as marks and sentences are; a document knows its first
character and its lengths (``documents``). To read one sentence unpacks one piece.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

PIECE = 1 << 14
LEVEL = 1
_MEMORY = 9  # the most that zlib can use
_CACHED = 64  # pieces: the texts of a page of hits are read several times over


class TextWriter:
    """Packs text as it arrives."""

    def __init__(self, out: SectionFileWriter) -> None:
        self._out = out
        self._waiting = bytearray()
        self._at = [0]
        self._first = [0]
        out.append("text.piece", b"")

    def add(self, text: str) -> None:
        """Append text; lone surrogates survive."""
        self._waiting += text.encode("utf-8", "surrogatepass")
        while len(self._waiting) >= PIECE:
            self._end_piece(_cut(self._waiting))

    def add_packed(self, packed: bytes, n_characters: int) -> None:
        """Append a whole piece as another segment packed it."""
        self._end_piece(len(self._waiting))
        self._append(packed, n_characters)

    @property
    def n_characters(self) -> int:
        """How many characters have been added."""
        return self._first[-1] + len(self._waiting.decode("utf-8", "surrogatepass"))

    def finish(self) -> None:
        import numpy as np

        from indexer.codec.arrays import narrow

        self._end_piece(len(self._waiting))
        self._out.append("text.at", narrow(np.array(self._at, np.int64)))
        self._out.append("text.first", narrow(np.array(self._first, np.int64)))

    def _end_piece(self, size: int) -> None:
        if not size:
            return
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        n_characters = size if piece.isascii() else len(piece.decode("utf-8", "surrogatepass"))
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
        self._append(packer.compress(piece) + packer.flush(), n_characters)

    def _append(self, packed: bytes, n_characters: int) -> None:
        self._out.append("text.piece", packed)
        self._at.append(self._at[-1] + len(packed))
        self._first.append(self._first[-1] + n_characters)


def _cut(data: bytearray) -> int:
    """Return the largest size up to ``PIECE`` that ends between two characters."""
    size = PIECE
    while size < len(data) and data[size] & 0xC0 == 0x80:
        size -= 1
    return size


class Text:
    """Reads text; the pieces read last are kept unpacked."""

    def __init__(self, file: SectionFile) -> None:
        self._piece = file["text.piece"]
        self._at = file["text.at"]
        self._first = file["text.first"]
        self._unpacked: dict[int, str] = {}
        if not len(self._at) or len(self._at) != len(self._first):
            raise self._at.damaged("it has not one entry for each piece")

    @property
    def n_pieces(self) -> int:
        return len(self._at) - 1

    def read(self, start: int, stop: int) -> str:
        """Return characters ``start`` to ``stop``."""
        if start >= stop:
            return ""
        piece = bisect_right(self._first, start) - 1
        parts = []
        while start < stop:
            first, end = self.bounds(piece)
            if not first <= start < end:
                raise self._first.damaged(f"character {start:,} is in no piece", piece)
            parts.append(self.unpacked(piece)[start - first : stop - first])
            start = end
            piece += 1
        return "".join(parts)

    def bounds(self, piece: int) -> tuple[int, int]:
        """Return the first character of a piece and of the next."""
        first, end = self._first.view(piece, piece + 2)
        return first, end

    def packed(self, piece: int) -> bytes:
        """Return a piece as it is in the file."""
        return bytes(self._piece.view(*self._at.view(piece, piece + 2)))

    def unpacked(self, piece: int) -> str:
        """Return the text of a piece."""
        text = self._unpacked.pop(piece, None)
        if text is None:
            text = self._unpack(piece)
            if len(self._unpacked) >= _CACHED:
                del self._unpacked[next(iter(self._unpacked))]
        self._unpacked[piece] = text  # last read, last forgotten
        return text

    def _unpack(self, piece: int) -> str:
        first, end = self.bounds(piece)
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            text = unpacker.decompress(self.packed(piece), PIECE + 1).decode("utf-8", "surrogatepass")
        except (zlib.error, UnicodeDecodeError):
            text = ""
        if len(text) != end - first or not unpacker.eof:
            raise self._at.damaged(f"piece {piece:,} cannot be unpacked", piece)
        return text
