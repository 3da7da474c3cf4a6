"""Which documents are in a list, at one or two bytes each?

    posting.doc   u2[]           of families that are not ``dense``: number of the document within its page of
                                 65,536 documents
    family.page   u4[F, G - 1]   where the postings of each page but the first begin in the family's list, in
                                 a segment of G pages; nothing where G is 1

Documents ascend within a list, so its pages do, too, and a few numbers for each list replace two bytes for
each posting. The list of a family begins in posting.doc at its first posting less the postings of all dense
families before it. In a segment of one page it is read in place.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.codec.dense import Dense, DenseWriter

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
        self._n_docs = n_docs
        self._pages = page_count(n_docs)
        self._families = 0  # so far
        self._dense = DenseWriter(out, n_docs)
        out.append("family.page", np.empty(0, np.uint32))
        out.append("posting.doc", np.empty(0, np.uint16))

    def add(self, family: Array, counts: Array, doc: Array) -> None:
        """Append the lists of the next families: how many postings each has, and the documents of all."""
        import numpy as np

        from indexer.codec.dense import is_dense

        if not len(family):
            return
        dense = is_dense(counts, self._n_docs)
        inside = np.repeat(dense, counts)
        self._dense.add(family[dense], counts[dense], np.compress(inside, doc))
        sparse = np.compress(~inside, doc)
        sparse &= PAGE - 1
        self._out.append("posting.doc", sparse.astype(np.uint16))
        if self._pages == 1:
            return
        end = int(family[-1]) + 1
        place = np.repeat((family - self._families) * self._pages, counts)
        place += doc >> PAGE_BITS
        table = np.bincount(place, minlength=(end - self._families) * self._pages)
        begin = np.cumsum(table.reshape(-1, self._pages), axis=1)[:, :-1]
        self._out.append("family.page", np.ascontiguousarray(begin, np.uint32))
        self._families = end

    def finish(self) -> None:
        """Write what points into the dense lists."""
        self._dense.finish()


class Pages:
    """Reads lists of documents."""

    def __init__(self, file: SectionFile, n_docs: int, n_families: int) -> None:
        self._n_docs = n_docs
        self._pages = page_count(n_docs)
        self._dense = Dense(file, n_docs)
        self._doc = file["posting.doc"]
        self._begin = file["family.page"]
        if len(self._begin) != n_families * (self._pages - 1):
            raise self._begin.damaged("it has not one entry for each family and page")

    def read(self, family: int, start: int, stop: int) -> Array:
        """Return the documents of a family, whose postings are ``start`` to ``stop``, as u2 or u4."""
        import numpy as np

        place, dense = self._dense.place(family)
        if dense:
            return self._checked(self._dense_ones(place, place + 1, stop - start), start)
        before = self._dense.before(place)
        docs = self._doc.array(start - before, stop - before)
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

        families = np.arange(low, high)
        places, dense = self._dense.places(families)
        sparse = counts[~dense]
        first = start - self._dense.before(int(places[0])) if high > low else 0
        docs = self._doc.array(first, first + int(sparse.sum())).astype(np.uint32)
        self._add_pages(docs, families[~dense], sparse)
        if dense.any():
            least, most = int(places[dense][0]), int(places[dense][-1]) + 1
            docs = _mixed(docs, self._dense_ones(least, most, int(counts[dense].sum())), dense, counts)
        return self._checked(docs, start)

    def read_many(self, families: Array, starts: Array, counts: Array) -> Array:
        """Return the documents of several families as u4: ``counts`` postings from ``starts`` on."""
        import numpy as np

        places, dense = self._dense.places(families)
        sparse = starts[~dense] - self._dense.all_before(places[~dense])
        docs = self._doc.slices(sparse, counts[~dense]).astype(np.uint32)
        self._add_pages(docs, families[~dense], counts[~dense])
        if dense.any():
            sizes = zip(places[dense].tolist(), counts[dense].tolist(), strict=True)
            ones = np.concatenate([self._dense_ones(place, place + 1, size) for place, size in sizes])
            docs = _mixed(docs, ones, dense, counts)
        return self._checked(docs, int(starts[0]) if len(starts) else 0)

    def _dense_ones(self, low: int, high: int, size: int) -> Array:
        """The documents of dense families from place ``low`` to ``high``, ``size`` in all."""
        docs = self._dense.read(low, high)
        if len(docs) != size:
            raise self._doc.damaged("dense families have not as many documents as postings")
        return docs if self._pages > 1 else docs.astype("u2")

    def _add_pages(self, docs: Array, families: Array, counts: Array) -> None:
        """Add to documents within their pages what their pages begin with; ``counts`` of each family."""
        import numpy as np

        if self._pages == 1:
            return
        width = self._pages - 1
        ends = np.empty((len(families), self._pages), np.int64)
        ends[:, :-1] = self._begin.slices(families * width, np.full(len(families), width)).reshape(-1, width)
        ends[:, -1] = counts
        sizes = np.diff(ends, axis=1, prepend=0)
        if len(sizes) and sizes.min() < 0:
            raise self._begin.damaged("pages that are not in order")
        pages = np.arange(self._pages, dtype=np.uint32) << np.uint32(PAGE_BITS)
        docs |= np.repeat(np.tile(pages, len(families)), sizes.ravel())

    def _checked(self, docs: Array, start: int) -> Array:
        if len(docs) and docs.max() >= self._n_docs:
            raise self._doc.damaged(f"a document beyond the {self._n_docs:,} there are", start)
        return docs


def _mixed(sparse: Array, dense: Array, is_dense: Array, counts: Array) -> Array:
    """The documents of families in their order, from those of the sparse and of the dense ones."""
    import numpy as np

    inside = np.repeat(is_dense, counts)
    docs = np.empty(len(inside), np.uint32)
    docs[inside], docs[~inside] = dense, sparse
    return docs
