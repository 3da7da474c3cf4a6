"""A directory that stands in for the real one and records what a power cut could undo."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from indexer.storage import FileDirectory
from indexer.storage.directory import FileWriter


class Event(NamedTuple):
    """Something done to a directory: its kind, the file, and the bytes or the new name."""

    kind: str
    name: str = ""
    value: bytes | str = b""


class RecordingDirectory(FileDirectory):
    """Does everything for real, and notes it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.events: list[Event] = []

    def create(self, name: str) -> FileWriter:
        self.events.append(Event("create", name))
        return RecordingWriter(self.path / name, lambda data: self.events.append(Event("fill", name, data)))

    def sync(self, name: str) -> None:
        super().sync(name)
        self.events.append(Event("sync", name))

    def sync_folder(self) -> None:
        super().sync_folder()
        self.events.append(Event("sync folder"))

    def publish(self, temporary: str, name: str) -> None:
        super().publish(temporary, name)
        self.events.append(Event("publish", temporary, name))

    def delete(self, name: str) -> None:
        super().delete(name)
        self.events.append(Event("delete", name))


class RecordingWriter(FileWriter):
    """Notes the whole content when it is closed."""

    def __init__(self, path: Path, note: Callable[[bytes], None]) -> None:
        super().__init__(path)
        self._path = path
        self._note = note

    def close(self) -> None:
        first = not self.closed
        super().close()
        if first:
            self._note(self._path.read_bytes())


@dataclass
class Disk:
    """A folder as the disk has it: names that lead to files, and which bytes and names a power cut leaves.

    What is on the medium for sure is ``durable`` (name -> file) and the files in ``safe``; everything else is
    decided by chance when the power goes.
    """

    durable: dict[str, int] = field(default_factory=dict)
    files: dict[int, bytes] = field(default_factory=dict)
    safe: set[int] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)  # as processes see them
    pending: list[Event] = field(default_factory=list)  # changes of names that no sync has made durable

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        disk = cls()
        for at, file in enumerate(sorted(folder.iterdir())):
            disk.names[file.name] = at
            disk.files[at] = file.read_bytes()
            disk.safe.add(at)
        disk.durable = dict(disk.names)
        return disk

    def copy(self) -> "Disk":
        return Disk(
            dict(self.durable), dict(self.files), set(self.safe), dict(self.names), list(self.pending)
        )

    def apply(self, event: Event) -> None:
        """Do what an event of a RecordingDirectory did."""
        if event.kind == "create":
            self.names[event.name] = len(self.files)
            self.files[len(self.files)] = b""
            self.pending.append(event)
        elif event.kind == "fill":
            assert isinstance(event.value, bytes)
            self.files[self.names[event.name]] = event.value
        elif event.kind == "sync":
            self.safe.add(self.names[event.name])
        elif event.kind == "sync folder":
            self.durable = dict(self.names)
            self.pending.clear()
        else:
            change_names(self.names, event)
            self.pending.append(event)

    def after_power_cut(self, random: Random, into: Path) -> None:
        """Write one state that the disk may be found in to the folder ``into``."""
        names = dict(self.durable)
        inodes = dict(self.names)
        for event in self.pending:
            if event.kind == "publish":
                inodes[event.name] = self.names.get(str(event.value), -1)
        for event in self.pending:
            if random.random() < 0.5:
                if event.kind == "create":
                    if event.name in inodes:
                        names[event.name] = inodes[event.name]
                else:
                    change_names(names, event)
        into.mkdir()
        for name, file in names.items():
            data = self.files[file]
            (into / name).write_bytes(data if file in self.safe else torn(data, random))


def change_names(names: dict[str, int], event: Event) -> None:
    """Rename or delete, as far as the name is there at all."""
    file = names.pop(event.name, None)
    if event.kind == "publish" and file is not None:
        names[str(event.value)] = file


def torn(data: bytes, random: Random) -> bytes:
    """Return what may be left of bytes that were never synced."""
    cut = random.randrange(len(data) + 1)
    return random.choice([data, b"", data[:cut], bytes(len(data)), data[:cut] + bytes(len(data) - cut)])


@contextmanager
def no_waiting() -> Iterator[None]:
    """Skip the real syncs while recording: the recording says what they would have done."""
    original = os.fsync
    os.fsync = lambda descriptor: None
    try:
        yield
    finally:
        os.fsync = original
