"""How does Whoosh read and write through our directory?

Whoosh sees one flat storage; every byte it writes goes through ``storage.Directory``, and every file it
reads is mapped once and kept, so that a file deleted meanwhile stays readable to the end. Its temporary
files have no names: they are gone with the process.
"""

import mmap
from typing import Any, BinaryIO

from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile

from indexer.storage import Directory, Writer


class MappedFile(StructFile):
    """Bytes in memory, with a position of its own."""

    def __init__(self, data: mmap.mmap | bytes, name: str) -> None:
        super().__init__(_Cursor(data), name=name)  # type: ignore[arg-type]
        self._data = data

    def get(self, position: int, length: int) -> bytes:
        return self._data[position : position + length]


class _Cursor:
    """As much of a binary file as Whoosh asks for."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        self._data = data
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        end = len(self._data) if size < 0 else self._position + size
        part = self._data[self._position : end]
        self._position += len(part)
        return part

    def readline(self) -> bytes:
        end = self._data.find(b"\n", self._position)
        return self.read(end + 1 - self._position if end >= 0 else -1)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._position = offset + (0, self._position, len(self._data))[whence]
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        """Nothing to do: the storage keeps the map."""


class DirectoryStorage(Storage):
    """The files of segments in a directory of ours."""

    supports_mmap = False

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._maps: dict[str, mmap.mmap | bytes] = {}
        self._writers: dict[str, Writer] = {}
        self._scratches: list[Scratch] = []

    @property
    def created(self) -> list[str]:
        """The names of the files written through this storage, in order."""
        return list(self._writers)

    def map(self, name: str) -> mmap.mmap | bytes:
        """Return a file as memory, the same for every caller. Raises StorageError."""
        if name not in self._maps:
            self._maps[name] = self._directory.map(name)
        return self._maps[name]

    def create_file(self, name: str, **options: Any) -> StructFile:
        self._writers[name] = writer = self._directory.create(name)
        return StructFile(writer, name=name)  # type: ignore[arg-type]

    def open_file(self, name: str, *args: Any, **options: Any) -> StructFile:
        return MappedFile(self.map(name), name)

    def list(self) -> list[str]:
        return sorted({*self._maps, *self._writers})

    def file_exists(self, name: str) -> bool:
        return name in self._maps or name in self._writers

    def file_length(self, name: str) -> int:
        return len(self.map(name))

    def temp_storage(self, name: str | None = None) -> "Scratch":
        self._scratches.append(Scratch(self._directory))
        return self._scratches[-1]

    def abandon(self) -> None:
        """Close whatever is open, finished or not; never raises."""
        for writer in self._writers.values():
            writer.abandon()
        for scratch in self._scratches:
            scratch.destroy()

    def release(self) -> None:
        """Unmap all files; no reader over this storage may be used afterwards."""
        for data in self._maps.values():
            if isinstance(data, mmap.mmap):
                data.close()
        self._maps.clear()


class Scratch(Storage):
    """Temporary files. Whoosh takes names for them from ``random``; here they name nothing on disk."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._files: dict[str, BinaryIO] = {}

    def create_file(self, name: str, **options: Any) -> StructFile:
        if name in self._files:
            raise FileExistsError(f"the scratch file {name} exists")
        self._files[name] = file = self._directory.scratch()
        return _ScratchFile(file, name=name)

    def open_file(self, name: str, *args: Any, **options: Any) -> StructFile:
        self._files[name].seek(0)
        return StructFile(self._files[name], name=name)

    def delete_file(self, name: str) -> None:
        self._files.pop(name).close()

    def destroy(self, *args: Any, **options: Any) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()


class _ScratchFile(StructFile):
    """A scratch file being written: closing it for good would lose it."""

    def raw_file(self) -> BinaryIO:
        return self  # type: ignore[return-value]

    def close(self) -> None:
        self.flush()
        self.is_closed = True
