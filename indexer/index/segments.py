"""How does a Whoosh segment live under our manifest?

Stock Whoosh keeps the list of segments in a pickled table of contents that is renamed without being
synced. Here ``ManifestIndex`` gives Whoosh the segments that a manifest names, and ``ManifestWriter``
ends before Whoosh would write its table, so neither is ever written or read. Segments are named by
generation, never by chance, and lie in plain files: Whoosh's compound files are copied to memory whenever
they are opened.
"""

# mypy: disable-error-code="no-untyped-call"

import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PerDocWriter, W3Segment
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte
from whoosh.writing import SegmentWriter

from indexer.errors import ArchiveDamaged, ArchiveError
from indexer.index.fields import DAY_COLUMN
from indexer.index.manifest import FileSum, SegmentEntry, file_name
from indexer.index.whoosh_storage import DirectoryStorage

MEMORY_MB = 256  # of postings that are sorted in memory


class ManifestSegment(W3Segment):
    """A segment as a manifest names it."""

    def __init__(self, codec: "ManifestCodec", entry: SegmentEntry) -> None:
        super().__init__(codec, "", entry.docs, file_name(entry.generation, "segment"), set(entry.deleted))
        self.entry = entry
        self._fieldlengths: dict[str, int] = dict(entry.lengths)

    def segment_id(self) -> str:
        return str(self.segid)

    def should_assemble(self) -> bool:
        return False

    def updated(self, files: Mapping[str, Any] | None = None) -> SegmentEntry:
        """Return its entry as it is by now: with deletions, and where it is new with its documents."""
        return SegmentEntry(
            self.entry.generation,
            self.doc_count_all(),
            tuple(sorted(self.deleted_docs())),
            dict(self._fieldlengths),
            self.entry.files if files is None else files,
        )


class ManifestCodec(W3Codec):
    """Whoosh's own codec, with new segments named by ``generation``."""

    def __init__(self, generation: int = 0) -> None:
        super().__init__()
        self._generation = generation

    def new_segment(self, storage: Any, indexname: str) -> ManifestSegment:
        return ManifestSegment(self, SegmentEntry(self._generation, 0))

    def per_document_writer(self, storage: Any, segment: Any) -> "SteadyWriter":
        return SteadyWriter(self, storage, segment)


class SteadyWriter(W3PerDocWriter):
    """Writes what belongs to a document so that it reads the same after any history of merges.

    Whoosh keeps the length of a field in one byte, and a merge adds up what it reads there: the sum, and
    with it every score, would drift. Here lengths are rounded from the start. And a segment of undated
    articles only would have no column of days, which makes Whoosh's reader over several segments give the
    days of other articles.
    """

    def __init__(self, codec: "ManifestCodec", storage: Any, segment: ManifestSegment) -> None:
        super().__init__(codec, storage, segment)
        self._create_column("day", DAY_COLUMN)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        super().add_field(fieldname, fieldobj, value, byte_to_length(length_to_byte(length)) if length else 0)


class ManifestIndex(FileIndex):
    """What Whoosh takes for an index: the segments of one generation."""

    def __init__(
        self, storage: DirectoryStorage, schema: Any, segments: list[ManifestSegment], generation: int
    ) -> None:
        self.storage = storage
        self._schema = schema
        self.indexname = ""
        self._toc = TOC(schema, segments, generation)

    def latest_generation(self) -> int:
        return int(self._toc.generation)

    def _read_toc(self) -> TOC:
        return self._toc


class ManifestWriter(SegmentWriter):
    """Writes one segment and leaves the commit to us."""

    def __init__(self, index: ManifestIndex, generation: int) -> None:
        codec = ManifestCodec(generation)
        super().__init__(index, _lk=False, limitmb=MEMORY_MB, codec=codec, compound=False)
        self.remaining: list[ManifestSegment] = []

    def _commit_toc(self, segments: list[ManifestSegment]) -> None:
        self.remaining = segments


def open_segments(entries: Iterable[SegmentEntry]) -> list[ManifestSegment]:
    """Return fresh segment objects: marking deletions in them changes nothing else."""
    codec = ManifestCodec()
    return [ManifestSegment(codec, entry) for entry in entries]


def delete_articles(
    storage: DirectoryStorage, schema: Any, segments: list[ManifestSegment], ids: Iterable[str]
) -> None:
    """Mark the live article of every id as deleted. Raises ArchiveDamaged where one is in no segment."""
    missing = set(ids)
    for segment in segments if missing else ():
        with blaming(storage, [segment.entry]):
            reader = SegmentReader(storage, schema, segment)
            for id in sorted(missing):
                doc = find(reader, id)
                if doc is not None:
                    segment.delete_document(doc)
                    missing.discard(id)
    if missing:
        raise ArchiveDamaged(f"the index does not hold article {min(missing)}, although its ledger says so")


def find(reader: Any, id: str) -> int | None:
    """Return the live document that has an id."""
    try:
        matcher = reader.postings("id", id)
    except TermNotFound:
        return None
    return int(matcher.id()) if matcher.is_active() else None


@contextmanager
def blaming(storage: DirectoryStorage, entries: Iterable[SegmentEntry]) -> Iterator[None]:
    """Where something fails over these segments, find out whether their bytes are to blame.

    Whoosh raises ten kinds of exceptions on damaged bytes. Checksums decide: ArchiveDamaged where they
    differ, the exception itself where they do not.
    """
    try:
        yield
    except ArchiveError:
        raise
    except Exception as error:
        for entry in entries:
            verify(storage, entry, error)
        raise


def verify(storage: DirectoryStorage, entry: SegmentEntry, cause: Exception | None = None) -> None:
    """Compare every byte of a segment with its checksums. Raises ArchiveDamaged naming the file."""
    for name, total in entry.names().items():
        data = storage.map(name)
        if FileSum(len(data), zlib.crc32(data)) != total:
            raise ArchiveDamaged(f"{name} is damaged. Run: indexer update", name) from cause
