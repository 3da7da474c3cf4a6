"""Where do the sentences and paragraphs of an article begin, in words and in characters?

    sentence.first          u[N+1]  where the sentences of each document start in the next two, and the end
    sentence.position       u2[S]   position of its first word in the low 15 bits, as ``positions`` has it;
                                    bit 15 is set where it opens a paragraph
    sentence.position.far   aside   position // 32,768 of those from 32,768 on
    sentence.offset         u2[S]   its first character, from the start of the article's stored text;
                                    65,535: look aside
    sentence.offset.aside   aside   the offsets from 65,535 on

The stored text of an article is headline, summary and body without anything between them. Headline, summary
and body each open a paragraph. A sentence without words has the position of the word after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.codec.aside import Aside, AsideWriter
from indexer.codec.positions import Flagged, FlaggedWriter

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

MAXIMAL = 0xFFFF


class Sentence(NamedTuple):
    """Where a sentence begins."""

    position: int
    offset: int
    opens: bool  # a paragraph


class SentenceTableWriter:
    """Appends the sentences of documents, in the order of the documents."""

    def __init__(self, out: SectionFileWriter) -> None:
        import numpy as np

        self._out = out
        self._position = FlaggedWriter(out, "sentence.position")
        self._aside = AsideWriter(out, "sentence.offset.aside")
        self._counts: list[Array] = []
        nothing = np.empty(0, np.int64)
        self.add(nothing, nothing, nothing, nothing)

    def add(self, counts: Array, position: Array, offset: Array, opens: Array) -> None:
        """Append the next documents: how many sentences each has, and the sentences of all of them."""
        import numpy as np

        self._counts.append(counts)
        self._position.add(position, np.flatnonzero(opens))
        large = np.flatnonzero(offset >= MAXIMAL)
        self._aside.add(large + self._out.length("sentence.offset"), offset[large])
        self._out.append("sentence.offset", np.minimum(offset, MAXIMAL).astype("<u2"))

    def finish(self) -> None:
        import numpy as np

        from indexer.codec.arrays import narrow, offsets

        self._out.append("sentence.first", narrow(offsets(np.concatenate(self._counts))))


class SentenceTable:
    """Reads sentences."""

    def __init__(self, file: SectionFile, n_docs: int) -> None:
        self._first = file["sentence.first"]
        self._position = Flagged(file, "sentence.position")
        self._offset = file["sentence.offset"]
        self._aside = Aside(file, "sentence.offset.aside")
        if len(self._first) != n_docs + 1:
            raise self._first.damaged("it has not one entry for each document")

    def of(self, doc: int) -> list[Sentence]:
        """Return the sentences of a document, in order."""
        _, position, offset, opens = self.between(doc, doc + 1)
        return list(map(Sentence, position.tolist(), offset.tolist(), opens.tolist()))

    def between(self, low: int, high: int) -> tuple[Array, Array, Array, Array]:
        """Return for documents ``low`` to ``high`` where each begins; position, offset, opens of each."""
        import numpy as np

        from indexer.codec.arrays import list_sizes, offsets

        first = offsets(list_sizes(self._first, low, high))
        start = self._first[low]
        stop = start + int(first[-1])
        position, opening = self._position.read(start, stop)
        offset = self._offset.array(start, stop).astype(np.uint32)
        indexes, large = self._aside.between(start, stop)
        offset[indexes] = large
        opens = np.zeros(len(offset), bool)
        opens[opening] = True
        return first, position, offset, opens

    def of_docs(self, docs: Array) -> tuple[Array, Array, Array, Array]:
        """Return for ``docs``, which ascend, where the sentences of each begin; position, offset, opens."""
        import numpy as np

        from indexer.codec.arrays import offsets

        low, counts = self._bounds(docs)
        position, opening = self._position.slices(low, counts)
        offset = self._offset.slices(low, counts).astype(np.int64)
        if self._aside:
            indexes, large = self._aside.within(low, counts)
            offset[indexes] = large
        opens = np.zeros(len(offset), bool)
        opens[opening] = True
        return offsets(counts), position.astype(np.int64), offset, opens

    def starts(self, docs: Array) -> tuple[Array, Array, Array]:
        """Return of the sentences of ``docs`` the index there, the position, whether it opens a paragraph.

        Ascending within each document, in the order of ``docs``, which ascend.
        """
        import numpy as np

        low, counts = self._bounds(docs)
        position, opening = self._position.slices(low, counts)
        opens = np.zeros(len(position), bool)
        opens[opening] = True
        return np.repeat(np.arange(len(docs)), counts), position.astype(np.int64), opens

    def _bounds(self, docs: Array) -> tuple[Array, Array]:
        """Return where the sentences of each of ``docs`` start, and how many they are."""
        import numpy as np

        low, end = self._first.at(np.array((docs, docs + 1))).astype(np.int64)
        counts = end - low
        if len(docs) and (counts.min() < 0 or end.max() > len(self._offset)):
            raise self._first.damaged("its offsets descend or lead beyond the end")
        return low, counts
