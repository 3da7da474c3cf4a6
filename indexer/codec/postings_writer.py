"""How are postings written, piece by piece in the order of families?

``postings`` and ``positions`` tell the layout. Beside the lists, what can only be counted while they pass
by is counted here: documents and tokens of every form.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import Array, distinct, narrow, narrow_type, offsets, run_starts, spread
from indexer.codec.aside import AsideWriter
from indexer.codec.families import FamilyTable
from indexer.codec.form_counts import write_form_counts
from indexer.codec.impact import Lengths, impact_table, impacts, length_table
from indexer.codec.pages import PageWriter
from indexer.codec.piece import Piece, nothing
from indexer.codec.positions import FlaggedWriter, NumberWriter
from indexer.codec.postings import BLOCK, MAXIMAL
from indexer.storage.section_writer import SectionFileWriter


class PostingsWriter:
    """Appends pieces; a family must be in one piece whole, and families ascend."""

    def __init__(self, out: SectionFileWriter, table: FamilyTable, lengths: Lengths, unit: int) -> None:
        self._out = out
        self._lengths = lengths
        self._unit = unit
        self._docs = PageWriter(out, len(lengths.byte))
        self._several = np.diff(table.word) > 1
        self._df = np.zeros(table.n_families, np.int64)
        self._cf = np.zeros(table.n_families, np.int64)
        self._postings = self._tokens = 0
        self._blocks: list[tuple[Array, Array, Array, Array]] = []
        table_of_codes = impact_table(length_table(), lengths.average, unit)
        self._table = np.nextafter(table_of_codes.astype(np.float32), np.float32(np.inf))
        self._positions = FlaggedWriter(out, "position")
        self._numbers = NumberWriter(out)
        self._weight = AsideWriter(out, "posting.weight")
        self._forms = _FormCounts(table)
        self.add(nothing())

    def add(self, piece: Piece) -> None:
        """Append the postings of the next families."""
        lists = _Lists.of(piece)
        self._df[lists.family] = lists.df
        self._cf[lists.family] = lists.cf
        self._docs.add(lists.family, lists.df, piece.doc)
        code = np.minimum(piece.weight, MAXIMAL).astype("<u2")
        code <<= 8
        code |= self._lengths.byte.take(piece.doc)
        self._out.append("posting.code", code)
        heavy = np.flatnonzero(piece.weight >= MAXIMAL)
        self._weight.add(heavy + self._postings, piece.weight[heavy])
        self._positions.add(piece.position, piece.start[:-1])
        several = self._several[lists.family]
        number = np.compress(np.repeat(several, lists.cf), piece.number)
        self._numbers.add(number)
        self._forms.add(piece, lists, several, number)
        self._add_blocks(piece, lists, code, heavy)
        self._postings += len(piece.doc)
        self._tokens += len(piece.position)

    def finish(self) -> None:
        """Write what points into the lists."""
        out = self._out
        self._docs.finish()
        self._numbers.finish()
        out.append("family.posting", narrow(offsets(self._df)))
        out.append("family.token", narrow(offsets(self._cf)))
        out.append("family.number", narrow(offsets(self._cf * self._several)))
        family, count, token, impact = (np.concatenate(part) for part in zip(*self._blocks, strict=True))
        out.append("block.family", narrow(family))
        out.append("block.first", narrow(offsets(count)))
        out.append("block.token", narrow(token))
        out.append("block.impact", impact.astype("<f4"))
        write_form_counts(out, *self._forms.counts())

    def _add_blocks(self, piece: Piece, lists: _Lists, code: Array, heavy: Array) -> None:
        """Note the blocks of the long lists of a piece."""
        long = np.flatnonzero(lists.df > BLOCK)
        count = -(-lists.df[long] // BLOCK)
        begin = spread(np.zeros(len(long), np.int64), count) * BLOCK
        begin += np.repeat(lists.first[long], count)
        end = np.minimum(begin + BLOCK, np.repeat(lists.first[long + 1], count))
        largest = self._largest(piece, code, heavy, begin, end)
        self._blocks.append((lists.family[long], count, piece.start[begin] + self._tokens, largest))

    def _largest(self, piece: Piece, code: Array, heavy: Array, begin: Array, end: Array) -> Array:
        """The largest impact in each block, postings ``begin`` to ``end``, rounded up to a f4."""
        if not len(begin):
            return np.empty(0, np.float32)
        impact = self._table[code]
        length = self._lengths.meant[piece.doc[heavy]]
        exact = impacts(piece.weight[heavy] / self._unit, length, self._lengths.average)
        impact[heavy] = np.nextafter(exact.astype(np.float32), np.float32(np.inf))
        bounds = np.stack((begin, end), axis=1).ravel()
        if bounds[-1] == len(impact):
            bounds = bounds[:-1]
        return np.maximum.reduceat(impact, bounds)[::2]


class _Lists(NamedTuple):
    """The lists of a piece, one for each family in it."""

    family: Array
    first: Array  # the first posting of each, and the end
    token: Array  # the first token of each, and the end

    @classmethod
    def of(cls, piece: Piece) -> _Lists:
        starts = run_starts(piece.family)
        first = np.append(starts, len(piece.family))
        return cls(piece.family[starts], first, piece.start[first])

    @property
    def df(self) -> Array:
        """How many postings each has."""
        return np.diff(self.first)

    @property
    def cf(self) -> Array:
        """How many tokens each has."""
        return np.diff(self.token)


class _FormCounts:
    """Counts documents and tokens of every form while the pieces pass by."""

    def __init__(self, table: FamilyTable) -> None:
        self._first = table.word
        self._form = table.form.astype(np.int64)
        self._n_forms = len(table.forms)
        self._df = np.zeros(len(table.form), np.int64)  # of words
        self._cf = np.zeros(len(table.form), np.int64)
        shared = np.bincount(table.form, minlength=self._n_forms + 1) > 1
        shared[-1] = False
        self._shared = shared[table.form]
        self._pairs = [np.empty(0, np.int64)]  # of a shared form and a document

    def add(self, piece: Piece, lists: _Lists, several: Array, number: Array) -> None:
        """Count a piece; ``number`` is of the tokens in the families of ``several`` words."""
        word = self._first[lists.family]
        alone = ~several
        self._df[word[alone]] = lists.df[alone]
        self._cf[word[alone]] = lists.cf[alone]
        alone &= self._shared[word]
        self._pair(np.repeat(word[alone], lists.df[alone]), piece.doc[np.repeat(alone, lists.df)])
        if len(number):
            posting = np.flatnonzero(np.repeat(several, lists.df))
            first = np.repeat(word[several], lists.cf[several])
            self._add_several(first, number, piece.count.take(posting), piece.doc, posting)

    def _add_several(self, first: Array, number: Array, count: Array, doc: Array, posting: Array) -> None:
        """Count tokens given by the first word of their family and their number in it.

        ``count`` tokens are in each of the postings ``posting``.
        """
        bits = int(number.max()).bit_length()
        key = np.arange(len(posting), dtype=narrow_type(len(posting) << bits)) << bits
        key = np.repeat(key, count)
        key |= number.astype(key.dtype)
        key.sort()  # which moves tokens within their posting, so that ``first`` still fits
        low = int(first[0])
        word = (key & ((1 << bits) - 1)) + (first - low)
        once = run_starts(key)
        for counts, found in ((self._cf, word), (self._df, word.take(once))):
            sums = np.bincount(found)
            counts[low : low + len(sums)] += sums
        shared = once[self._shared[low:].take(found)]
        self._pair(word[shared] + low, doc[posting[key[shared] >> bits]])

    def _pair(self, word: Array, doc: Array) -> None:
        """Note which documents words of shared forms are in; a form is in a document once all the same."""
        if len(word):
            self._pairs.append(distinct(np.sort(self._form[word] << 32 | doc)))

    def counts(self) -> tuple[Array, Array]:
        """Return documents and tokens of each form."""
        df = np.where(self._shared, 0, self._df)
        df, cf = (np.bincount(self._form, each, self._n_forms + 1)[:-1] for each in (df, self._cf))
        pairs = distinct(np.sort(np.concatenate(self._pairs))) >> 32
        return df.astype(np.int64) + np.bincount(pairs, minlength=self._n_forms), cf.astype(np.int64)
