"""Where are the chunks of many texts at once?

The rule of ``tokenizer.CHUNK``, put to what is known of every character, without a loop over words.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.characters import JOINS, OPENS, POINT, WORD, Characters
from indexer.analysis.joined import Joined

Array = NDArray[Any]

_SECOND = JOINS | OPENS  # apostrophe and hyphen: of the joiners only these may open a sentence


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of several texts.

    ``starts`` and ``ends`` are places in ``joined``, one item a chunk; ``bounds[i] : bounds[i + 1]`` are the
    chunks of text i. ``wide`` are the numbers of those that hold characters beyond Latin-1.
    """

    joined: Joined
    starts: Array
    ends: Array
    bounds: Array
    wide: Array

    def texts(self, numbers: Array) -> list[str]:
        """Some chunks as texts."""
        text = self.joined.text
        spans = zip(self.starts[numbers].tolist(), self.ends[numbers].tolist(), strict=True)
        return [text[start:end] for start, end in spans]


def find_chunks(joined: Joined) -> Chunks:
    """Find the chunks of all texts."""
    characters = joined.characters
    edges = np.flatnonzero(np.diff(_inside(characters)))  # the characters before each start and each end
    starts, ends = edges[::2] + 1, edges[1::2] + 1
    words = characters.wide[characters.flags[characters.wide] & WORD > 0]
    runs = words[np.diff(words, prepend=-1) != 1]  # a character beside another is in the same chunk
    owner = np.searchsorted(starts, runs, side="right") - 1
    wide = owner[np.flatnonzero(np.diff(owner, prepend=-1))]
    return Chunks(joined, starts, ends, np.searchsorted(starts, joined.starts), wide)


def _inside(characters: Characters) -> NDArray[np.bool_]:
    """Which characters are in a chunk: those of words, and joiners where they join."""
    flags = characters.flags
    word = flags & WORD > 0
    inside = word.copy()
    inside[1:-1] |= (flags[1:-1] & JOINS > 0) & word[:-2] & word[2:]
    pair = (characters.kinds[1:-2] == POINT) & (flags[2:-1] & _SECOND == _SECOND)  # U.S.-led, U.S.'s
    pair &= word[:-3] & word[3:]
    inside[1:-2] |= pair
    inside[2:-1] |= pair
    return inside
