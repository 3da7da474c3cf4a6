"""What is each character of a text to the sentences in it?

A table instead of questions, so that a text is classified at once: a kind for every character, and two flags,
for a quote both closes a sentence and opens one.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.sentences import CLOSERS, OTHER_STOPS
from indexer.analysis.stops import OPENERS

Array = NDArray[Any]

INERT, POINT, MARK, BREAK, OTHER, SPACE, WHITE, CAPITAL, SMALL, DIGIT, BRACKET = range(11)
STOPS = OTHER  # kinds from 1 to here are stops
CLOSES, OPENS = 16, 32
_KIND = 15
_PLANE = 1 << 16
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)


@cache
def _table() -> Array:
    """Kind and flags of every character of the first plane; those beyond are inert."""
    table = np.zeros(_PLANE, np.uint8)
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
    return table


def classify(codes: Array) -> tuple[Array, Array]:
    """Kind and flags (u1 each) of every character; ``codes`` are code points (u4)."""
    table = _table()
    narrow = codes.astype(np.uint8).tobytes().translate(table[:256].tobytes())
    both = np.frombuffer(bytearray(narrow), np.uint8)
    wide = np.flatnonzero(codes > 0xFF)
    far = codes[wide]
    both[wide] = np.where(far < _PLANE, table[far.astype(np.uint16)], INERT)
    return both & _KIND, both & ~np.uint8(_KIND)
