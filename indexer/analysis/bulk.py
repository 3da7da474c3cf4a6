"""What are the terms of many texts at once, as numbers?

The same answer as ``Analyzer.tokens``, text by text, in a small part of its time: a chunk that has been seen
is a look-up in a table of bytes, and only a new one goes through the word rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    """Analyses batches of texts. ``number`` gives the number of a pair of stem and form, "" for none.

    What a chunk means is remembered as such numbers, so they have to stay as they are.
    """

    def __init__(self, analyzer: Analyzer, number: Callable[[str, str], int]) -> None:
        self._analyzer = analyzer
        self._number = number
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
        for place in np.flatnonzero(chunks.sizes > _LONG).tolist():
            numbers[place] = self._read_longest(chunks.chunk(place))
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
            fresh = [self._read(chunks.chunk(place)) for place in places[missing[order[new]]].tolist()]
            made = np.array(fresh, np.int32)
            table.add([column[new] for column in wanted], made)
            found[missing[order]] = made[np.cumsum(new) - 1]
        numbers[places] = found

    def _read_longest(self, chunk: str) -> int:
        """The number of a chunk that is too long for the tables."""
        number = self._longest.get(chunk)
        if number is None:
            number = self._longest[chunk] = self._read(chunk)
        return number

    def _read(self, chunk: str) -> int:
        """Read a new chunk by the word rules and number it."""
        analysis = self._analyzer.read(chunk)
        number = len(self._chunks)
        self._chunks.extend((len(analysis), len(self._tokens)))
        for start, end, step, stem, form in analysis:
            self._tokens.extend((step, self._number(stem, form), start, end))
        return number


class _Rows:
    """Rows of numbers that grow at the end and are read as columns."""

    def __init__(self, width: int) -> None:
        self._columns = np.empty((width, 1024), np.int32)
        self._size = 0
        self._recent: list[int] = []

    def __len__(self) -> int:
        return self._size + len(self._recent) // len(self._columns)

    def extend(self, numbers: tuple[int, ...]) -> None:
        """Add the numbers of one row or of several, row by row."""
        self._recent.extend(numbers)

    def columns(self) -> NDArray[np.int32]:
        """All columns; the array is not to be changed."""
        if self._recent:
            width, room = self._columns.shape
            size = len(self)
            if size > room:
                grown = np.empty((width, 2 * size), np.int32)
                grown[:, : self._size] = self._columns[:, : self._size]
                self._columns = grown
            self._columns[:, self._size : size] = np.array(self._recent, np.int32).reshape(-1, width).T
            self._size = size
            self._recent = []
        return self._columns[:, : self._size]


def _character_starts(chunks: ByteChunks) -> NDArray[np.int32]:
    """Where each chunk starts in its text, in code points."""
    texts = np.repeat(np.arange(len(chunks.text_starts)), np.diff(chunks.bounds))
    starts = chunks.starts - chunks.text_starts[texts]
    if not chunks.encoded.isascii():
        raw = np.frombuffer(chunks.encoded, np.uint8)
        inner = np.cumsum((raw & 0xC0) == 0x80, dtype=np.int64)  # bytes up to here that continue a character
        starts -= inner[chunks.starts - 1] - inner[chunks.text_starts - 1][texts]
    return starts.astype(np.int32)
