"""What are the terms of many texts at once, as numbers?

The same answer as ``Analyzer.tokens``, text by text, in a small part of its time: a chunk that has been seen
is a look-up in a table of bytes, and only a new one goes through the word rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.byte_chunks import ByteChunks, find_chunks, words_of_eight
from indexer.analysis.chunk_table import ChunkTable

_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # the first bytes of a number
_SHORT, _LONG = 8, 24  # bytes of a chunk in one number, and in three


@dataclass(frozen=True, slots=True)
class Batch:
    """The tokens of several texts, one item a token, in the order of ``Analyzer.tokens``.

    ``words`` are the numbers of (stem, form); ``positions`` count from 0 in each text. The tokens of text i
    are ``bounds[i] : bounds[i + 1]`` and it takes ``lengths[i]`` positions. ``starts`` and ``ends`` are code
    points in the text, None unless asked for; inside a text ``starts`` never falls, so that ``searchsorted``
    leads from a place in the text to its first token.
    """

    words: NDArray[np.int32]
    positions: NDArray[np.int32]
    bounds: NDArray[np.int64]
    lengths: NDArray[np.int32]
    starts: NDArray[np.int32] | None = None
    ends: NDArray[np.int32] | None = None


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
        self._longest: dict[str, int] = {}
        self._chunks = _Rows(2)  # how many tokens, and which is the first
        self._tokens = _Rows(4)  # step, word, start, end

    @property
    def chunks_known(self) -> int:
        """How many different chunks have been seen."""
        return len(self._chunks)

    def analyse(self, texts: Sequence[str], offsets: bool = False) -> Batch:
        """Analyse a few megabytes of texts."""
        chunks = find_chunks(texts)
        numbers = self._numbers(chunks)
        sizes, firsts = self._chunks.columns()
        steps, words, starts, stops = self._tokens.columns()
        counts = sizes.take(numbers)
        ends = np.cumsum(counts, dtype=np.int64)
        chunk_of = np.repeat(np.arange(len(numbers)), counts)
        shift = firsts.take(numbers) - (ends - counts)
        token = np.arange(len(chunk_of)) + shift.take(chunk_of)
        bounds = np.concatenate(([0], ends))[chunks.bounds]
        places = np.cumsum(steps.take(token), dtype=np.int64)
        before = np.concatenate(([0], places))[bounds]
        lengths = np.diff(before).astype(np.int32)
        positions = (places - 1 - np.repeat(before[:-1], np.diff(bounds))).astype(np.int32)
        batch = words.take(token), positions, bounds, lengths
        if not offsets:
            return Batch(*batch)
        base = _character_starts(chunks)[chunk_of]
        return Batch(*batch, base + starts.take(token), base + stops.take(token))

    def _numbers(self, chunks: ByteChunks) -> NDArray[np.int32]:
        """The number of every chunk; new ones are read now."""
        numbers = np.empty(len(chunks.starts), np.int32)
        eights = words_of_eight(chunks.marked)
        first = eights[chunks.starts]
        first &= _MASKS.take(np.minimum(chunks.sizes, 8))
        short = chunks.sizes <= _SHORT
        middle = np.flatnonzero(~short & (chunks.sizes <= _LONG))
        short_places = np.flatnonzero(short)
        self._look_up(self._short, [first[short_places]], short_places, chunks, numbers)
        more = [first[middle]]
        for offset in (8, 16):
            column = eights[chunks.starts[middle] + offset]
            column &= _MASKS.take(np.clip(chunks.sizes[middle] - offset, 0, 8))
            more.append(column)
        self._look_up(self._long, more, middle, chunks, numbers)
        longest = np.flatnonzero(chunks.sizes > _LONG)
        numbers[longest] = self._look_up_longest(chunks.texts(longest))
        return numbers

    def _look_up(
        self,
        table: ChunkTable,
        keys: list[NDArray[np.uint64]],
        places: NDArray[np.int64],
        chunks: ByteChunks,
        numbers: NDArray[np.int32],
    ) -> None:
        """Fill in the numbers of the chunks at ``places``, whose keys are given."""
        found = table.find(keys)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            wanted = [column[missing] for column in keys]
            order = np.lexsort(wanted)
            wanted = [column[order] for column in wanted]
            new = np.ones(len(order), bool)
            new[1:] = np.any([column[1:] != column[:-1] for column in wanted], axis=0)
            made = self._read(chunks.texts(places[missing[order[new]]]))
            table.add([column[new] for column in wanted], made)
            found[missing[order]] = made[np.cumsum(new) - 1]
        numbers[places] = found

    def _look_up_longest(self, chunks: list[str]) -> list[int]:
        """The numbers of chunks that are too long for the tables."""
        known = self._longest
        new = [chunk for chunk in dict.fromkeys(chunks) if chunk not in known]
        known.update(zip(new, self._read(new).tolist(), strict=True))
        return [known[chunk] for chunk in chunks]

    def _read(self, chunks: list[str]) -> NDArray[np.int32]:
        """Read new chunks, each once, by the word rules, and number them."""
        analyses = self._analyzer.read_all(chunks)
        sizes = np.fromiter(map(len, analyses), np.int32, len(analyses))
        first = len(self._tokens) + np.cumsum(sizes) - sizes
        number = len(self._chunks)
        self._chunks.extend(sizes, first)
        tokens = list(chain.from_iterable(analyses))
        if tokens:
            starts, ends, steps, stems, forms = zip(*tokens, strict=True)
            self._tokens.extend(steps, self._numbers_of(stems, forms), starts, ends)
        return np.arange(number, number + len(chunks), dtype=np.int32)


class _Rows:
    """Rows of numbers that grow at the end and are read as columns."""

    def __init__(self, width: int) -> None:
        self._columns = np.empty((width, 1024), np.int32)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def extend(self, *columns: Sequence[int] | NDArray[Any]) -> None:
        """Add rows, given as columns."""
        width, room = self._columns.shape
        size = self._size + len(columns[0])
        if size > room:
            grown = np.empty((width, 2 * size), np.int32)
            grown[:, : self._size] = self.columns()
            self._columns = grown
        for mine, column in zip(self._columns, columns, strict=True):
            mine[self._size : size] = column
        self._size = size

    def columns(self) -> NDArray[np.int32]:
        """All columns; the array is not to be changed."""
        return self._columns[:, : self._size]


def _character_starts(chunks: ByteChunks) -> NDArray[np.int32]:
    """Where each chunk starts in its text, in code points."""
    texts = np.diff(chunks.bounds)
    starts = chunks.starts - np.repeat(chunks.text_starts, texts)
    if not chunks.encoded.isascii():
        raw = np.frombuffer(chunks.encoded, np.uint8)
        inner = np.flatnonzero((raw & 0xC0) == 0x80)  # bytes that continue a character
        before = _counts_before(inner, chunks.starts)
        starts -= before - np.repeat(_counts_before(inner, chunks.text_starts), texts)
    return starts.astype(np.int32)


def _counts_before(few: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of ``few`` are below each of ``places``; both ascend."""
    counts = np.bincount(np.searchsorted(places, few, side="right"), minlength=len(places) + 1)
    return np.cumsum(counts[:-1])
