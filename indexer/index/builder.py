"""How do articles, deletions and merges become the segments of a new generation?

Nothing that is written here is visible before a manifest names it.
"""

from __future__ import annotations

from functools import partial

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.bulk import BulkAnalyzer
from indexer.codec.builder import FULL
from indexer.codec.builder import SegmentBuilder as CodecBuilder
from indexer.codec.merge import merge
from indexer.codec.segment_writer import Written
from indexer.codec.stored import PIECE, SAMPLE, SAMPLED, common
from indexer.codec.terms import encode
from indexer.codec.vocabulary import Vocabulary
from indexer.documents.article import Article
from indexer.index.batch import arrays_of
from indexer.index.crew import Crew
from indexer.index.manifest import FileSum, SegmentEntry
from indexer.index.merge import choose
from indexer.index.reuse import keep_freed_memory
from indexer.index.segments import delete_articles, open_segments
from indexer.storage import Directory

BATCH = 1 << 20  # characters that are analysed at once


class SegmentBuilder:
    """Collects the articles of one update; ``finish`` once, or ``abandon``."""

    def __init__(
        self,
        directory: Directory,
        generation: int,
        segments: tuple[SegmentEntry, ...],
        analyzer: Analyzer,
        number: int = 0,
        of: int = 1,
    ) -> None:
        """``number`` counts the builders that share a generation; there are ``of`` them."""
        keep_freed_memory()
        self._directory = directory
        self._generation = generation
        self._segments = segments
        self._analyzer = analyzer
        self._step = of
        self._full = FULL // max(1, of - 1)  # one of them only reads
        self._crew: Crew | None = None
        self._vocabulary = Vocabulary()
        self._bulk = BulkAnalyzer(analyzer, self._vocabulary.words)
        self._codec: CodecBuilder | None = None
        self._waiting: list[Article] = []
        self._characters = 0
        self._new: list[SegmentEntry] = []
        self._next = number
        self._dictionary = b""  # of texts like these, where a segment has one
        self._sample: list[bytes] = []  # of texts, for a dictionary that all processes share

    def share(self, processes: int) -> None:
        """Build with so many processes; before the first article. Raises StorageError."""
        self._step = processes
        self._crew = Crew(processes - 1, partial(self._like, processes))

    def _like(self, processes: int, number: int) -> SegmentBuilder:
        return SegmentBuilder(
            self._directory, self._generation, self._segments, self._analyzer, number, processes
        )

    def know(self, dictionary: bytes) -> None:
        """Pack texts with ``dictionary``, so that segments can be merged without packing them anew."""
        self._dictionary = dictionary

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
        new = self.segments()
        entries = self._segments
        if retired:
            entries = tuple(delete_articles(open_segments(self._directory, entries), retired))
        merging = choose(entries, sum(entry.docs for entry in new))
        kept = [entry for entry in entries if entry not in merging]
        sources = [entry for entry in (*merging, *new) if entry.live]
        if merging or len(sources) > 1:
            sources = [self._merged(sources)] if sources else []
        for entry in sources:
            self._directory.sync(entry.name)
        return (*kept, *sources)

    def segments(self) -> list[SegmentEntry]:
        """End with the article added last and return the new segments, those of other processes included.

        Raises HelperLost where one of those is gone.
        """
        self._analyse()
        self._end_segment()
        if self._crew is not None:
            self._new += self._crew.collect()
        return self._new

    def abandon(self) -> None:
        """Let go of what was collected, finished or not."""
        if self._crew is not None:
            self._crew.dismiss()
        if self._codec is not None:
            self._codec.abandon()
            self._codec = None

    def _analyse(self) -> None:
        """Pass the waiting articles on, and end the segment where memory says so."""
        articles, self._waiting, self._characters = self._waiting, [], 0
        if not articles:
            return
        if self._crew is not None:
            self._learn(self._crew, articles)
            self._crew.take(articles)
            return
        if self._codec is None:
            self._codec = CodecBuilder(self._directory, self._vocabulary, known=self._known)
        self._codec.add_bulk(articles, *arrays_of(articles, self._bulk))
        if self._codec.n_tokens >= self._full:
            self._end_segment()

    def _learn(self, crew: Crew, articles: list[Article]) -> None:
        """Make a dictionary for all, of the first articles; where there are segments, theirs will do."""
        if self._dictionary or self._segments or crew.size == 1:  # one that packs alone makes its own
            return
        self._sample += [encode(article.body)[:PIECE] for article in articles]
        if sum(map(len, self._sample)) >= SAMPLED:
            self.know(common(self._sample))
            crew.tell(self._dictionary)
            self._sample.clear()

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
        return SegmentEntry(self._generation, self._next, 0, FileSum(0, 0)).name

    def _entry(self, written: Written) -> SegmentEntry:
        number, self._next = self._next, self._next + self._step
        file = FileSum(written.fingerprint.length, written.fingerprint.crc)
        return SegmentEntry(self._generation, number, written.documents, file)
