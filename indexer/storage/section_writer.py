"""How is a sectioned file written, all its arrays at once and none of them twice in memory?

Arrays grow side by side, piece by piece, while the file needs them one after the other. What has been
appended is kept in memory up to ``limits.held_bytes``; beyond that the largest section moves to a scratch
file.
``sections`` tells the layout.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from indexer.limits import LIMITS
from indexer.storage.directory import telling
from indexer.storage.sections import ALIGNMENT, BLOCK, END, FOOTER, FOOTER_BYTES, HEADER_BYTES, MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import ReadableBuffer
    from numpy.typing import NDArray

    from indexer.storage.directory import Directory, Writer

_COPIED = 1 << 20
_KINDS = {**dict.fromkeys("BHILQ", "u"), **dict.fromkeys("bhilq", "i"), **dict.fromkeys("fd", "f")}


class Fingerprint(NamedTuple):
    """What a finished file must be: its length in bytes, and a CRC-32 that every byte of it has a part in."""

    length: int
    crc: int


class SectionFileWriter:
    """Collects sections and writes them as one file. Until ``finish`` nothing has a name."""

    def __init__(self, directory: Directory, kind: str, version: int, held: int = LIMITS.held_bytes) -> None:
        self.directory = directory
        self._kind = kind
        self._version = version
        self._limit = held
        self._held = 0
        self._sections: dict[str, _Growing] = {}

    def append(self, section: str, data: ReadableBuffer | NDArray[Any]) -> None:
        """Add items to the end of a section; the first call makes it and settles its type.

        ``data`` is bytes (type u1) or any contiguous buffer of numbers, such as an array; it is copied.
        """
        view = memoryview(cast("ReadableBuffer", data))
        growing = self._sections.get(section)
        if growing is None:
            growing = self._sections[section] = _Growing(_type_of(view))
        if growing.type != _type_of(view):
            raise ValueError(f"section {section} is of type {growing.type}, not {_type_of(view)}")
        if not view.nbytes:
            return
        growing.add(bytes(view))
        self._held += view.nbytes
        while self._held > self._limit:
            self._held -= max(self._sections.values(), key=lambda each: each.held).spill(self.directory)

    def length(self, section: str) -> int:
        """Return how many items a section has so far."""
        growing = self._sections.get(section)
        return 0 if growing is None else growing.size // int(growing.type[1])

    def finish(self, name: str, meta: dict[str, Any]) -> Fingerprint:
        """Write the file ``name`` (new; not yet durable) with ``meta``, which must be JSON, in its table."""
        writer = self.directory.create(name)
        try:
            return self._write(_Checked(writer), meta)
        finally:
            writer.abandon()
            self.close()

    def close(self) -> None:
        """Let go of everything held, scratch files included."""
        for growing in self._sections.values():
            growing.close()
        self._sections.clear()

    def _write(self, out: _Checked, meta: dict[str, Any]) -> Fingerprint:
        out.write(MAGIC + self._kind.encode("ascii").ljust(HEADER_BYTES - len(MAGIC), b"\0"))
        table = {}
        for name, growing in self._sections.items():
            out.write(bytes(-out.size % ALIGNMENT))
            table[name] = [growing.type, out.size, growing.size // int(growing.type[1])]
            for chunk in growing.chunks(self.directory.path):
                out.write(chunk)
        out.write(bytes(-out.size % ALIGNMENT))
        start = out.size
        out.write(json.dumps({"meta": meta, "sections": table}, separators=(",", ":")).encode("ascii"))
        stop = out.size
        checks = out.checks()
        footer = FOOTER.pack(start, stop, zlib.crc32(checks), self._version)
        crc = zlib.crc32(footer)
        out.writer.write(checks + footer + crc.to_bytes(4, "little") + END)
        out.writer.close()
        return Fingerprint(stop + len(checks) + FOOTER_BYTES, crc)


class _Growing:
    """The bytes of one section: those on disk come first."""

    def __init__(self, type_: str) -> None:
        self.type = type_
        self.size = 0
        self.held = 0
        self._parts: list[bytes] = []
        self._scratch: BinaryIO | None = None

    def add(self, data: bytes) -> None:
        self._parts.append(data)
        self.size += len(data)
        self.held += len(data)

    def spill(self, directory: Directory) -> int:
        """Move what is held to disk and return how much it was."""
        if self._scratch is None:
            self._scratch = directory.scratch()
        with telling("write to a scratch file in", directory.path):
            self._scratch.writelines(self._parts)
        moved, self.held = self.held, 0
        self._parts.clear()
        return moved

    def chunks(self, folder: Path) -> Iterator[bytes]:
        if self._scratch is not None:
            with telling("read a scratch file in", folder):
                self._scratch.seek(0)
                while chunk := self._scratch.read(_COPIED):
                    yield chunk
        yield from self._parts

    def close(self) -> None:
        self._parts.clear()
        if self._scratch is not None:
            with suppress(OSError):  # what could not be written before cannot be now, and nobody needs it
                self._scratch.close()


class _Checked:
    """Counts what is written and takes the checksum of every block of it."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.size = 0
        self._crc = 0
        self._checks = bytearray()

    def write(self, data: bytes) -> None:
        self.writer.write(data)
        view = memoryview(data)
        while len(view):
            room = BLOCK - self.size % BLOCK
            part, view = view[:room], view[room:]
            self._crc = zlib.crc32(part, self._crc)
            self.size += len(part)
            if self.size % BLOCK == 0:
                self._end_block()

    def checks(self) -> bytes:
        """The checksums of all blocks, the last of which may be short."""
        if self.size % BLOCK:
            self._end_block()
        return bytes(self._checks)

    def _end_block(self) -> None:
        self._checks += self._crc.to_bytes(4, "little")
        self._crc = 0


def _type_of(view: memoryview) -> str:
    kind = _KINDS.get(view.format.lstrip("<@=") if view.format else "")
    if kind is None or (kind == "i" and view.itemsize < 4):
        raise ValueError(f"a section cannot hold items of format {view.format}")
    return f"{kind}{view.itemsize}"
