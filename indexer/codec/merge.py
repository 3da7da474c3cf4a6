"""How do several segments, without what was deleted from them, become one?

The result answers as if it had been built from the living articles at once. Postings are merged range of
families by range, so that memory is bounded by the largest family; text is copied as it is packed, except
where a deleted article's has to be cut out of a piece, and where it was packed with another dictionary than
most of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, pairwise

import numpy as np

from indexer.analysis.shingles import Sketches
from indexer.codec.arrays import Array, offsets, spread
from indexer.codec.documents import PER_DOCUMENT, DocumentColumns
from indexer.codec.families import FamilyTable, arrange
from indexer.codec.impact import Lengths
from indexer.codec.keywords import write_keywords
from indexer.codec.piece import joined
from indexer.codec.postings_writer import PostingsWriter
from indexer.codec.runs import runs_of
from indexer.codec.segment import Segment
from indexer.codec.segment_writer import Written, finish_segment, new_file
from indexer.codec.sentence_table import SentenceTableWriter
from indexer.codec.sketches import write_sketches
from indexer.codec.source import Source
from indexer.codec.stored import Text, TextWriter
from indexer.storage.directory import Directory
from indexer.storage.section_writer import SectionFileWriter

CHUNK = 1 << 18  # tokens merged at a time
UNDATED = 1 << 62


def merge(directory: Directory, name: str, segments: Sequence[tuple[Segment, Collection[int]]]) -> Written:
    """Write the segments, each without the documents given with it, as the new file ``name``.

    The file is not yet durable. Documents of one day keep their order: first that of ``segments``, then
    that within each. All segments must have the same weights and extra numbers, or ValueError is raised.
    Raises ArchiveDamaged, StorageError.
    """
    if len({segment.weights for segment, _ in segments}) != 1:
        raise ValueError("segments to be merged must have the same weights")
    sources = [Source(segment, deleted) for segment, deleted in segments]
    out = new_file(directory)
    try:
        return _Merge(out, sources).run(name)
    finally:
        out.close()


class _Merge:
    def __init__(self, out: SectionFileWriter, sources: list[Source]) -> None:
        self.out = out
        self.sources = sources
        days = np.concatenate([source.days(UNDATED) for source in sources])
        self.order = np.argsort(days, kind="stable")
        self.days = days[self.order]
        place = np.empty(len(days), np.int64)
        place[self.order] = np.arange(len(days))
        ends = offsets(np.array([len(source.docs) for source in sources]))
        for source, start, stop in zip(sources, ends[:-1], ends[1:], strict=True):
            source.new_doc[source.docs] = place[start:stop]

    def run(self, name: str) -> Written:
        texts = self._copy_texts()
        columns = self._columns(texts)
        table = self._arrange()
        lengths = Lengths.of(columns.length)
        weights = self.sources[0].segment.weights
        self._write_postings(PostingsWriter(self.out, table, lengths, weights.unit), table)
        self._write_sentences()
        self._write_sketches()
        self._write_keywords()
        return finish_segment(self.out, name, table, columns, lengths.average, weights)

    def _copy_texts(self) -> Array:
        """Copy the text of the living; where each of them starts, in the order of the sources."""
        writer = TextWriter(self.out)
        dictionary = max((source.segment.text for source in self.sources), key=_weight).known()
        if dictionary:
            writer.use(dictionary)
        starts = []
        for source in self.sources:
            starts.append(source.text.starts() + writer.n_characters)
            for part in source.text.parts(dictionary):
                if isinstance(part, str):
                    writer.add(part)
                else:
                    writer.add_packed(part)
        writer.finish()
        return np.concatenate(starts)

    def _columns(self, texts: Array) -> DocumentColumns:
        numbers = [source.numbers() for source in self.sources]
        values = {name: np.concatenate([each[name] for each in numbers]) for name in PER_DOCUMENT}
        values["text"] = texts
        names = {tuple(source.segment.documents.extra) for source in self.sources}
        if len(names) != 1:
            raise ValueError("segments to be merged must have the same extra numbers")
        extra = {
            name: np.concatenate(
                [source.segment.documents.extra[name].array()[source.docs] for source in self.sources]
            )
            for name in names.pop()
        }
        return DocumentColumns(
            day=self.days[: int(np.searchsorted(self.days, UNDATED))],
            extra={name: column[self.order] for name, column in extra.items()},
            **{name: column[self.order] for name, column in values.items()},
        )

    def _arrange(self) -> FamilyTable:
        """Order the terms of the living, and tell every source the new numbers."""
        words = [source.live_words() for source in self.sources]
        stems, stem = _united([s.stems_of(w) for s, w in zip(self.sources, words, strict=True)])
        forms, form = _united([s.forms_of(w) for s, w in zip(self.sources, words, strict=True)])
        table, family, number = arrange(stem, form, stems, forms)
        ends = offsets(np.array([len(each) for each in words]))
        for source, each, start, stop in zip(self.sources, words, ends[:-1], ends[1:], strict=True):
            source.place(each, family[start:stop], number[start:stop])
        return table

    def _write_postings(self, writer: PostingsWriter, table: FamilyTable) -> None:
        sizes = np.zeros(table.n_families, np.int64)
        for source in self.sources:
            sizes += source.sizes(table.n_families)
        sources = sorted(self.sources, key=lambda source: source.new_doc[source.docs].min(initial=UNDATED))
        ascending = all(
            one.new_doc.max(initial=-1) < two.new_doc[two.docs].min(initial=UNDATED)
            for one, two in pairwise(sources)
        )
        n_stems = len(table.stems)
        for first, part in ((0, sizes[:n_stems]), (n_stems, sizes[n_stems:])):
            for low, high in runs_of(part, CHUNK):
                pieces = [source.between(first + low, first + high) for source in sources]
                writer.add(joined(pieces, ascending))
        writer.finish()

    def _write_sentences(self) -> None:
        writer = SentenceTableWriter(self.out)
        rows = []
        for source in self.sources:
            first, *columns = source.segment.sentences.between(0, source.segment.n_docs)
            counts = np.diff(first)[source.docs]
            at = spread(first[:-1][source.docs], counts)
            rows.append((counts, *(column[at] for column in columns)))
        counts, *columns = (np.concatenate(column) for column in zip(*rows, strict=True))
        at = spread(offsets(counts)[:-1][self.order], counts[self.order])
        position, offset, opens = (column[at] for column in columns)
        writer.add(counts[self.order], position, offset, opens)
        writer.finish()

    def _write_sketches(self) -> None:
        every = [(source.segment.sketches.all(), source.docs) for source in self.sources]
        keys = np.concatenate([keys[docs] for (keys, _), docs in every])
        digests = np.concatenate([digests[docs] for (_, digests), docs in every])
        write_sketches(self.out, Sketches(keys[self.order], digests[self.order]))

    def _write_keywords(self) -> None:
        for name in ("id", "path", "source"):
            values: list[str | None] = []
            for source in self.sources:
                every = getattr(source.segment, f"{name}s").all()
                values += [every[doc] for doc in source.docs.tolist()]
            write_keywords(self.out, name, [values[i] for i in self.order.tolist()])


def _weight(text: Text) -> int:
    """How much there is that is packed with the dictionary of ``text``."""
    return text.n_bytes if text.dictionary else 0


def _united(lists: list[tuple[list[bytes], Array]]) -> tuple[list[bytes], Array]:
    """The different terms, ascending, and for all entries of all lists the place there; -1 for none."""
    united = sorted(set(chain.from_iterable(terms for terms, _ in lists)))
    place = dict(zip(united, range(len(united)), strict=True))
    entries = []
    for terms, number in lists:
        own = np.full(len(terms) + 1, -1)
        own[:-1] = np.fromiter(map(place.__getitem__, terms), np.int64, len(terms))
        entries.append(own[number])
    return united, np.concatenate(entries)
