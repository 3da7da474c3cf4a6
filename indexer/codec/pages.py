"""Which documents are in a list, at two bytes each?

    posting.doc   u2[P]          number of the document within its page of 65,536 documents
    family.page   u4[F, G - 1]   where the postings of each page but the first begin in the family's list, in
                                 a segment of G pages; nothing where G is 1

Documents ascend within a list, so its pages do, too, and a few numbers for each list replace two bytes for
each posting. A segment of one page is read in place.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

PAGE = 1 << 16
PAGE_BITS = 16


def page_count(n_docs: int) -> int:
    """Return how many pages so many documents fill.

    >>> page_count(0), page_count(65_536), page_count(65_537)
    (1, 1, 2)
    """
    return max(1, -(-n_docs // PAGE))


class PageWriter:
    """Appends lists of documents, all of a family at once and family after family."""

    def __init__(self, out: SectionFileWriter, n_docs: int) -> None:
        import numpy as np

        self._out = out
        self._pages = page_count(n_docs)
        self._families = 0  # so far
        out.append("family.page", np.empty(0, np.uint32))

    def add(self, family: Array, doc: Array) -> None:
        """Append the postings of the next families, ascending by (family, document)."""
        import numpy as np

        self._out.append("posting.doc", (doc & (PAGE - 1)).astype(np.uint16))
        if self._pages == 1 or not len(family):
            return
        end = int(family[-1]) + 1
        place = (family.astype(np.int64) - self._families) * self._pages + (doc >> PAGE_BITS)
        counts = np.bincount(place, minlength=(end - self._families) * self._pages)
        begin = np.cumsum(counts.reshape(-1, self._pages), axis=1)[:, :-1]
        self._out.append("family.page", np.ascontiguousarray(begin, np.uint32))
        self._families = end


class Pages:
    """Reads lists of documents."""

    def __init__(self, file: SectionFile, n_docs: int, n_families: int) -> None:
        self._n_docs = n_docs
        self._pages = page_count(n_docs)
        self._doc = file["posting.doc"]
        self._begin = file["family.page"]
        if len(self._begin) != n_families * (self._pages - 1):
            raise self._begin.damaged("it has not one entry for each family and page")

    def read(self, family: int, start: int, stop: int) -> Array:
        """Return the documents of a family, whose postings are ``start`` to ``stop``."""
        import numpy as np

        docs = self._doc.array(start, stop)
        if self._pages > 1:
            size, width = stop - start, self._pages - 1
            begin = [*self._begin.view(family * width, (family + 1) * width), size]
            docs = docs.astype(np.uint32)
            for page, (first, end) in enumerate(pairwise(begin), 1):
                if not first <= end <= size:
                    raise self._begin.damaged("pages that are not in order", family * width)
                if first < end:
                    docs[first:end] |= np.uint32(page << PAGE_BITS)
        return self._checked(docs, start)

    def read_all(self, low: int, high: int, start: int, counts: Array) -> Array:
        """Return the documents of families ``low`` to ``high`` as u4; ``counts`` says how many each has."""
        import numpy as np

        docs = self._doc.array(start, start + int(counts.sum())).astype(np.uint32)
        if self._pages > 1:
            width = self._pages - 1
            ends = np.empty((high - low, self._pages), np.int64)
            ends[:, :-1] = self._begin.array(low * width, high * width).reshape(-1, width)
            ends[:, -1] = counts
            docs |= np.repeat(self._numbers(high - low), self._sizes(ends, low))
        return self._checked(docs, start)

    def read_many(self, families: Array, starts: Array, counts: Array) -> Array:
        """Return the documents of several families as u4: ``counts`` postings from ``starts`` on."""
        import numpy as np

        docs = self._doc.slices(starts, counts).astype(np.uint32)
        if self._pages > 1:
            width = self._pages - 1
            ends = np.empty((len(families), self._pages), np.int64)
            rows = self._begin.slices(families * width, np.full(len(families), width))
            ends[:, :-1] = rows.reshape(-1, width)
            ends[:, -1] = counts
            docs |= np.repeat(self._numbers(len(families)), self._sizes(ends, 0))
        return self._checked(docs, int(starts[0]) if len(starts) else 0)

    def _sizes(self, ends: Array, low: int) -> Array:
        """How many documents each page has, of lists whose pages end there."""
        import numpy as np

        sizes = np.diff(ends, axis=1, prepend=0)
        if len(sizes) and sizes.min() < 0:
            raise self._begin.damaged("pages that are not in order", low * (self._pages - 1))
        return sizes.ravel()

    def _numbers(self, lists: int) -> Array:
        """What each page adds to the numbers of its documents, for so many lists."""
        import numpy as np

        return np.tile(np.arange(self._pages, dtype=np.uint32) << np.uint32(PAGE_BITS), lists)

    def _checked(self, docs: Array, start: int) -> Array:
        if len(docs) and docs.max() >= self._n_docs:
            raise self._doc.damaged(f"a document beyond the {self._n_docs:,} there are", start)
        return docs
