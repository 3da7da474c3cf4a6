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
from indexer.analysis.sentences import next_after, sentences
from indexer.analysis.stop_kinds import (
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
    classify,
)

Array = NDArray[Any]

LONGEST = 8  # letters of an abbreviation: they fit into a number
_MARGIN = 8  # characters before the text and after it that may be looked at
_DOUBTFUL, _NONE = 0, -1
_APOSTROPHES = (ord("'"), ord("’"))


class _Stops(NamedTuple):
    """Stops and what is around them; ``codes``, ``kinds`` and ``flags`` are of the whole text."""

    codes: Array
    kinds: Array
    flags: Array
    at: Array
    owner: Array  # the paragraph
    first: Array  # where that begins
    end: Array  # where it ends


def sentence_starts(text: str, starts: Array, ends: Array) -> Array:
    """The first characters of all sentences, ascending, in code points of ``text``.

    ``starts`` and ``ends`` are those of the paragraphs, which ascend and do not overlap.
    """
    filled = starts < ends
    margin = "\0" * _MARGIN
    text = f"{margin}{text}{margin}"
    starts, ends = starts[filled] + _MARGIN, ends[filled] + _MARGIN
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds, flags = classify(codes)
    trimmed = ~_is_one_of(kinds[np.stack((starts, ends - 1))], SPACE, WHITE, BREAK).any(axis=0)
    untrimmed = _one_by_one(text, starts[~trimmed], ends[~trimmed])
    starts, ends = starts[trimmed], ends[trimmed]
    stops = _stops(codes, kinds, flags, starts, ends)
    verdict = _verdicts(stops)
    sure = verdict[verdict > 0]
    rest = _looked_at(text, stops, np.flatnonzero(verdict == _DOUBTFUL), sure)
    return np.sort(np.concatenate((untrimmed, starts, sure, rest))) - _MARGIN


def _stops(codes: Array, kinds: Array, flags: Array, starts: Array, ends: Array) -> _Stops:
    """All stops within the paragraphs."""
    at = np.flatnonzero(kinds - 1 < STOPS)  # what is inert, 0, wraps around
    low, high = np.searchsorted(at, np.stack((starts, ends)))
    counts = high - low
    owner = np.repeat(np.arange(len(starts)), counts)
    before = low - (np.cumsum(counts) - counts)  # stops up to there that are outside
    at = at[np.arange(len(owner)) + before[owner]]
    return _Stops(codes, kinds, flags, at, owner, starts[owner], ends[owner])


def _one_by_one(text: str, starts: Array, ends: Array) -> Array:
    """The same for paragraphs with white space around them."""
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    return np.array([low + begin for low, end in spans for begin, _ in sentences(text[low:end])], np.int64)


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
    """Tell plain words: white space is before them, or their last four letters are small, or they own."""
    kinds, at = stops.kinds, stops.at
    places = at[:, None] - np.arange(1, LONGEST + 1)
    before = kinds[places]
    letter = _is_one_of(before, CAPITAL, SMALL) & (places >= stops.first[:, None])
    letter = np.logical_and.accumulate(letter, axis=1)
    codes = stops.codes[places]
    packed = np.where(letter, codes, 0).astype(np.uint8).view("<u8").ravel()
    size = letter.sum(axis=1)
    outside = at - 1 - size
    alone = (outside < stops.first) | _is_one_of(kinds[outside], SPACE, WHITE)
    small = before == SMALL
    owning = small[:, 0] & _is_one_of(codes[:, 1], *_APOSTROPHES) & small[:, 2:6].all(axis=1)
    owning &= at - 6 >= stops.first  # it is not the number of a list item
    special, title = _special_words()
    plain = (alone & (size >= 2)) | (letter[:, :4] & small[:, :4]).all(axis=1) | owning
    return _Words(plain, _is_in(packed, special), alone & _is_in(packed, title))


def _is_one_of(values: Array, *few: int) -> Array:
    found: Array = np.logical_or.reduce([values == one for one in few])
    return found


def _is_in(values: Array, ascending: Array) -> Array:
    found: Array = ascending.take(np.searchsorted(ascending, values), mode="clip") == values
    return found


@cache
def _special_words() -> tuple[Array, Array]:
    """The words that may be more, and those among them that are titles, as ``_word_before`` packs them."""
    kinds = {word: kind for word, kind in KINDS.items() if word.isalpha()}
    shouted = {
        word.upper(): kind for word, kind in kinds.items() if len(word) > 2 and word == word.capitalize()
    }
    kinds = shouted | kinds
    titles = [word for word, kind in kinds.items() if kind == TITLE]
    return _packed([*kinds, *EXCLAIMING]), _packed(titles)


def _packed(words: list[str]) -> Array:
    return np.array(sorted({int.from_bytes(word.encode(), "big") for word in words}), np.uint64)
