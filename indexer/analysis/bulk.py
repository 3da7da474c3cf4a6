"""What are the terms of many texts at once, as numbers?

The same answer as ``Analyzer.tokens``, text by text, in a small part of its time: a chunk that has been seen
is a look-up in a table, and only a new one goes through the word rules.

Nearly every chunk is one token, a position after the one before. So tokens are numbered as chunks are, and
positions as tokens are; where that is not so, a ``Shift`` notes it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.bulk_chunks import Chunks, find_chunks
from indexer.analysis.chunk_table import ChunkTable
from indexer.analysis.eights import MASKS, eights
from indexer.analysis.joined import Joined
from indexer.analysis.shift import Shift

Array = NDArray[Any]

_SHORT, _LONG = 8, 24  # bytes in one number, and in three


@dataclass(frozen=True, slots=True)
class Batch:
    """The tokens of several texts, one item a token, in the order of ``Analyzer.tokens``.

    ``words`` (i4) are the numbers of (stem, form); ``positions`` (i4) count from 0 in each text. The tokens
    of text i are ``bounds[i] : bounds[i + 1]`` and it takes ``lengths[i]`` positions. ``starts[rows]`` (i4)
    are code points in the chunk.
    """

    words: Array
    positions: Array
    bounds: Array
    lengths: Array
    rows: Array
    starts: Array
    chunks: Chunks
    tokens: Shift  # from chunks to tokens

    def first_from(self, places: Array) -> Array:
        """Return the first token that starts at each of ``places`` of the joined text, or behind it."""
        starts, ends = self.chunks.starts, self.chunks.ends
        chunk = np.searchsorted(ends, places, side="right")
        token = self.tokens(chunk)
        inside = np.flatnonzero(chunk < len(starts))
        inside = inside[starts[chunk[inside]] < places[inside]]  # as the second of ``end.Next`` is
        offset = places[inside] - starts[chunk[inside]]
        last = self.tokens(chunk[inside] + 1)
        for i, stop, least in zip(inside.tolist(), last.tolist(), offset.tolist(), strict=True):
            token[i] += np.searchsorted(self.starts[self.rows[token[i] : stop]], least)
        return token


class BulkAnalyzer:
    """Analyses batches of texts. ``numbers`` gives the numbers of pairs of stem and form, "" for none.

    What a chunk means is remembered as such numbers, so they have to stay as they are.
    """

    def __init__(
        self, analyzer: Analyzer, numbers: Callable[[Sequence[str], Sequence[str]], list[int]]
    ) -> None:
        self._analyzer = analyzer
        self._numbers_of = numbers
        self._short = ChunkTable(1)
        self._long = ChunkTable(3)
        self._wide = ChunkTable(3)  # of chunks with characters beyond Latin-1
        self._longest: dict[str, int] = {}
        self._tokens = _Rows(4)  # tokens of its chunk, step, word, start
        self.chunks_known = 0  # how many different chunks have been seen

    def analyse(self, joined: Joined) -> Batch:
        """Analyse some texts, a megabyte at most for the sake of the processor's cache."""
        chunks = find_chunks(joined)
        rows = self._numbers(chunks)
        sizes, steps, words, starts = self._tokens.columns()
        counts = sizes.take(rows)
        odd = np.flatnonzero(counts != 1)
        tokens = Shift(odd, counts.take(odd) - 1)
        rows, spread = _spread(rows, counts, odd, tokens)
        positions = Shift(spread, steps.take(rows.take(spread)) - 1)
        bounds = tokens(chunks.bounds)
        before = positions(bounds)
        position = positions.all(len(rows))
        position -= np.repeat(before[:-1].astype(np.int32), np.diff(bounds))
        return Batch(words.take(rows), position, bounds, np.diff(before), rows, starts, chunks, tokens)

    def _numbers(self, chunks: Chunks) -> Array:
        """The number of every chunk; new ones are read now."""
        characters = chunks.joined.characters
        sizes = chunks.ends - chunks.starts
        short, long = sizes <= _SHORT, sizes > _SHORT
        short[chunks.wide] = long[chunks.wide] = False
        keys = eights(characters.narrow)[chunks.starts]
        keys &= MASKS.take(np.minimum(sizes, _SHORT))
        numbers = self._look_up(self._short, [keys], chunks.texts, among=short)
        for some, table, values in (
            (np.flatnonzero(long), self._long, characters.narrow),
            (chunks.wide, self._wide, characters.codes),
        ):
            numbers[some] = self._numbers_of_long(chunks, some, table, values)
        return numbers

    def _numbers_of_long(self, chunks: Chunks, some: Array, table: ChunkTable, values: Array) -> Array:
        """The numbers of ``some`` chunks, which are told apart by the bytes of their ``values``."""
        starts = chunks.starts[some] * values.itemsize
        sizes = chunks.ends[some] * values.itemsize - starts
        fitting, longest = np.flatnonzero(sizes <= _LONG), np.flatnonzero(sizes > _LONG)
        numbers, starts, sizes = eights(values.view(np.uint8)), starts[fitting], sizes[fitting]
        keys = [numbers[starts + offset] & MASKS.take(np.clip(sizes - offset, 0, 8)) for offset in (0, 8, 16)]
        numbers = np.empty(len(some), np.int32)
        numbers[fitting] = self._look_up(table, keys, lambda those: chunks.texts(some[fitting[those]]))
        numbers[longest] = self._look_up_longest(chunks.texts(some[longest]))
        return numbers

    def _look_up(
        self,
        table: ChunkTable,
        keys: list[NDArray[np.uint64]],
        texts: Callable[[Array], list[str]],
        among: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.int32]:
        """The numbers of the chunks with these keys, whose ``texts`` are asked for where they are new."""
        found = table.find(keys, among)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            wanted = [column[missing] for column in keys]
            order = np.lexsort(wanted)
            new = np.ones(len(order), bool)
            new[1:] = np.any([np.diff(column[order]) != 0 for column in wanted], axis=0)
            firsts = order[new]
            seen = np.argsort(firsts)  # in the order of the text: what comes early comes often
            made = np.empty(len(firsts), np.int32)
            made[seen] = self._read(texts(missing[firsts[seen]]))
            table.add([column[firsts[seen]] for column in wanted], made[seen])
            found[missing[order]] = made[np.cumsum(new) - 1]
        return found

    def _look_up_longest(self, chunks: list[str]) -> list[int]:
        """The numbers of chunks that are too long for the tables."""
        known = self._longest
        new = [chunk for chunk in dict.fromkeys(chunks) if chunk not in known]
        known.update(zip(new, self._read(new).tolist(), strict=True))
        return [known[chunk] for chunk in chunks]

    def _read(self, chunks: list[str]) -> NDArray[np.int32]:
        """Read new chunks, each once, by the word rules, and number them: by the rows of their tokens."""
        self.chunks_known += len(chunks)
        plain, stems, forms = self._analyzer.read_plain(chunks)
        rows = np.ones((4, len(forms)), np.int32)
        rows[2], rows[3] = self._numbers_of(stems, forms), 0
        numbers = np.empty(len(chunks), np.int32)
        numbers[plain] = self._tokens.extend(rows) + np.arange(len(forms))
        if len(forms) < len(chunks):
            numbers[np.invert(plain)] = self._read_in_full(
                [chunk for chunk, is_plain in zip(chunks, plain, strict=True) if not is_plain]
            )
        return numbers

    def _read_in_full(self, chunks: list[str]) -> Array:
        """The same for chunks of no or several tokens; one without any has a row of zeros."""
        analyses = [self._analyzer.read(chunk) for chunk in chunks]
        sizes = np.fromiter(map(len, analyses), np.int32, len(analyses))
        taken = np.maximum(sizes, 1)
        rows = np.zeros((4, taken.sum()), np.int32)
        rows[0] = np.repeat(sizes, taken)
        tokens = list(chain.from_iterable(analyses))
        if tokens:
            starts, _, steps, stems, forms = zip(*tokens, strict=True)
            rows[1:, rows[0] > 0] = steps, self._numbers_of(stems, forms), starts
        return self._tokens.extend(rows) + np.cumsum(taken) - taken


def _spread(rows: Array, counts: Array, odd: Array, tokens: Shift) -> tuple[Array, Array]:
    """The row of each token, and the tokens of the ``odd`` chunks, which have not one each.

    ``rows`` are those of the first token of each chunk, which has ``counts``.
    """
    sizes = counts.take(odd)
    later = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    spread = np.repeat(tokens(odd), sizes) + later
    if len(odd):
        rows = np.repeat(rows, counts)
        rows[spread] += later
    return rows, spread


class _Rows:
    """Rows of numbers that grow at the end and are read as columns."""

    def __init__(self, width: int) -> None:
        self._columns = np.empty((width, 1024), np.int32)
        self._size = 0

    def extend(self, columns: Array) -> int:
        """Add rows, given as columns, and return which is the first of them."""
        width, room = self._columns.shape
        size = self._size + columns.shape[1]
        if size > room:
            grown = np.empty((width, 2 * size), np.int32)
            grown[:, : self._size] = self.columns()
            self._columns = grown
        self._columns[:, self._size : size] = columns
        first, self._size = self._size, size
        return first

    def columns(self) -> Array:
        """All columns; the array is not to be changed."""
        return self._columns[:, : self._size]
