"""What is the text between these two characters?

    text.dictionary   u1[]     what the pieces have in common, see ``frames``; nothing in a small segment
    text.piece        u1[]     the texts of all articles, one after the other as they arrived, as UTF-8 cut
                               between characters into pieces of at most 8,192 bytes, each packed as a frame
    text.at           u[K+1]   where each piece starts in text.piece, and the end
    text.first        u[K+1]   number of the first character of each piece, and of all characters

Texts are addressed by characters (code points), as marks and sentences are; a document knows its first
character and its lengths (``documents``). A piece ends with an article as soon as it has 1,024 bytes, so that
to read an article, or one sentence of it, mostly unpacks one piece.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.codec.arrays import Array
    from indexer.codec.frames import Packer, Unpacker
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

PIECE = 1 << 13  # bytes at most
ENOUGH = 1 << 10  # bytes from which a piece ends with its article
SAMPLED = 1 << 24  # bytes to wait for before a dictionary is made
SAMPLE = 1 << 21  # bytes of those to make it of, taken evenly
LEAST = 1 << 20  # bytes that a dictionary pays off for
SHARE = 64  # a dictionary is no larger than this part of what waits
DICTIONARY = 256 << 10  # bytes at most
_TOGETHER = 1 << 20  # bytes of packed pieces that are handed on at once
_CACHED = 256  # pieces: the texts of a page of hits are read several times over


class Packed(NamedTuple):
    """Some pieces as they are in a file, and how many bytes and characters each has."""

    pieces: bytes
    sizes: list[int]
    lengths: list[int]


class TextWriter:
    """Packs texts as they arrive, once there are enough of them to say what they have in common."""

    def __init__(self, out: SectionFileWriter, known: Callable[[], bytes] | None = None) -> None:
        """``known`` is asked for a dictionary of texts like these, should there be enough to need one."""
        self._out = out
        self._known = known
        self._packer: Packer | None = None
        self._waiting: list[bytes] = []  # pieces, for the packer
        self._bytes = 0  # in them
        self._open = bytearray()  # the piece that has not ended
        self._packed = bytearray()  # pieces that have not been handed on
        self._sizes = array("q")  # of every packed piece, in bytes
        self._lengths = array("q")  # of every piece, in characters
        self._characters = 0
        self.dictionary = b""
        out.append("text.piece", b"")

    def add(self, text: str) -> None:
        """Append the text of an article; lone surrogates survive."""
        self._characters += len(text)
        data = text.encode("utf-8", "surrogatepass")
        if len(self._open) + len(data) > PIECE:
            self._end_piece(len(self._open))
        if self._packer is not None and not self._open and ENOUGH <= len(data) <= PIECE:
            self._append(self._packer.pack(data), len(text))  # as most articles, in the end
            return
        self._open += data
        while len(self._open) > PIECE:
            self._end_piece(_cut(self._open))
        if len(self._open) >= ENOUGH:
            self._end_piece(len(self._open))

    def use(self, dictionary: bytes) -> None:
        """Pack with ``dictionary``; only before the first text."""
        self._start(dictionary)

    def add_packed(self, packed: Packed) -> None:
        """Append whole pieces as another segment packed them, with the dictionary that is in use here."""
        self._end_piece(len(self._open))
        self._packed += packed.pieces
        self._sizes.extend(packed.sizes)
        self._lengths.extend(packed.lengths)
        self._characters += sum(packed.lengths)
        self._hand_on()

    @property
    def n_characters(self) -> int:
        """How many characters have been added."""
        return self._characters

    def finish(self) -> None:
        import numpy as np

        from indexer.codec.arrays import narrow, offsets

        self._end_piece(len(self._open))
        if self._packer is None:
            self._start(self._common() if self._bytes >= LEAST else b"")
        self._hand_on()
        self._out.append("text.dictionary", self.dictionary)
        self._out.append("text.at", narrow(offsets(np.array(self._sizes))))
        self._out.append("text.first", narrow(offsets(np.array(self._lengths))))

    def _end_piece(self, size: int) -> None:
        """End the open piece after ``size`` bytes, and pack it as soon as it is known how."""
        if not size:
            return
        piece = bytes(self._open[:size])
        del self._open[:size]
        if self._packer is not None:
            self._pack(self._packer, piece)
            return
        self._waiting.append(piece)
        self._bytes += len(piece)
        if self._bytes >= SAMPLED:
            self._start(self._common())

    def _common(self) -> bytes:
        """The dictionary that others know, or one made of what waits."""
        known = self._known() if self._known is not None else b""
        return known or common(self._waiting)

    def _start(self, dictionary: bytes) -> None:
        from indexer.codec.frames import Packer

        self.dictionary = dictionary
        self._packer = Packer(dictionary)
        for piece in self._waiting:
            self._pack(self._packer, piece)
        self._waiting.clear()

    def _pack(self, packer: Packer, piece: bytes) -> None:
        n_characters = len(piece) if piece.isascii() else len(piece.decode("utf-8", "surrogatepass"))
        self._append(packer.pack(piece), n_characters)

    def _append(self, packed: bytes, n_characters: int) -> None:
        self._packed += packed
        self._sizes.append(len(packed))
        self._lengths.append(n_characters)
        if len(self._packed) >= _TOGETHER:
            self._hand_on()

    def _hand_on(self) -> None:
        self._out.append("text.piece", self._packed)
        self._packed.clear()


def common(pieces: Sequence[bytes]) -> bytes:
    """Return a dictionary of what all pieces have in common, made of some of them."""
    from indexer.codec.frames import train

    n_bytes = sum(map(len, pieces))
    return train(pieces[:: max(1, n_bytes // SAMPLE)], min(DICTIONARY, n_bytes // SHARE))


def _cut(data: bytearray) -> int:
    """Return the largest size up to ``PIECE`` that ends between two characters."""
    size = PIECE
    while size < len(data) and data[size] & 0xC0 == 0x80:
        size -= 1
    return size


class Text:
    """Reads text; the pieces read last are kept unpacked."""

    def __init__(self, file: SectionFile) -> None:
        self._dictionary = file["text.dictionary"]
        self._piece = file["text.piece"]
        self._at = file["text.at"]
        self._first = file["text.first"]
        self._unpacked: dict[int, tuple[int, str]] = {}  # see ``_known``
        self._latest = 0, ""  # most often the next sentence is of the same article
        if not len(self._at) or len(self._at) != len(self._first):
            raise self._at.damaged("it has not one entry for each piece")

    @property
    def n_pieces(self) -> int:
        return len(self._at) - 1

    @property
    def n_bytes(self) -> int:
        """How many bytes all pieces take as they are packed."""
        return len(self._piece)

    @cached_property
    def dictionary(self) -> bytes:
        """What all pieces are packed with; b"" is nothing."""
        return bytes(self._dictionary.view())

    def known(self) -> bytes:
        """Return the dictionary, to pack more with it. Raises ArchiveDamaged where that cannot be done."""
        from indexer.codec.frames import Packer

        try:
            Packer(self.dictionary)
        except ValueError:
            raise self._dictionary.damaged("it is no dictionary") from None
        return self.dictionary

    def read(self, start: int, stop: int) -> str:
        """Return characters ``start`` to ``stop``."""
        if start >= stop:
            return ""
        first, text = self._latest
        if first <= start and stop <= first + len(text):
            return text[start - first : stop - first]
        piece = self._first.right(start) - 1
        parts: list[str] = []
        while start < stop:
            first, text = self._latest = self._known(piece)
            if not first <= start < first + len(text):
                raise self._first.damaged(f"character {start:,} is in no piece", piece)
            part = text[start - first : stop - first]
            if len(part) == stop - start and not parts:
                return part
            parts.append(part)
            start += len(part)
            piece += 1
        return "".join(parts)

    def bounds(self, piece: int) -> tuple[int, int]:
        """Return the first character of a piece and of the next."""
        return self._first[piece], self._first[piece + 1]

    def firsts(self) -> Array:
        """Return the first character of every piece, and the end."""
        return self._first.array().astype("i8")

    def packed(self, low: int, high: int) -> Packed:
        """Return pieces ``low`` to ``high`` as they are in the file."""
        from indexer.codec.arrays import list_sizes

        pieces = self._piece.view(self._at[low], self._at[high]).tobytes()
        sizes, lengths = (list_sizes(ends, low, high).tolist() for ends in (self._at, self._first))
        return Packed(pieces, sizes, lengths)

    def unpacked(self, piece: int) -> str:
        """Return the text of a piece."""
        return self._known(piece)[1]

    def _known(self, piece: int) -> tuple[int, str]:
        """Return the first character of a piece, and its text."""
        known = self._unpacked.pop(piece, None)
        if known is None:
            known = self._unpack(piece)
            if len(self._unpacked) >= _CACHED:
                del self._unpacked[next(iter(self._unpacked))]
        self._unpacked[piece] = known  # last read, last forgotten
        return known

    def _unpack(self, piece: int) -> tuple[int, str]:
        packed = self._piece.view(self._at[piece], self._at[piece + 1])
        try:
            text = self._unpacker.unpack(packed).decode("utf-8", "surrogatepass")
        except ValueError:  # UnicodeDecodeError is one
            text = ""
        first, end = self.bounds(piece)
        if len(text) != end - first:
            raise self._at.damaged(f"piece {piece:,} cannot be unpacked", piece)
        return first, text

    @cached_property
    def _unpacker(self) -> Unpacker:
        from indexer.codec.frames import Unpacker

        try:
            return Unpacker(self.dictionary)
        except ValueError:
            raise self._dictionary.damaged("it is no dictionary") from None
