"""Which documents may say the same?

    sketch.digest   u4[N]    digest of the words of each document
    sketch.key      u4[6N]   six numbers of each document, ascending (``analysis.shingles``): documents that
                             share one may be copies of each other; 0xFFFFFFFF where it has fewer
    sketch.doc      u[M]     the documents of all these numbers but 0xFFFFFFFF, ascending by number times
                             2,654,435,761 modulo 2**32
    sketch.first    u[B+1]   where in it the products begin whose highest bits are 0, 1 ..., and the end; B is
                             a power of two
    sketch.shared   u1[N]    1 where another document of the segment has one of the numbers, too

The numbers of a document are the smallest of many; the product spreads them evenly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.analysis.shingles import Sketches
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

KEYS = 6  # of a document
NONE = 0xFFFFFFFF
BITS = 32  # of a key
BUCKET = 8  # keys whose products have the same highest bits, on average
FACTOR = 2_654_435_761


def write_sketches(out: SectionFileWriter, sketches: Sketches) -> None:
    """Write the sketches of all documents, in their order."""
    from indexer.codec.arrays import narrow

    out.append("sketch.digest", sketches.digests.astype("<u4"))
    keys = sketches.keys.astype("<u4").ravel()
    out.append("sketch.key", keys)
    docs, first, shared = ordered(keys)
    out.append("sketch.doc", narrow(docs))
    out.append("sketch.first", narrow(first))
    out.append("sketch.shared", shared)


def ordered(keys: Array) -> tuple[Array, Array, Array]:
    """Return sketch.doc, sketch.first and sketch.shared of these sketch.key."""
    import numpy as np

    some = np.flatnonzero(keys != NONE)
    even = _spread_evenly(keys)
    order = some[np.argsort(even[some], kind="stable")]
    bits = (len(order) // BUCKET).bit_length()
    starts = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(BITS - bits)
    even, docs = even[order], order // KEYS
    again = np.flatnonzero((even[1:] == even[:-1]) & (docs[1:] != docs[:-1]))
    shared = np.zeros(len(keys) // KEYS, np.uint8)
    shared[docs[again]] = shared[docs[again + 1]] = 1
    return docs, np.searchsorted(even, starts), shared


def _spread_evenly(keys: Array) -> Array:
    """Return keys times FACTOR."""
    import numpy as np

    result: Array = keys.astype("<u4") * np.uint32(FACTOR)
    return result


class DocumentSketches:
    """Reads sketches."""

    def __init__(self, file: SectionFile, n_docs: int) -> None:
        self._digest = file["sketch.digest"]
        self._key = file["sketch.key"]
        self._doc = file["sketch.doc"]
        self._first = file["sketch.first"]
        self._shared = file["sketch.shared"]
        if not len(self._digest) == len(self._shared) == n_docs or len(self._key) != KEYS * n_docs:
            raise self._key.damaged("it has not six numbers for each document")
        if len(self._first) < 2:
            raise self._first.damaged("it does not lead to the documents")
        self._shift = BITS + 1 - (len(self._first) - 1).bit_length()

    def all(self) -> tuple[Array, Array]:
        """Return the keys, a row a document, and the digests."""
        return self._key.array().reshape(-1, KEYS), self._digest.array()

    def digests(self, docs: Array) -> Array:
        """Return the digest of each of ``docs``."""
        return self._digest.at(docs)

    def keys(self, docs: Array) -> Array:
        """Return the keys of each of ``docs``, a row each."""
        import numpy as np

        return self._key.at((docs * KEYS)[:, None] + np.arange(KEYS))

    def share(self, docs: Array) -> Array:
        """Return for each of ``docs`` whether another document of the segment has one of its keys."""
        return self._shared.at(docs) > 0

    def holders(self, keys: Array) -> tuple[Array, Array]:
        """Return pairs of an index into ``keys`` and a document that has this key."""
        import numpy as np

        from indexer.codec.arrays import distinct, spread

        bucket = _spread_evenly(keys).astype(np.int64) >> self._shift
        starts, ends = self._first.at(np.stack((bucket, bucket + 1))).astype(np.int64)
        counts = ends - starts
        if len(counts) and counts.min() < 0:
            raise self._first.damaged("its offsets descend")
        docs = self._doc.at(spread(starts, counts)).astype(np.int64)
        owner = np.repeat(np.arange(len(keys)), counts)
        wanted = keys.take(owner)
        same = np.flatnonzero(self.keys(docs).ravel() == wanted.repeat(KEYS)) // KEYS
        same = same.compress(wanted.take(same) != NONE)
        pairs = np.sort(owner.take(same) << BITS | docs.take(same))
        pairs = distinct(pairs)  # a document may be in a bucket twice
        return pairs >> BITS, pairs & NONE
