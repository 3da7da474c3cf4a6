"""Which files need no look at their records?

Those that are as they were and share no id with another file: whatever else an update finds, their articles
stay what they are. They are set aside as a whole, and an update costs what it changes. Should a new article
turn up with the id of one of theirs, their file is taken back among the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from indexer.index.ledger import SeedFile
from indexer.index.records import Known, Summary, id_number, summed

if TYPE_CHECKING:
    from indexer.codec.arrays import Array

LARGE = 16  # a file that holds more than 1/LARGE of the articles is looked up by itself


class Aside:
    """Files set aside, by path."""

    def __init__(self, files: Iterable[SeedFile] = ()) -> None:
        self._files = {file.path: file for file in files}
        self._summary: Summary | None = None  # once somebody has asked

    def __contains__(self, path: str) -> bool:
        return path in self._files

    @property
    def summary(self) -> Summary:
        """What they hold."""
        if self._summary is None:
            self._summary = summed(file.records.summary for file in self._files.values())
        return self._summary

    def known(self) -> Iterable[Known]:
        """Return their articles, every one."""
        return (known for file in self._files.values() for known in file.records.articles())

    def hashes(self) -> bytes:
        """Return the ids of their articles that are hashes, as u8."""
        return b"".join(file.records.packed.hashes for file in self._files.values())

    def take_back(self, path: str) -> SeedFile:
        """Return a file that is no longer set aside."""
        self._summary = None
        return self._files.pop(path)

    def holders(self, id: str, own: bool) -> list[str]:
        """Return the paths of the files that may hold an article with this id."""
        if not self._files:
            return []
        import numpy as np

        number = np.uint64(id_number(id, own))
        found = []
        for numbers, owners, paths in self._index:
            low, high = np.searchsorted(numbers, number, "left"), np.searchsorted(numbers, number, "right")
            found += [paths[owner] for owner in owners[low:high].tolist()]
        return [path for path in found if path in self._files]

    @cached_property
    def _index(self) -> list[tuple[Array, Array, list[str]]]:
        """The numbers of ids in ascending order, the file of each, and the paths of these files.

        One of these for each file that holds a good part of all ids, whose order is known, one for the rest.
        """
        import numpy as np

        large = self.summary.articles // LARGE
        found: list[tuple[Array, Array, list[str]]] = []
        parts, paths = [], []
        for path, file in self._files.items():
            ids = file.records.packed.hashes, file.records.packed.own
            if file.records.summary.articles > large:
                alone = (np.frombuffer(part, "<u8") for part in ids if part)
                found += ((numbers, np.zeros(len(numbers), np.int64), [path]) for numbers in alone)
            else:
                parts.append(b"".join(ids))
                paths.append(path)
        numbers = np.frombuffer(b"".join(parts), "<u8")
        owners = np.repeat(np.arange(len(parts)), [len(part) // 8 for part in parts])
        order = np.argsort(numbers, kind="stable")
        return [*found, (numbers[order], owners[order], paths)]
