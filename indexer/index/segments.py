"""What is a segment to one generation? A file that never changes, and the documents deleted since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from indexer.codec.segment import Segment
from indexer.errors import ArchiveDamaged
from indexer.index.manifest import FileSum, SegmentEntry
from indexer.storage import Directory


class LiveSegment(NamedTuple):
    """An open segment; ``base`` is the number of its first document in the snapshot."""

    entry: SegmentEntry
    segment: Segment
    base: int = 0

    def holder(self, id: str) -> int | None:
        """Return the live document that has an id, counted within the segment."""
        return next((doc for doc in self.segment.ids.docs(id) if self.is_live(doc)), None)

    def is_live(self, doc: int) -> bool:
        return doc not in self.entry.deleted

    def without(self, docs: Iterable[int]) -> SegmentEntry:
        """Return its entry with ``docs`` deleted as well."""
        return self.entry._replace(deleted=tuple(sorted({*self.entry.deleted, *docs})))


def open_segments(directory: Directory, entries: Iterable[SegmentEntry]) -> list[LiveSegment]:
    """Open the segments of a generation. Raises ArchiveDamaged where a file is not what was written."""
    found: list[LiveSegment] = []
    base = 0
    for entry in entries:
        segment = Segment.open(directory, entry.name)
        file = FileSum(len(segment.file.memory), segment.file.fingerprint)
        if file != entry.file or segment.n_docs != entry.docs:
            path = str(directory.path / entry.name)
            raise ArchiveDamaged(f"{path} is not the file that was written", path, 0)
        found.append(LiveSegment(entry, segment, base))
        base += entry.docs
    return found


def delete_articles(segments: list[LiveSegment], ids: Iterable[str]) -> list[SegmentEntry]:
    """Return the entries of ``segments`` with the live article of every id deleted.

    Raises ArchiveDamaged where an article is in no segment.
    """
    missing = set(ids)
    entries = []
    for one in segments:
        holders = {id: doc for id in missing if (doc := one.holder(id)) is not None}
        missing -= holders.keys()
        entries.append(one.without(holders.values()))
    if missing:
        raise ArchiveDamaged(f"the index does not hold article {min(missing)}, although its ledger says so")
    return entries
