"""How are postings written, piece by piece in the order of families?

``postings`` and ``positions`` tell the layout. Beside the lists, what can only be counted while they pass
by is counted here: documents and tokens of every form.

    form.df   u[n]   documents a form is in
    form.cf   u[n]   tokens of a form
"""

from __future__ import annotations

import numpy as np

from indexer.codec.arrays import Array, narrow, offsets, run_starts
from indexer.codec.aside import AsideWriter
from indexer.codec.families import FamilyTable
from indexer.codec.impact import Lengths, impact_table, impacts, length_table
from indexer.codec.pages import PageWriter
from indexer.codec.piece import Piece
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
        self._forms = FormStatistics(table)
        self.add(Piece(*(np.empty(0, np.int64) for _ in range(6))))

    def add(self, piece: Piece) -> None:
        """Append the postings of the next families."""
        self._docs.add(piece.family, piece.doc)
        code = np.minimum(piece.weight, MAXIMAL).astype("<u2") << 8 | self._lengths.byte[piece.doc]
        self._out.append("posting.code", code)
        heavy = np.flatnonzero(piece.weight >= MAXIMAL)
        self._weight.add(heavy + self._postings, piece.weight[heavy])
        starts = offsets(piece.count)
        self._positions.add(piece.position, starts[:-1])
        several = self._several[piece.family]
        mask = np.repeat(several, piece.count)
        number = piece.number[mask]
        self._numbers.add(number)
        self._forms.add(piece, several, number)
        self._add_blocks(piece, starts, code, heavy)
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
        df, cf = self._forms.counts()
        out.append("form.df", narrow(df))
        out.append("form.cf", narrow(cf))

    def _add_blocks(self, piece: Piece, starts: Array, code: Array, heavy: Array) -> None:
        """Count the families of a piece, and note the blocks of the long ones."""
        first = run_starts(piece.family)
        family = piece.family[first]
        ends = np.append(first, len(piece.family))
        df = np.diff(ends)
        self._df[family] = df
        self._cf[family] = np.diff(starts[ends])
        long = np.flatnonzero(df > BLOCK)
        count = -(-df[long] // BLOCK)
        inside = np.arange(count.sum()) - np.repeat(offsets(count)[:-1], count)
        begin = np.repeat(first[long], count) + inside * BLOCK
        end = np.minimum(begin + BLOCK, np.repeat(ends[1:][long], count))
        largest = self._largest(piece, code, heavy, begin, end)
        self._blocks.append((family[long], count, starts[begin] + self._tokens, largest))

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


class FormStatistics:
    """Counts documents and tokens of every form while the pieces pass by."""

    def __init__(self, table: FamilyTable) -> None:
        n = len(table.forms) + 1
        self._word = table.word
        self._form = table.form
        self._shared = np.bincount(table.form, minlength=n) > 1
        self._shared[-1] = False
        self._df = np.zeros(n, np.int64)
        self._cf = np.zeros(n, np.int64)
        self._pairs: list[Array] = []

    def add(self, piece: Piece, several: Array, number: Array) -> None:
        """Count a piece; ``number`` is of the tokens of postings in families of ``several`` words."""
        alone = np.flatnonzero(~several)
        self._count(self._form[self._word[piece.family[alone]]], piece.doc[alone], piece.count[alone])
        posting = np.repeat(np.flatnonzero(several), piece.count[several])
        key = posting << 32 | number.astype(np.int64)
        key.sort()
        first = run_starts(key)
        posting, number = key[first] >> 32, key[first] & 0xFFFFFFFF
        form = self._form[self._word[piece.family[posting]] + number]
        self._count(form, piece.doc[posting], np.diff(np.append(first, len(key))))

    def counts(self) -> tuple[Array, Array]:
        """Return documents and tokens of each form."""
        if self._pairs:
            forms = np.unique(np.concatenate(self._pairs)) >> 32
            self._df += np.bincount(forms, minlength=len(self._df))
        return self._df[:-1], self._cf[:-1]

    def _count(self, form: Array, doc: Array, tokens: Array) -> None:
        """Count postings of single words. A form of several families is in a document once all the same."""
        shared = self._shared[form]
        self._cf += np.bincount(form, weights=tokens, minlength=len(self._cf)).astype(np.int64)
        self._df += np.bincount(form[~shared], minlength=len(self._df))
        if shared.any():
            self._pairs.append(np.unique(form[shared].astype(np.int64) << 32 | doc[shared]))
