"""Where do numbers wait that there are too many of for memory?"""

from __future__ import annotations

from contextlib import suppress
from errno import EIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from indexer.storage.directory import telling

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer
    from numpy.typing import NDArray

    from indexer.storage.directory import Directory


class Scratch:
    """A nameless file in a directory, made when it is first written to; ``close`` in the end.

    Raises StorageError. What has not been written must not be read.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._file: BinaryIO | None = None

    def write(self, place: int, data: NDArray[Any]) -> None:
        """Write the bytes of ``data`` from byte ``place`` on."""
        if self._file is None:
            self._file = self._directory.scratch()
        with telling("write to a scratch file in", self._directory.path):
            self._file.seek(place)
            self._file.write(cast("ReadableBuffer", data))

    def read(self, place: int, into: NDArray[Any]) -> None:
        """Fill ``into`` with the bytes from byte ``place`` on."""
        assert self._file is not None
        with telling("read a scratch file in", self._directory.path):
            self._file.seek(place)
            read = self._file.readinto(cast("WriteableBuffer", into))  # type: ignore[attr-defined]
            if read < into.nbytes:
                raise OSError(EIO, "the file ends too early")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            with suppress(OSError):  # what could not be written before cannot be now, and nobody needs it
                self._file.close()
