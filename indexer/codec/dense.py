"""Which documents are in a dense list, at one byte each?

    dense.family   u[K]     families that have at least 64 postings and a 64th of all documents, ascending
    dense.first    u[K+1]   where the documents of each of them start in dense.doc, and the end
    dense.doc      u1[]     documents modulo 255
    dense.count    u1[KS]   how many documents each of them has in each stretch of 255 documents; S stretches
                            hold all documents of the segment

Documents ascend within a list, so the counts say which stretch a byte belongs to. Some four of five postings
are in dense lists, of which there are a few thousand in a segment of any size.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

STRETCH = 255
LEAST = 64  # postings
SHARE = 64  # one document of so many


def is_dense(counts: Array, n_docs: int) -> Array:
    """Return for lists of so many documents which are dense in a segment of ``n_docs``."""
    return (counts >= LEAST) & (counts * SHARE >= n_docs)


class DenseWriter:
    """Appends dense lists, family after family."""

    def __init__(self, out: SectionFileWriter, n_docs: int) -> None:
        import numpy as np

        self._out = out
        self._stretches = -(-n_docs // STRETCH)
        self._families: list[Array] = [np.empty(0, np.int64)]
        self._counts: list[Array] = [np.empty(0, np.int64)]
        for name in ("doc", "count"):
            out.append(f"dense.{name}", b"")

    def add(self, families: Array, counts: Array, doc: Array) -> None:
        """Append the next families: how many documents each has, and the documents of all."""
        import numpy as np

        self._families.append(families)
        self._counts.append(counts)
        stretch = doc // STRETCH
        place = np.repeat(np.arange(len(families)) * self._stretches, counts) + stretch
        table = np.bincount(place, minlength=len(families) * self._stretches)
        self._out.append("dense.doc", (doc - stretch * STRETCH).astype(np.uint8))
        self._out.append("dense.count", table.astype(np.uint8))

    def finish(self) -> None:
        import numpy as np

        from indexer.codec.arrays import narrow, offsets

        self._out.append("dense.family", narrow(np.concatenate(self._families)))
        self._out.append("dense.first", narrow(offsets(np.concatenate(self._counts))))


class Dense:
    """Reads dense lists. The *place* of a family is how many dense ones come before it."""

    def __init__(self, file: SectionFile, n_docs: int) -> None:
        self._stretches = -(-n_docs // STRETCH)
        self._family = file["dense.family"]
        self._first = file["dense.first"]
        self._doc = file["dense.doc"]
        self._count = file["dense.count"]
        if len(self._first) != len(self._family) + 1:
            raise self._first.damaged("it has not one entry for each dense family")

    @cached_property
    def _bases(self) -> Array:
        """The first document of each stretch."""
        import numpy as np

        return np.arange(0, self._stretches * STRETCH, STRETCH, dtype=np.uint32)

    def place(self, family: int) -> tuple[int, bool]:
        """Return the place of a family, and whether it is dense itself."""
        place = self._family.left(family)
        return place, place < len(self._family) and self._family[place] == family

    def places(self, families: Array) -> tuple[Array, Array]:
        """Return the same for several families."""
        import numpy as np

        known = self._family.array().astype(np.int64)
        places = np.searchsorted(known, families)
        found = np.zeros(len(families), bool)
        inside = places < len(known)
        found[inside] = known[places[inside]] == families[inside]
        return places, found

    def before(self, place: int) -> int:
        """Return how many postings the dense families before a place have."""
        return self._first[place]

    def all_before(self, places: Array) -> Array:
        """Return the same for several places."""
        return self._first.array()[places].astype("i8")

    def read(self, low: int, high: int) -> Array:
        """Return the documents of the dense families from place ``low`` to ``high``, as u4.

        Raises ArchiveDamaged where they are not as many as they should be.
        """
        import numpy as np

        start, stop = self._first[low], self._first[high]
        counts = self._count.array(low * self._stretches, high * self._stretches)
        if start > stop or int(counts.sum(dtype=np.int64)) != stop - start:
            raise self._count.damaged("stretches that do not hold the documents", low * self._stretches)
        bases = self._bases if high - low == 1 else np.tile(self._bases, high - low)
        docs = np.repeat(bases, counts)
        docs += self._doc.array(start, stop)
        return docs
