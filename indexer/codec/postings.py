"""Which documents is a family in, how often, and where?

    family.posting   u[F+1]     first posting of each family, and the end
    family.token     u[F+1]     first token of each family, in ``position``
    family.number    u[F+1]     first entry of each family in ``number``; families of one word have none
    posting.doc      u2[]       documents, ascending within a family: see ``pages`` and ``dense``
    posting.code     u2[P]      weight * 256 + length byte of the document; weight in units (255: look aside)
    posting.weight   aside      the weights from 255 on
    block.family     u[K]       families of more than 256 postings, ascending
    block.first      u[K+1]     where the blocks of each of them start in the next two
    block.token      u[B]       first token of each block of 256 postings
    block.impact     f4[B]      no posting of the block has a larger impact, for meta "impact": k1, b, average

Positions are in ``positions``; the meaning of weights and impacts in ``impact``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.codec.aside import Aside
from indexer.codec.pages import Pages
from indexer.codec.positions import Flagged, Numbers

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.sections import SectionFile

BLOCK = 256
BLOCK_BITS = 8
MAXIMAL = 0xFF
_MOST_SPANS = 64


class Blocks(NamedTuple):
    """The blocks of a long list: first token of each (counted within the family) and largest impact."""

    token: Array
    impact: Array


class Tokens(NamedTuple):
    """Tokens of some postings: posting i has tokens ``starts[i]`` to ``starts[i + 1]``."""

    position: Array
    starts: Array
    number: Array | None  # of each token's word in its family; None where it has one word, or nobody asked


class Postings:
    """Reads lists of postings. What comes out is read-only and checked against bounds."""

    def __init__(self, file: SectionFile, n_docs: int) -> None:
        self._first = file["family.posting"]
        self._token = file["family.token"]
        self._number = file["family.number"]
        self._pages = Pages(file, n_docs, len(self._first) - 1)
        self._code = file["posting.code"]
        self._weight = Aside(file, "posting.weight")
        self._positions = Flagged(file, "position")
        self._numbers = Numbers(file)
        self._block_family = file["block.family"]
        self._block_first = file["block.first"]
        self._block_token = file["block.token"]
        self._block_impact = file["block.impact"]

    def span(self, low: int, high: int) -> tuple[int, int]:
        """Return the numbers of the postings of families ``low`` to ``high``, which are adjacent."""
        return self._first[low], self._first[high]

    def df(self, family: int) -> int:
        """Return in how many documents a family is."""
        start, stop = self._first.view(family, family + 2)
        return int(stop - start)

    def cf(self, family: int) -> int:
        """Return how many tokens a family has."""
        start, stop = self._token.view(family, family + 2)
        return int(stop - start)

    def docs(self, family: int) -> Array:
        """Return the documents of a family, ascending, as u2 or u4."""
        return self._pages.read(family, *self._first.view(family, family + 2))

    def docs_between(self, low: int, high: int) -> tuple[Array, Array]:
        """Return how many documents families ``low`` to ``high`` have each, and the documents of all."""
        from indexer.codec.arrays import list_sizes

        counts = list_sizes(self._first, low, high)
        return counts, self._pages.read_all(low, high, self._first[low], counts)

    def codes(self, family: int) -> Array:
        """Return the code of each posting: weight * 256 + length byte."""
        return self._code.array(*self._first.view(family, family + 2))

    def codes_between(self, start: int, stop: int) -> Array:
        """Return the codes of postings ``start`` to ``stop``."""
        return self._code.array(start, stop)

    def weights(self, family: int) -> Array:
        """Return the exact weight of each posting, in units."""
        return self.weights_between(*self._first.view(family, family + 2))

    def weights_between(self, start: int, stop: int) -> Array:
        """Return the exact weights of postings ``start`` to ``stop``, in units."""
        weight = (self._code.array(start, stop) >> 8).astype("u4")
        indexes, exact = self._weight.between(start, stop)
        weight[indexes] = exact
        return weight

    def heavy(self, family: int) -> tuple[Array, Array]:
        """Return (posting counted within the family, exact weight) of those whose code says 255."""
        return self._weight.between(*self._first.view(family, family + 2))

    def blocks(self, family: int) -> Blocks | None:
        """Return the blocks of a family, or None where it has at most ``BLOCK`` postings."""
        place = self._block_family.left(family)
        if place == len(self._block_family) or self._block_family[place] != family:
            return None
        low, high = self._block_first.view(place, place + 2)
        token = self._block_token.array(low, high).astype("i8") - self._token[family]
        if len(token) != -(-self.df(family) // BLOCK) or token[0] or (token[1:] <= token[:-1]).any():
            raise self._block_token.damaged("blocks that are not those of the postings", low)
        return Blocks(token, self._block_impact.array(low, high))

    def tokens(self, family: int, numbered: bool = True) -> Tokens:
        """Return all tokens of a family, ``numbered`` if it is of several words."""
        start, stop = self._token.view(family, family + 2)
        return self._tokens(family, [(start, stop)], self.df(family), numbered)

    def tokens_of(self, family: int, which: Array, numbered: bool = True) -> tuple[Tokens, Array]:
        """Return tokens of the postings ``which`` (ascending, counted within the family) and perhaps others.

        The second array says for each of ``which`` its index among the postings returned. Of a long list
        only the blocks needed are read. ``numbered`` as for ``tokens``.
        """
        import numpy as np

        from indexer.codec.arrays import distinct

        if not len(which):
            return self._tokens(family, [], 0, numbered), which
        needed = distinct(which >> BLOCK_BITS)
        if len(needed) > min(_MOST_SPANS, self.df(family) // BLOCK // 2):
            return self.tokens(family, numbered), which
        blocks = self.blocks(family)
        if blocks is None:
            return self.tokens(family, numbered), which
        start, stop = self._token.view(family, family + 2)
        ends = np.append(blocks.token, stop - start) + start
        spans = list(zip(ends[needed].tolist(), ends[needed + 1].tolist(), strict=True))
        n_postings = len(needed) * BLOCK
        if needed[-1] == len(blocks.token) - 1:
            n_postings += self.df(family) - len(blocks.token) * BLOCK
        place = (np.searchsorted(needed, which >> BLOCK_BITS) << BLOCK_BITS) + (which & (BLOCK - 1))
        return self._tokens(family, spans, n_postings, numbered), place

    def tokens_between(self, low: int, high: int) -> tuple[Array, Array]:
        """Return the positions of families ``low`` to ``high``, where each posting begins, and the end."""
        import numpy as np

        start, stop = self.span(low, high)
        position, starts = self._positions.read(self._token[low], self._token[high])
        if len(starts) != stop - start or (len(starts) and starts[0]):
            raise self._first.damaged(f"family {low:,} has not as many postings as positions begin", low)
        return position, np.append(starts, len(position))

    def numbers_between(self, low: int, high: int) -> Array:
        """Return the word numbers of all tokens in families ``low`` to ``high`` that have several words."""
        return self._numbers.read(self._number[low], self._number[high])

    def _tokens(self, family: int, spans: list[tuple[int, int]], n_postings: int, numbered: bool) -> Tokens:
        """Read several stretches of the tokens of one family as one."""
        import numpy as np

        if len(spans) > 1:
            low, high = np.array(spans).T
            position, first = self._positions.slices(low, high - low)
        else:
            position, first = self._positions.read(*(spans[0] if spans else (0, 0)))
        if len(first) != n_postings or (n_postings and first[0]):
            raise self._first.damaged(
                f"family {family:,} has not as many postings as positions begin", family
            )
        starts = np.empty(n_postings + 1, np.int64)
        starts[:-1], starts[-1] = first, len(position)
        return Tokens(position, starts, self._number_of(family, spans) if numbered else None)

    def _number_of(self, family: int, spans: list[tuple[int, int]]) -> Array | None:
        import numpy as np

        first, end = self._number.view(family, family + 2)
        if first == end:
            return None
        shift = first - self._token[family]
        if len(spans) > 1:
            low, high = np.array(spans).T
            return self._numbers.slices(low + shift, high - low)
        start, stop = spans[0] if spans else (-shift, -shift)
        return self._numbers.read(start + shift, stop + shift)
