"""How do articles, deletions and merges become the segments of a new generation?

The one module that changes when segments are written by another codec: it takes articles and ids, and returns
entries for a manifest. Nothing it writes is visible before a manifest names it.
"""

# mypy: disable-error-code="no-untyped-call"

import zlib
from typing import Any

from whoosh.reading import SegmentReader

from indexer.analysis import Analyzer
from indexer.documents.article import Article
from indexer.index.fields import make_schema
from indexer.index.manifest import FileSum, SegmentEntry, file_name
from indexer.index.merge import choose
from indexer.index.segments import (
    ManifestIndex,
    ManifestSegment,
    ManifestWriter,
    blaming,
    delete_articles,
    open_segments,
    verify,
)
from indexer.index.whoosh_storage import DirectoryStorage
from indexer.index.words import words_of
from indexer.storage import Directory


class SegmentBuilder:
    """Collects the articles of one update; ``finish`` once, or ``abandon``."""

    def __init__(
        self, directory: Directory, generation: int, segments: tuple[SegmentEntry, ...], analyzer: Analyzer
    ) -> None:
        self.added = 0
        self._directory = directory
        self._generation = generation
        self._analyzer = analyzer
        self._schema = make_schema()
        self._storage = DirectoryStorage(directory)
        self._segments = open_segments(segments)
        self._writer: ManifestWriter | None = None

    def add(self, article: Article) -> None:
        """Index an article that ``seeds.check`` let pass."""
        words = words_of(article, self._analyzer)
        self._open_writer().add_document(
            id=article.id,
            path=article.path,
            source=article.source,
            text=words.stems,
            text_exact=words.forms,
            day=article.day,
            own_id=article.own_id,
            line=article.line,
            body_line=article.body_line,
            headline=article.headline,
            summary=article.summary,
            body=article.body,
            headline_words=words.headline_words,
            summary_words=words.summary_words,
        )
        self.added += 1

    def finish(self, retired: list[str]) -> tuple[SegmentEntry, ...]:
        """Delete articles by id from the old segments, merge, and return what the new manifest names.

        The files of the new segment are durable on return, their names are not. Raises ArchiveDamaged
        where an old segment cannot be read.
        """
        delete_articles(self._storage, self._schema, self._segments, retired)
        merging = {segment.generation for segment in choose(self._entries(), self.added)}
        old = [segment for segment in self._segments if segment.entry.generation not in merging]
        alive = [s for s in self._segments if s.entry.generation in merging and s.updated().live]
        if not self.added and not alive:
            return tuple(segment.updated() for segment in old)
        return (*(segment.updated() for segment in old), self._write(alive))

    def abandon(self) -> None:
        """Close all files, finished or not; never raises."""
        self._storage.abandon()
        self._storage.release()

    def _entries(self) -> list[SegmentEntry]:
        return [segment.updated() for segment in self._segments]

    def _open_writer(self) -> ManifestWriter:
        if self._writer is None:
            index = ManifestIndex(self._storage, self._schema, list(self._segments), self._generation - 1)
            self._writer = ManifestWriter(index, self._generation)
        return self._writer

    def _write(self, merging: list[ManifestSegment]) -> SegmentEntry:
        for segment in merging:
            verify(self._storage, segment.entry)
        writer = self._open_writer()
        writer.commit(mergetype=lambda writer, segments: self._merge(writer, merging))
        files = {}
        start = file_name(self._generation, "segment")
        for name in self._storage.created:
            self._directory.sync(name)
            data = self._directory.map(name)
            files[name.removeprefix(start)] = FileSum(len(data), zlib.crc32(data))
        return writer.remaining[-1].updated(files)

    def _merge(self, writer: Any, merging: list[ManifestSegment]) -> list[ManifestSegment]:
        for segment in merging:
            with blaming(self._storage, [segment.entry]):
                writer.add_reader(SegmentReader(self._storage, self._schema, segment))
        return []
