"""Which records does a seed file hold, and which article is each?

The one door from the index to ``documents``: an update asks nothing else about seeds, so tests put their
own folder of records in its place. What reads and parses files is imported where it is used: before most
searches no file has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from indexer.documents.discover import Stamp, discover, folders
from indexer.documents.refusal import Refusal
from indexer.index.glance import Glance, is_same
from indexer.limits import LIMITS, Limits

if TYPE_CHECKING:
    from indexer.documents.article import Article
    from indexer.documents.record import Record


class Content(NamedTuple):
    """What a file holds: a digest of its bytes, and its records in order."""

    digest: int
    records: Sequence[Record | Refusal]


class Seeds(Protocol):
    """Where articles come from."""

    def exist(self) -> bool:
        """Say whether the folder is there at all."""

    def discover(self) -> tuple[list[Stamp], list[Refusal]]:
        """Return the stamps of all files in ascending order of paths, and what is refused unread."""

    def folders(self) -> list[tuple[str, int]]:
        """Return every folder that files may be in, and the time of its last change in ns."""

    def are_same(self, known: Glance) -> bool:
        """Say whether they are as they were, as far as a glance tells."""

    def read(self, path: str) -> bytes | Refusal:
        """Return the bytes of a file."""

    def split(self, path: str, data: bytes) -> Content:
        """Return the records in the bytes of a file."""

    def appended(self, path: str, size: int, digest: int) -> Content | None:
        """Return the records after the first ``size`` bytes, which are records only and have this digest.

        None where they have another, or where what is after them cannot be read by itself.
        """

    def parse(self, path: str, record: Record, occurrence: int) -> Article | Refusal:
        """Return the article in a record, in whole characters: half a surrogate pair cannot be written."""


class SeedFolder:
    """The seeds in a folder."""

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        self.folder = folder
        self.limits = limits

    def exist(self) -> bool:
        return self.folder.is_dir()

    def discover(self) -> tuple[list[Stamp], list[Refusal]]:
        return discover(self.folder, self.limits)

    def folders(self) -> list[tuple[str, int]]:
        return folders(self.folder)

    def are_same(self, known: Glance) -> bool:
        return is_same(known, self.folder)

    def read(self, path: str) -> bytes | Refusal:
        from indexer.documents.seed import read_seed

        return read_seed(self.folder, path, self.limits)

    def split(self, path: str, data: bytes) -> Content:
        from indexer.documents.formats import records
        from indexer.index.ledger import digest

        return Content(digest(data), list(records(path, data)))

    def appended(self, path: str, size: int, digest: int) -> Content | None:
        from indexer.documents.formats import Before, may_grow, records_after
        from indexer.documents.seed import read_end
        from indexer.index.ledger import FileDigest

        if not may_grow(path):
            return None
        before, seen = Before(), FileDigest()

        def see(piece: bytes) -> None:
            before.see(piece)
            seen.update(piece)

        rest = read_end(self.folder, path, size, see, self.limits)
        if rest is None or seen.value() != digest:
            return None
        found = records_after(path, before, rest)
        if found is None:
            return None
        seen.update(rest)
        return Content(seen.value(), list(found))

    def parse(self, path: str, record: Record, occurrence: int) -> Article | Refusal:
        return self._parse(path, record, occurrence)

    @cached_property
    def _parse(self) -> Callable[[str, Record, int], Article | Refusal]:
        from indexer.documents.formats import parse

        return parse


def understood(seeds: Seeds, path: str) -> list[Article | Refusal]:
    """Return what each record of one file is taken for, in the order of the file."""
    data = seeds.read(path)
    if isinstance(data, Refusal):
        return [data]
    seen: Counter[int] = Counter()
    found: list[Article | Refusal] = []
    for record in seeds.split(path, data).records:
        if isinstance(record, Refusal):
            found.append(record)
        else:
            found.append(seeds.parse(path, record, seen[record.digest]))
            seen[record.digest] += 1
    return found
