"""How do articles, deletions and merges become the segments of a new generation?

Nothing that is written here is visible before a manifest names it.
"""

from __future__ import annotations

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.bulk import BulkAnalyzer
from indexer.codec.builder import FULL
from indexer.codec.builder import SegmentBuilder as CodecBuilder
from indexer.codec.merge import merge
from indexer.codec.segment_writer import Written
from indexer.codec.stored import SAMPLE
from indexer.codec.vocabulary import Vocabulary
from indexer.documents.article import Article
from indexer.index.batch import arrays_of
from indexer.index.manifest import FileSum, SegmentEntry
from indexer.index.merge import choose
from indexer.index.segments import delete_articles, open_segments
from indexer.storage import Directory

BATCH = 1 << 20  # characters that are analysed at once


class SegmentBuilder:
    """Collects the articles of one update; ``finish`` once, or ``abandon``."""

    def __init__(
        self, directory: Directory, generation: int, segments: tuple[SegmentEntry, ...], analyzer: Analyzer
    ) -> None:
        self._directory = directory
        self._generation = generation
        self._segments = segments
        self._vocabulary = Vocabulary()
        self._bulk = BulkAnalyzer(analyzer, self._vocabulary.words)
        self._codec: CodecBuilder | None = None
        self._waiting: list[Article] = []
        self._characters = 0
        self._new: list[SegmentEntry] = []
        self._written = 0
        self._dictionary = b""  # of texts like these, where a segment has one

    def add(self, article: Article) -> None:
        """Index an article."""
        self._waiting.append(article)
        self._characters += len(article.headline) + len(article.summary) + len(article.body)
        if self._characters >= BATCH:
            self._analyse()

    def finish(self, retired: list[str]) -> tuple[SegmentEntry, ...]:
        """Delete the articles with these ids from the old segments, merge, and return the entries of all.

        The files of new segments are durable on return, their names are not. Raises ArchiveDamaged where an
        old segment cannot be read.
        """
        self._analyse()
        self._end_segment()
        entries = self._segments
        if retired:
            entries = tuple(delete_articles(open_segments(self._directory, entries), retired))
        merging = choose(entries, sum(entry.docs for entry in self._new))
        kept = [entry for entry in entries if entry not in merging]
        sources = [entry for entry in (*merging, *self._new) if entry.live]
        if merging or len(sources) > 1:
            sources = [self._merged(sources)] if sources else []
        for entry in sources:
            self._directory.sync(entry.name)
        return (*kept, *sources)

    def abandon(self) -> None:
        """Let go of what was collected, finished or not."""
        if self._codec is not None:
            self._codec.abandon()
            self._codec = None

    def _analyse(self) -> None:
        """Pass the waiting articles on, and end the segment where memory says so."""
        if not self._waiting:
            return
        if self._codec is None:
            self._codec = CodecBuilder(self._directory, self._vocabulary, known=self._known)
        self._codec.add_bulk(self._waiting, *arrays_of(self._waiting, self._bulk))
        self._waiting, self._characters = [], 0
        if self._codec.n_tokens >= FULL:
            self._end_segment()

    def _end_segment(self) -> None:
        if self._codec is not None:
            self._new.append(self._entry(self._codec.finish(self._next_name())))
            self._dictionary = self._codec.dictionary
            self._codec = None

    def _known(self) -> bytes:
        """The dictionary of the segment before, or of the largest one: what is packed alike merges faster."""
        if not self._dictionary and self._segments:
            largest = max(self._segments, key=lambda entry: entry.docs)
            text = open_segments(self._directory, [largest])[0].segment.text
            self._dictionary = text.known() if text.n_bytes >= SAMPLE else b""
        return self._dictionary

    def _merged(self, sources: list[SegmentEntry]) -> SegmentEntry:
        opened = open_segments(self._directory, sources)
        parts = [(one.segment, one.entry.deleted) for one in opened]
        return self._entry(merge(self._directory, self._next_name(), parts))

    def _next_name(self) -> str:
        return SegmentEntry(self._generation, self._written, 0, FileSum(0, 0)).name

    def _entry(self, written: Written) -> SegmentEntry:
        number, self._written = self._written, self._written + 1
        file = FileSum(written.fingerprint.length, written.fingerprint.crc)
        return SegmentEntry(self._generation, number, written.documents, file)
