"""What does the index hold at one moment?

A snapshot opens every file of one generation before it answers anything. The files never change, and a
file that is deleted meanwhile stays readable, so a snapshot answers the same to its end, whatever an
update does.
"""

# mypy: disable-error-code="no-untyped-call"

import errno
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from indexer.documents.article import Article
from indexer.documents.discover import Stamp
from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.fields import NO_DAY, make_schema
from indexer.index.ledger import seeds_digest
from indexer.index.manifest import Manifest, generations, read_manifest
from indexer.index.segments import ManifestIndex, blaming, find, open_segments
from indexer.index.whoosh_storage import DirectoryStorage
from indexer.storage import Directory

TRIES = 10  # updates may delete files between listing and opening them, but not ten times in a row


class Snapshot:
    """One generation, open. Generation 0 is the index that was never built; it is empty.

    ``manifest`` holds counts and dates. ``notes`` says in one line each what was wrong with newer
    generations; while there are any, an update is due. Use as a context manager, or close.
    """

    def __init__(self, directory: Directory, manifest: Manifest, notes: tuple[str, ...] = ()) -> None:
        self.manifest = manifest
        self.notes = notes
        self._storage = DirectoryStorage(directory)
        try:
            self._open_files(manifest)
            self.reader: IndexReader = self._open_reader(manifest)
        except BaseException:
            self._storage.release()
            raise
        self._days: Any = None

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files; searchers and stored fields are of no use afterwards."""
        self.reader.close()
        self._storage.release()

    @property
    def generation(self) -> int:
        return self.manifest.generation

    def is_current(self, stamps: list[Stamp], fingerprint: str) -> bool:
        """Say whether this is the newest index, and up to date; see the function of the same name."""
        return not self.notes and is_current(self.manifest, stamps, fingerprint)

    def reading(self) -> AbstractContextManager[None]:
        """Return a context in which damaged bytes raise ArchiveDamaged, whatever Whoosh makes of them.

        Put it around a whole question: it costs nothing unless something fails.
        """
        return blaming(self._storage, self.manifest.segments)

    def searcher(self, weighting: Any = BM25F) -> Searcher:
        """Return a new searcher over this snapshot. Never refresh one: Whoosh brings merged segments back."""
        return Searcher(self.reader, weighting=weighting, closereader=False)

    def day(self, doc: int) -> int | None:
        """Return the day of a document as an ordinal, None where undated."""
        if self._days is None:
            self._days = self.reader.column_reader("day", translate=False)
        day = self._days[doc]
        return None if day == NO_DAY else int(day) - (1 << 31)

    def article(self, doc: int) -> Article:
        """Return a stored document, without the rules by which it was understood."""
        stored = self.reader.stored_fields(doc)
        return Article(
            id=stored["id"],
            own_id=stored["own_id"],
            path=stored["path"],
            line=stored["line"],
            body_line=stored["body_line"],
            day=stored.get("day"),
            headline=stored["headline"],
            summary=stored["summary"],
            source=stored.get("source"),
            body=stored["body"],
            rules=(),
        )

    def positions(self, doc: int) -> tuple[int, int]:
        """Return how many positions headline and summary take; ``schema.py`` says where each starts."""
        stored = self.reader.stored_fields(doc)
        return stored["headline_words"], stored["summary_words"]

    def find(self, id: str) -> int | None:
        """Return the document that has this whole id."""
        for leaf, offset in self.reader.leaf_readers():
            doc = find(leaf, id)
            if doc is not None:
                return doc + offset
        return None

    def ids(self, prefix: str, most: int = 20) -> list[str]:
        """Return the ids that start with ``prefix``, ascending; an id that equals it is the only one."""
        if self.find(prefix) is not None:
            return [prefix]
        found: list[str] = []
        for term in self.reader.expand_prefix("id", prefix) if self.generation else ():
            id = term.decode("utf-8")
            if self.find(id) is not None:
                found.append(id)
            if len(found) == most:
                break
        return found

    def shown_id(self, id: str, own_id: bool) -> str:
        """Return an id as it is shown: short, and still the only one."""
        return id if own_id else id[: self.manifest.id_length]

    def sources(self) -> list[tuple[str, int]]:
        """Return every source with the number of its articles, most frequent first."""
        counts = {term.decode("utf-8"): self._count(term) for term in self.reader.lexicon("source")}
        return sorted(((s, n) for s, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))

    def _count(self, term: bytes) -> int:
        """Count the live documents of a source."""
        if not self.reader.has_deletions():
            return self.reader.doc_frequency("source", term)
        return sum(1 for _ in self.reader.postings("source", term).all_ids())

    def _open_files(self, manifest: Manifest) -> None:
        for segment in manifest.segments:
            for name, total in segment.names().items():
                size = len(self._storage.map(name))
                if size != total.size:
                    raise ArchiveDamaged(f"{name} has {size:,} bytes, not {total.size:,}", name)

    def _open_reader(self, manifest: Manifest) -> IndexReader:
        segments = open_segments(manifest.segments)
        index = ManifestIndex(self._storage, make_schema(), segments, manifest.generation)
        with self.reading():
            reader: IndexReader = index.reader()
            return reader


def open_snapshot(directory: Directory, fingerprint: str) -> Snapshot:
    """Open the newest generation that is whole and was written under ``fingerprint``.

    Raises ArchiveDamaged where there are generations but none is fit to answer, StorageError where the folder
    cannot be read.
    """
    for _ in range(TRIES):
        found = generations(directory.names())
        snapshot, reasons = _open_first(directory, found, fingerprint)
        if snapshot is not None:
            return snapshot
        if generations(directory.names()) == found:
            break
    reason = reasons[0] if reasons else "it changes too fast"
    raise ArchiveDamaged(f"the index in {directory.path} cannot be used: {reason}. Run: indexer update")


def _open_first(
    directory: Directory, found: list[int], fingerprint: str
) -> tuple[Snapshot | None, list[str]]:
    """Try the listed generations, newest first; None where all fail, as they do where updates overtook us."""
    if not found:
        return Snapshot(directory, Manifest()), []
    reasons: list[str] = []
    for generation in found:
        try:
            manifest = read_manifest(directory, generation)
            if manifest.fingerprint != fingerprint:
                raise ArchiveDamaged("it was written under other settings")
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
