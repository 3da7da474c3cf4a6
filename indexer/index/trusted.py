"""Which generation answers a question?

The newest one that can be trusted. A block of a file is compared with its checksum when it is first needed,
so damage may come to light in the middle of an answer. Then the file is marked and the whole question asked
again of a generation that does without it; no answer is put together from two.
"""

from collections.abc import Callable
from typing import TypeVar

from indexer.errors import ArchiveDamaged
from indexer.index.marks import damaged_file, mark
from indexer.index.reader import Snapshot, open_snapshot
from indexer.storage import Directory

Answer = TypeVar("Answer")


class TrustedIndex:
    """The index in a folder. After ``close`` the next question goes to the newest generation."""

    def __init__(self, directory: Directory, fingerprint: str) -> None:
        self.directory = directory
        self.fingerprint = fingerprint
        self.snapshot: Snapshot | None = None
        self._damaged: dict[str, str] = {}  # file -> the reason; the marks on disk may be fewer

    @property
    def notes(self) -> tuple[str, ...]:
        """What was wrong with newer generations than the one that is open, one line each."""
        return self.snapshot.notes if self.snapshot is not None else ()

    def open(self) -> Snapshot:
        """Return the open snapshot. Raises ArchiveDamaged where no generation can answer, StorageError."""
        if self.snapshot is None:
            self.snapshot = open_snapshot(self.directory, self.fingerprint, self._damaged)
        return self.snapshot

    def open_or_none(self) -> Snapshot | None:
        """Return the open snapshot, None where no generation can answer and an update has to heal that."""
        try:
            return self.open()
        except ArchiveDamaged:
            return None

    def ask(self, question: Callable[[Snapshot], Answer]) -> Answer:
        """Return the answer of the newest generation that can give one. Raises as ``open`` does."""
        while True:
            snapshot = self.open()
            try:
                return question(snapshot)
            except ArchiveDamaged as damage:
                self._leave(snapshot.generation, damage)

    def _leave(self, generation: int, damage: ArchiveDamaged) -> None:
        """Mark what is damaged and close, or raise the damage where that would not lead to another answer."""
        file = damaged_file(damage)
        if file is None or file in self._damaged:
            raise damage
        mark(self.directory, generation, damage)
        self._damaged[file] = str(damage)
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        if self.snapshot is not None:
            self.snapshot.close()
            self.snapshot = None
