"""Where do the sentences of many paragraphs begin, all at once?

The same answer as ``sentences``, paragraph by paragraph, in a small part of its time. Nearly every stop in
news either ends nothing (``3.5``, ``Mr. Lee``, the last one of a paragraph) or stands between a plain word
and a capital or a digit; those are told by looking at all of them at once. What is left goes through the
rules of ``sentences``, stop by stop.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.abbreviations import EXCLAIMING, KINDS, TITLE
from indexer.analysis.characters import (
    BREAK,
    CAPITAL,
    CLOSES,
    DIGIT,
    INERT,
    MARK,
    OPENS,
    POINT,
    SMALL,
    SPACE,
    STOPS,
    WHITE,
    Characters,
)
from indexer.analysis.chunk_table import ChunkTable
from indexer.analysis.eights import eights
from indexer.analysis.sentences import next_after

Array = NDArray[Any]

LONGEST = 8  # letters of an abbreviation: they fit into a number
MARGIN = 8  # characters before the first paragraph and after the last one that may be looked at
_DOUBTFUL, _NONE = 0, -1
_APOSTROPHES = (ord("'"), ord("’"))
_EIGHT_ONES, _FOUR_SMALL = np.uint64(0x0101010101010101), np.uint64(0x01010101)
_OWNER = np.uint64(0x0100010101010000)  # four small letters, anything, a small letter: woman's


class _Stops(NamedTuple):
    """Stops and what is around them; the first four are of the whole text."""

    codes: Array
    narrow: Array
    kinds: Array
    flags: Array
    at: Array
    owner: Array  # the paragraph
    first: Array  # where that begins
    end: Array  # where it ends


def sentence_starts(characters: Characters, starts: Array, ends: Array) -> Array:
    """The first characters of all sentences, ascending, in code points.

    ``starts`` and ``ends`` are those of the paragraphs, which ascend and do not overlap, with MARGIN
    characters before and after them all.
    """
    starts, ends = _trimmed(characters, starts, ends)
    stops = _stops(characters, starts, ends)
    verdict = _verdicts(stops)
    sure = verdict[verdict > 0]
    rest = _looked_at(characters.text, stops, np.flatnonzero(verdict == _DOUBTFUL), sure)
    return np.sort(np.concatenate((starts, sure, rest)))


def _trimmed(characters: Characters, starts: Array, ends: Array) -> tuple[Array, Array]:
    """The paragraphs without white space around them; those of nothing else left out."""
    starts, ends = starts.copy(), ends.copy()
    around = characters.kinds[np.stack((starts, ends - 1))]
    for i in np.flatnonzero(_is_one_of(around, SPACE, WHITE, BREAK).any(axis=0)).tolist():
        text = characters.text[starts[i] : ends[i]]
        ends[i] = starts[i] + len(text.rstrip())
        starts[i] += len(text) - len(text.lstrip())
    filled = starts < ends
    return starts[filled], ends[filled]


def _stops(characters: Characters, starts: Array, ends: Array) -> _Stops:
    """All stops within the paragraphs but for a last character, after which nothing can begin."""
    low, high = np.searchsorted(characters.stops, np.stack((starts, ends - 1)))
    counts = high - low
    owner = np.repeat(np.arange(len(starts)), counts)
    before = low - (np.cumsum(counts) - counts)  # stops up to there that are outside
    at = characters.stops[np.arange(len(owner)) + before[owner]]
    _, codes, narrow, kinds, flags, _, _ = characters
    return _Stops(codes, narrow, kinds, flags, at, owner, starts[owner], ends[owner])


def _looked_at(text: str, stops: _Stops, doubtful: Array, sure: Array) -> Array:
    """Where sentences begin after the ``doubtful`` among the stops; others do at ``sure``."""
    at, owner, first, end = (each[doubtful] for each in (stops.at, stops.owner, stops.first, stops.end))
    latest = np.concatenate(([0], sure))[np.searchsorted(sure, at)]  # the last sure one before
    found: list[int] = []
    paragraph, number, start, onward = "", -1, 0, 0
    columns = (each.tolist() for each in (at, owner, first, end, latest))
    for place, own, low, high, begun in zip(*columns, strict=True):
        if own != number:
            paragraph, number, start, onward = text[low:high], own, low, low
        if place < onward:
            continue  # it was read with the stop before it
        start = max(start, begun)
        ends, onward = next_after(paragraph, start - low, place - low)
        onward += low
        if ends and onward < high:
            start = onward
            found.append(start)
    return np.array(found, np.int64)


def _verdicts(stops: _Stops) -> Array:
    """Where the sentence begins that surely does after each stop; _NONE or _DOUBTFUL."""
    kinds, at = stops.kinds, stops.at
    kind = kinds[at]
    closed = stops.flags[at + 1] & CLOSES > 0
    gap = at + 1 + closed
    begin = gap + 1
    head = begin + (stops.flags[begin] & OPENS > 0)
    spaced = (kinds[gap] == SPACE) & _is_one_of(kinds[head], CAPITAL, DIGIT) & (head < stops.end)
    words = _word_before(stops)
    exclaimed = (kind == MARK) & ~closed & ~words.special & (kinds[at - 1] - 1 >= STOPS)
    ends = ((kind == POINT) & words.plain & ~words.special) | exclaimed
    nothing = _ends_nothing(stops, gap) | (spaced & (kind == POINT) & words.title)
    verdict: Array = np.where(nothing, _NONE, np.where(spaced & ends, begin, _DOUBTFUL))
    return verdict


def _ends_nothing(stops: _Stops, gap: Array) -> Array:
    """Whether no sentence ends there, whatever is before; ``gap`` is after what closes behind the stop."""
    kinds, at = stops.kinds, stops.at
    second = kinds[gap + 1]
    flat = _is_one_of(kinds[gap], INERT, SMALL, DIGIT) & (stops.flags[gap] & CLOSES == 0)
    flat |= (kinds[gap] == CAPITAL) & (second != SMALL) & (second != SPACE)  # U.S.
    small = (kinds[gap] == SPACE) & (second == SMALL)
    for i in range(2, 6):  # an iPhone begins a sentence
        small &= kinds[gap + i] != CAPITAL
    wrapped = (kinds[at + 1] == SMALL) & (stops.codes[at + 2] != ord(")"))
    kind = kinds[at]
    nothing: Array = np.where(kind <= MARK, (gap >= stops.end) | flat | small, (kind == BREAK) & wrapped)
    return nothing


class _Words(NamedTuple):
    """What stands before each stop, without white space between."""

    plain: Array  # letters that are a word to a reader, if they are not ``special``
    special: Array  # letters that may be more than a word: an abbreviation, a name such as Yahoo!
    title: Array  # letters that end no sentence: Mr.


def _word_before(stops: _Stops) -> _Words:
    """Tell plain words: white space is before them, or their last four letters are small, or they own.

    The characters before a stop are read as one number, the nearest in its highest byte.
    """
    kinds, at = stops.kinds, stops.at
    size = np.minimum(_ones_before(kinds - CAPITAL < 2, at), at - stops.first)  # letters: CAPITAL or SMALL
    unread = (8 * (LONGEST - size)).astype(np.uint64)
    packed = _eight_before(stops.narrow, at) >> unread
    outside = at - 1 - size
    alone = (outside < stops.first) | _is_one_of(kinds[outside], SPACE, WHITE)
    small = _eight_before((kinds == SMALL).view(np.uint8), at)
    ordinary = (size >= 4) & (small >> np.uint64(32) == _FOUR_SMALL)
    owning = (small & _OWNER == _OWNER) & _is_one_of(stops.codes[at - 2], *_APOSTROPHES)
    owning &= at - 6 >= stops.first  # it is not the number of a list item
    word = _special_words().find([packed])
    plain = (alone & (size >= 2)) | ordinary | owning
    special = word > 0
    return _Words(plain, special, alone & special & (word % 2 > 0))


def _ones_before(flags: Array, places: Array) -> Array:
    """How many characters before each of ``places`` have the flag, one beside the other; LONGEST at most."""
    zeros = _eight_before(flags.view(np.uint8), places) ^ _EIGHT_ONES
    highest = np.frexp(zeros.astype(np.float64))[1]  # bits of the number
    return (LONGEST - 1) - ((highest - 1) >> 3)


def _eight_before(values: Array, places: Array) -> Array:
    """The bytes at the LONGEST places before each of ``places`` as one number."""
    numbers: Array = eights(values)[places - LONGEST]
    return numbers


def _is_one_of(values: Array, *few: int) -> Array:
    found: Array = np.logical_or.reduce([values == one for one in few])
    return found


@cache
def _special_words() -> ChunkTable:
    """The words that may be more, as ``_word_before`` packs them; titles have odd numbers, none has 0."""
    kinds = {word: kind for word, kind in KINDS.items() if word.isalpha()}
    shouted = {
        word.upper(): kind for word, kind in kinds.items() if len(word) > 2 and word == word.capitalize()
    }
    kinds = dict.fromkeys(EXCLAIMING, "") | shouted | kinds
    packed = [int.from_bytes(word.encode(), "little") for word in kinds]
    titles = np.array([kind == TITLE for kind in kinds.values()])
    table = ChunkTable(1)
    table.add([np.array(packed, np.uint64)], np.arange(2, 2 + 2 * len(packed), 2, dtype=np.int32) + titles)
    return table
