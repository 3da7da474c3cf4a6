"""What is each character of a text, to the words and to the sentences in it?

A table instead of questions, so that a text is classified at once: a kind for every character, and flags, for
a quote both closes a sentence and opens one.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.sentences import CLOSERS, OTHER_STOPS
from indexer.analysis.stops import OPENERS
from indexer.analysis.tokenizer import JOINERS, SEPARATORS

Array = NDArray[Any]

INERT, POINT, MARK, BREAK, OTHER, SPACE, WHITE, CAPITAL, SMALL, DIGIT, BRACKET = range(11)
STOPS = OTHER  # kinds from 1 to here are stops
CLOSES, OPENS, JOINS, WORD = 16, 32, 64, 128  # the latter two for ``tokenizer.CHUNK``
_KIND = 15
_PLANE = 1 << 16
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)


@cache
def _table() -> Array:
    """Kind and flags of every character of the first plane, and at the end of all those beyond."""
    table = np.zeros(_PLANE + 1, np.uint8)
    kinds = {
        WHITE: WHITE_SPACE,
        SPACE: " ",
        POINT: ".",
        MARK: "!?",
        BREAK: "\n",
        OTHER: f"…{OTHER_STOPS}",
        CAPITAL: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        SMALL: "abcdefghijklmnopqrstuvwxyz",
        DIGIT: "0123456789",
        BRACKET: "[",  # opens a sentence, or a note that closes one
    }
    for kind, characters in kinds.items():
        table[list(map(ord, characters))] = kind
    table[list(map(ord, CLOSERS))] |= CLOSES
    table[list(map(ord, OPENERS))] |= OPENS
    table[list(map(ord, JOINERS))] |= JOINS
    table[0x80:] |= WORD
    table[np.isin(table & _KIND, (CAPITAL, SMALL, DIGIT))] |= WORD
    table[list(map(ord, SEPARATORS))] &= ~np.uint8(WORD)
    return table


class Characters(NamedTuple):
    """A text, character by character."""

    text: str
    codes: Array  # code points, u2 or u4
    narrow: Array  # u1, their lower bytes
    kinds: Array  # u1
    flags: Array  # u1
    stops: Array  # where those are that may end a sentence, ascending
    wide: Array  # where those beyond Latin-1 are, ascending


def classify(text: str) -> Characters:
    """Look at every character of a text."""
    codes = _codes(text)
    narrow = codes.astype(np.uint8)
    table = _table()
    wide = np.flatnonzero(codes > 0xFF)
    if len(wide) * 4 > len(codes):
        both = table.take(codes, mode="clip")
    else:  # the same for the scripts of Western Europe, several times as fast
        both = np.frombuffer(bytearray(narrow.tobytes().translate(table[:256].tobytes())), np.uint8)
        both[wide] = table.take(codes[wide], mode="clip")
    kinds = both & _KIND
    stops = np.flatnonzero(kinds - 1 < STOPS)  # what is inert, 0, wraps around
    return Characters(text, codes, narrow, kinds, both, stops, wide)


def _codes(text: str) -> Array:
    """The code points of a text, in two bytes each unless one needs more."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        return np.frombuffer(encoded, "<u2")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
