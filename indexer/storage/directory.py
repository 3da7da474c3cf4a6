"""How are files created, made durable, published and deleted?

A directory is flat and write-once: a file is created under a name that does not exist, written, closed, and
from then on only mapped, read or deleted. Durability is bought by two calls and nothing else:

    sync(name)       the bytes of the file survive a power cut
    sync_folder()    the names created, published and deleted so far survive it

Until both have returned, after a power cut the file may be there, absent, empty, or full of anything.
A file whose ``sync`` failed must be abandoned, never synced again: the kernel may have dropped the bytes
and forgotten the error. Every method raises StorageError, which names the operation and the file.
"""

import errno
import io
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from indexer.errors import ArchiveDamaged, StorageError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Writer(Protocol):
    """A file being written for the first time."""

    def write(self, data: bytes | memoryview, /) -> int: ...
    def close(self) -> None:
        """Hand everything to the operating system; not durable before ``sync``."""

    def abandon(self) -> None:
        """Close without writing what is still buffered. After an error or ``close`` it does no harm."""


class Directory(Protocol):
    """Where the files of an index live. Tests put twins in its place that fail, forget or record."""

    path: Path

    def make(self) -> None:
        """Create the folder where it is missing, durably; an error where something else has its name."""

    def names(self) -> list[str]:
        """Return the names of all files, in no particular order, foreign ones included; none of no folder."""

    def create(self, name: str) -> Writer:
        """Open a new file for writing; refuses a name that exists. Nothing is durable yet."""

    def write(self, name: str, data: bytes | memoryview) -> None:
        """Create a new file with ``data`` in it; refuses a name that exists. Not durable before ``sync``."""

    def scratch(self) -> BinaryIO:
        """Open a nameless file for reading and writing, gone as soon as it is closed or the process ends."""

    def sync(self, name: str) -> None:
        """Make the bytes of a closed file durable (not its name)."""

    def sync_folder(self) -> None:
        """Make every name created, published or deleted so far durable."""

    def publish(self, temporary: str, name: str) -> None:
        """Rename in one step: a reader sees the old state or the new. Durable after ``sync_folder``."""

    def delete(self, name: str) -> None:
        """Remove a file; who has it mapped keeps it. A file already gone is no error."""

    def sizes(self) -> dict[str, int]:
        """Return the names of all files with their lengths in bytes."""

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Return a whole file. Raises ArchiveDamaged where it is longer than ``limit``."""

    def map(self, name: str) -> mmap.mmap | bytes:
        """Return a whole file as read-only memory; an empty file, which cannot be mapped, as ``b""``."""


class FileWriter(io.BufferedWriter):
    """A new file on disk: buffered, and what fails is told as StorageError."""

    def __init__(self, path: Path) -> None:
        super().__init__(_RawFile(path), 1 << 16)

    def abandon(self) -> None:
        with suppress(StorageError):  # an error has been told already, or nobody needs the file
            self.raw.close()


class _RawFile(io.RawIOBase):
    """The unbuffered side, where the operating system says no."""

    _descriptor = -1

    def __init__(self, path: Path) -> None:
        self._path = path
        with telling("create", path):
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        with telling("write", self._path):
            return os.write(self._descriptor, data)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        super().close()
        if descriptor >= 0:
            with telling("close", self._path):
                os.close(descriptor)


class FileDirectory:
    """A folder of the file system. New files and folders respect the umask."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Create the folder where it is missing, durably.

        Raises StorageError where something that is not a folder is in the way.
        """
        with telling("create", self.path):
            try:
                self.path.mkdir()
            except FileExistsError:
                if self.path.is_dir():
                    return
                raise NotADirectoryError(errno.ENOTDIR, "it exists and is not a folder") from None
        FileDirectory(self.path.parent).sync_folder()

    def names(self) -> list[str]:
        return list(self._files())

    def create(self, name: str) -> FileWriter:
        return FileWriter(self.path / name)

    def write(self, name: str, data: bytes | memoryview) -> None:
        writer = self.create(name)
        try:
            writer.write(data)
            writer.close()
        finally:
            writer.abandon()

    def scratch(self) -> BinaryIO:
        from tempfile import TemporaryFile

        with telling("create a scratch file in", self.path):
            return cast(BinaryIO, TemporaryFile(dir=self.path))

    def sync(self, name: str) -> None:
        self._sync(self.path / name, os.O_RDONLY)

    def sync_folder(self) -> None:
        self._sync(self.path, os.O_RDONLY | os.O_DIRECTORY)

    def _sync(self, path: Path, flags: int) -> None:
        with telling("sync", path):
            descriptor = os.open(path, flags | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def publish(self, temporary: str, name: str) -> None:
        with telling("publish", self.path / name):
            (self.path / temporary).replace(self.path / name)

    def delete(self, name: str) -> None:
        with telling("delete", self.path / name):
            (self.path / name).unlink(missing_ok=True)

    def sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for name, entry in self._files().items():
            with telling("read", self.path / name), suppress(FileNotFoundError):  # deleted meanwhile
                sizes[name] = entry.stat(follow_symlinks=False).st_size
        return sizes

    def _files(self) -> dict[str, os.DirEntry[str]]:
        with telling("list", self.path), suppress(FileNotFoundError), os.scandir(self.path) as entries:
            return {entry.name: entry for entry in entries if entry.is_file(follow_symlinks=False)}
        return {}

    def read(self, name: str, limit: int | None = None) -> bytes:
        path = self.path / name
        with telling("read", path), path.open("rb") as file:
            data = file.read(-1 if limit is None else limit + 1)
        if limit is not None and len(data) > limit:
            raise ArchiveDamaged(f"{path} is longer than the {limit:,} bytes allowed", str(path))
        return data

    def map(self, name: str) -> mmap.mmap | bytes:
        path = self.path / name
        with telling("read", path), path.open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@contextmanager
def telling(operation: str, path: Path) -> Iterator[None]:
    """Turn the OSErrors of a block into StorageError."""
    try:
        yield
    except OSError as error:
        raise StorageError(operation, str(path), error) from error
