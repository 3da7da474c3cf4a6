"""What do the lists of many families say, read at once?

The counterpart of ``postings`` for words that stand for thousands of others: a few array operations for all
their families together instead of a few for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.codec.aside import Aside
from indexer.codec.pages import Pages
from indexer.codec.positions import Flagged, Numbers

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.sections import Section, SectionFile


class Bundle(NamedTuple):
    """The postings of several families, one family after the other."""

    counts: Array  # postings of each family
    docs: Array
    codes: Array
    heavy: Array  # indexes of the postings whose weight the code cannot say
    weights: Array  # of those

    def where(self, chosen: Array) -> Bundle:
        """Return the postings of the families that are ``chosen``, a truth value for each."""
        import numpy as np

        kept = np.repeat(chosen, self.counts)
        index = np.flatnonzero(kept)
        heavy = np.flatnonzero(kept.take(self.heavy))
        return Bundle(
            self.counts.compress(chosen),
            self.docs.take(index),
            self.codes.take(index),
            np.searchsorted(index, self.heavy.take(heavy)),
            self.weights.take(heavy),
        )


class Spread(NamedTuple):
    """The tokens of several families, in the order of their postings."""

    posting: Array  # index of the posting among those of all these families
    position: Array
    number: Array  # of the token's word in its family


class ManyLists:
    """Reads lists of families that ascend. What comes out is checked against bounds."""

    def __init__(self, file: SectionFile, n_docs: int) -> None:
        self._first = file["family.posting"]
        self._token = file["family.token"]
        self._number = file["family.number"]
        self._pages = Pages(file, n_docs, len(self._first) - 1)
        self._code = file["posting.code"]
        self._weight = Aside(file, "posting.weight")
        self._positions = Flagged(file, "position")
        self._numbers = Numbers(file)

    def n_tokens(self, families: Array) -> Array:
        """Return how many tokens each family has: what it takes to read it."""
        return _span(self._token, families)[1]

    def docs(self, families: Array) -> tuple[Array, Array]:
        """Return how many documents each family has, and the documents of all."""
        starts, counts = _span(self._first, families)
        return counts, self._pages.read_many(families, starts, counts)

    def postings(self, families: Array) -> Bundle:
        """Return the postings of families."""
        starts, counts = _span(self._first, families)
        heavy, weights = self._weight.within(starts, counts)
        docs = self._pages.read_many(families, starts, counts)
        return Bundle(counts, docs, self._code.slices(starts, counts), heavy, weights)

    def tokens(self, families: Array) -> Spread:
        """Return the tokens of families."""
        import numpy as np

        starts, counts = _span(self._token, families)
        position, first = self._positions.slices(starts, counts)
        postings = int(_span(self._first, families)[1].sum())
        numbers, sizes = _span(self._number, families)
        several = sizes > 0  # words; of one word there is nothing to say
        if len(first) != postings or (len(first) and first[0]) or (sizes[several] != counts[several]).any():
            raise self._first.damaged("families have not as many postings or words as their tokens say")
        number = np.zeros(len(position), np.uint32)
        number[np.repeat(several, counts)] = self._numbers.slices(numbers[several], sizes[several])
        posting = np.repeat(np.arange(postings), np.diff(np.append(first, len(position))))
        return Spread(posting, position.astype(np.int64), number)


def _span(section: Section, families: Array) -> tuple[Array, Array]:
    """Where the list of each family starts, and how long it is."""
    import numpy as np

    starts, ends = section.at(np.stack((families, families + 1))).astype(np.int64)
    counts = ends - starts
    if len(counts) and counts.min() < 0:
        raise section.damaged("its offsets descend")
    return starts, counts
