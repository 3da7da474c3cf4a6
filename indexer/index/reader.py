"""What does the index hold at one moment?

A snapshot opens every file of one generation before it answers anything. The files never change, and a
file that is deleted meanwhile stays readable, so a snapshot answers the same to its end, whatever an
update does.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from indexer.documents.discover import Stamp
from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.glance import seeds_digest
from indexer.index.manifest import Manifest, generations, read_manifest
from indexer.index.marks import Marked, marks, require_unmarked
from indexer.index.segments import LiveSegment, open_segments
from indexer.storage import Directory

if TYPE_CHECKING:
    from whoosh.reading import IndexReader

    from indexer.codec.segment import Stored
    from indexer.documents.article import Article
    from indexer.index.seeds import Seeds

NONE: Marked = {}
TRIES = 10  # updates may delete files between listing and opening them, but not ten times in a row


class Snapshot:
    """One generation, open. Generation 0 is the index that was never built; it is empty.

    ``manifest`` holds counts and dates. ``notes`` says in one line each what was wrong with newer
    generations; while there are any, an update is due. Use as a context manager, or close. Reading may raise
    ArchiveDamaged: a block of a file is compared with its checksum when it is first needed.
    """

    def __init__(self, directory: Directory, manifest: Manifest, notes: tuple[str, ...] = ()) -> None:
        self.manifest = manifest
        self.notes = notes
        self.segments: list[LiveSegment] = open_segments(directory, manifest.segments)

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files; searchers and stored fields are of no use afterwards."""
        self.segments = []

    @property
    def generation(self) -> int:
        return self.manifest.generation

    def knows(self, seeds: Seeds) -> bool:
        """Say whether this is the newest index, and up to date: at a glance where seeds are very many."""
        known = self.manifest.glance
        if known is None:
            return self.is_current(seeds.discover()[0], self.manifest.fingerprint)
        return not self.notes and not self.manifest.racy_until and seeds.are_same(known)

    def is_current(self, stamps: list[Stamp], fingerprint: str) -> bool:
        """Say whether this is the newest index, and up to date; see the function of the same name."""
        return not self.notes and is_current(self.manifest, stamps, fingerprint)

    @property
    def reader(self) -> IndexReader:
        """A Whoosh reader over the snapshot, for what only Whoosh can do: slower, with the same answers."""
        from indexer.index.whoosh_index import open_reader

        return open_reader(self.segments)

    def docs(self) -> Iterator[int]:
        """Yield every live document."""
        for one in self.segments:
            yield from (one.base + doc for doc in range(one.entry.docs) if one.is_live(doc))

    def place(self, doc: int) -> tuple[LiveSegment, int]:
        """Return the segment that holds document ``doc`` of the snapshot, and its number there."""
        one = next(one for one in reversed(self.segments) if one.base <= doc)
        return one, doc - one.base

    def article(self, doc: int) -> Article:
        """Return a stored document, without the rules by which it was understood."""
        one, inside = self.place(doc)
        return _article(one.segment.stored(inside))

    def articles(self, docs: Sequence[int]) -> list[Article]:
        """Return stored documents in the order of ``docs``: the cheap way to a page of them."""
        found: dict[int, Article] = {}
        for one in self.segments:
            low, high = one.base, one.base + one.entry.docs
            mine = [doc for doc in docs if low <= doc < high]
            stored = one.segment.stored_many([doc - low for doc in mine])
            found.update(zip(mine, map(_article, stored), strict=True))
        return [found[doc] for doc in docs]

    def id(self, doc: int) -> str:
        """Return the whole id of a document."""
        one, inside = self.place(doc)
        return one.segment.ids.of(inside) or ""

    def day(self, doc: int) -> int | None:
        """Return the day of a document as an ordinal, None where undated."""
        one, inside = self.place(doc)
        return one.segment.documents.day(inside)

    def find(self, id: str) -> int | None:
        """Return the document that has this whole id."""
        for one in self.segments:
            doc = one.holder(id)
            if doc is not None:
                return one.base + doc
        return None

    def ids(self, prefix: str, most: int = 20) -> list[str]:
        """Return the ids that start with ``prefix``, ascending; an id that equals it is the only one."""
        if self.find(prefix) is not None:
            return [prefix]
        found: set[str] = set()
        for one in self.segments:
            inside = 0
            for id, docs in one.segment.ids.starting_with(prefix):
                if any(one.is_live(doc) for doc in docs):
                    found.add(id)
                    inside += 1
                if inside == most:
                    break
        return sorted(found)[:most]

    def shown_id(self, id: str, own_id: bool) -> str:
        """Return an id as it is shown: short, and still the only one."""
        return id if own_id else id[: self.manifest.id_length]

    def sources(self) -> list[tuple[str, int]]:
        """Return every source with the number of its articles, most frequent first."""
        counts: Counter[str] = Counter()
        for one in self.segments:
            for source, docs in one.segment.sources.starting_with(""):
                counts[source] += len(docs)
            for doc in one.entry.deleted:
                source_gone = one.segment.sources.of(doc)
                if source_gone is not None:
                    counts[source_gone] -= 1
        return sorted(((s, n) for s, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))


def _article(stored: Stored) -> Article:
    from indexer.documents.article import Article  # a search reads rows, not articles

    return Article(stored.id or "", stored.own_id, stored.path or "", *stored[3:], rules=())


def open_snapshot(directory: Directory, fingerprint: str, damaged: Marked = NONE) -> Snapshot:
    """Open the newest generation that is whole and was written under ``fingerprint``.

    ``damaged`` names files that are not to be trusted, besides those that are marked. Raises ArchiveDamaged
    where there are generations but none is fit to answer, StorageError where the folder cannot be read.
    """
    for _ in range(TRIES):
        names = directory.names()
        snapshot, reasons = _open_first(directory, names, fingerprint, {**marks(directory, names), **damaged})
        if snapshot is not None:
            return snapshot
        if generations(directory.names()) == generations(names):
            break
    raise ArchiveDamaged(
        f"the index in {directory.path} cannot be used: {_why(reasons)}. Run: indexer update"
    )


def _why(reasons: list[str]) -> str:
    """Say why no generation can be used."""
    if not reasons:
        return "it changes too fast"
    shared = ", and the index before it needs the same file" if reasons[1:2] == reasons[:1] else ""
    return f"{reasons[0]}{shared}"


def _open_first(
    directory: Directory, names: list[str], fingerprint: str, damaged: Marked
) -> tuple[Snapshot | None, list[str]]:
    """Try the listed generations, newest first; None where all fail, as they do where updates overtook us."""
    found = generations(names)
    if not found:
        return Snapshot(directory, Manifest()), []
    reasons: list[str] = []
    for generation in found:
        try:
            manifest = read_manifest(directory, generation)
            if manifest.fingerprint != fingerprint:
                raise ArchiveDamaged("it was written under other settings")
            require_unmarked(manifest, damaged)
            return Snapshot(directory, manifest, tuple(_fallen_back(reason) for reason in reasons)), reasons
        except ArchiveDamaged as damage:
            reasons.append(str(damage))
        except StorageError as error:
            if error.error.errno != errno.ENOENT:
                raise
            reasons.append(f"{error.path} is missing")
    return None, reasons


def _fallen_back(reason: str) -> str:
    return f"the newest index is unusable ({reason}); answered from the one before it. Run: indexer update"


def is_current(manifest: Manifest, stamps: list[Stamp], fingerprint: str) -> bool:
    """Say whether an index holds what seeds hold, as far as sizes and times tell.

    False also while a file may have changed without its stamp: an update then reads that file again.
    """
    return not manifest.racy_until and looks_current(manifest, stamps, fingerprint)


def looks_current(manifest: Manifest, stamps: list[Stamp], fingerprint: str) -> bool:
    """Say the same without that doubt: enough where no update can be made."""
    return manifest.fingerprint == fingerprint and manifest.stamps == seeds_digest(stamps)
