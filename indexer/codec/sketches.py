"""Which documents may say the same?

sketch.digest   u4[N]    digest of the words of each document
sketch.key      u4[4N]   four numbers of each document, ascending (``analysis.shingles``): documents that
                         share one may be copies of each other; 0xFFFFFFFF where it has fewer
sketch.sorted   u4[M]    all these numbers of all documents, ascending, without 0xFFFFFFFF
sketch.doc      u[M]     the document of each of them
sketch.first    u[B+1]   where in the last two the numbers begin whose highest bits are 0, 1 ..., and the
                         end; B is a power of two
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.analysis.shingles import Sketches
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

KEYS = 4  # of a document
NONE = 0xFFFFFFFF
BITS = 32  # of a key
BUCKET = 64  # keys with the same highest bits, on average


def write_sketches(out: SectionFileWriter, sketches: Sketches) -> None:
    """Write the sketches of all documents, in their order."""
    import numpy as np

    from indexer.codec.arrays import narrow

    out.append("sketch.digest", sketches.digests.astype("<u4"))
    keys = sketches.keys.astype("<u4").ravel()
    out.append("sketch.key", keys)
    some = np.flatnonzero(keys != NONE)
    order = some[np.argsort(keys[some], kind="stable")]
    out.append("sketch.sorted", keys[order])
    out.append("sketch.doc", narrow(order // KEYS))
    bits = (len(order) // BUCKET).bit_length()
    starts = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(BITS - bits)
    out.append("sketch.first", narrow(np.searchsorted(keys[order], starts)))


class DocumentSketches:
    """Reads sketches."""

    def __init__(self, file: SectionFile, n_docs: int) -> None:
        self._digest = file["sketch.digest"]
        self._key = file["sketch.key"]
        self._sorted = file["sketch.sorted"]
        self._doc = file["sketch.doc"]
        self._first = file["sketch.first"]
        if len(self._digest) != n_docs or len(self._key) != KEYS * n_docs:
            raise self._key.damaged("it has not four numbers for each document")
        if len(self._first) < 2 or len(self._doc) != len(self._sorted):
            raise self._first.damaged("it does not lead to the documents")
        self._shift = BITS + 1 - (len(self._first) - 1).bit_length()

    def all(self) -> tuple[Array, Array]:
        """Return the keys, a row a document, and the digests."""
        return self._key.array().reshape(-1, KEYS), self._digest.array()

    def digests(self, docs: Array) -> Array:
        """Return the digest of each of ``docs``."""
        import numpy as np

        return self._digest.slices(docs, np.ones_like(docs))

    def keys(self, docs: Array) -> Array:
        """Return the keys of each of ``docs``, a row each."""
        import numpy as np

        return self._key.slices(docs * KEYS, np.full_like(docs, KEYS)).reshape(-1, KEYS)

    def holders(self, keys: Array) -> tuple[Array, Array]:
        """Return pairs of an index into ``keys`` and a document that has this key."""
        import numpy as np

        from indexer.codec.arrays import spread

        bucket = keys.astype(np.int64) >> self._shift
        first = self._first.array().astype(np.int64)
        starts, counts = first[bucket], first[bucket + 1] - first[bucket]
        if len(counts) and (counts.min() < 0 or first.max() > len(self._sorted)):
            raise self._first.damaged("its offsets descend or lead beyond the end")
        owner = np.repeat(np.arange(len(keys)), counts)
        same = np.flatnonzero(self._sorted.slices(starts, counts) == keys[owner])
        at = spread(starts, counts)[same]
        return owner[same], self._doc.slices(at, np.ones_like(at))
