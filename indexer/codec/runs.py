"""How do tokens become postings?

Tokens stand in the order of the text; postings are wanted in the order of families. One plain sort of
64-bit numbers does it, as everything about a token fits into one: family, document, position, number of the
word, weight, from the highest bits to the lowest. Sorting numbers is several times faster than sorting
indexes, nothing has to be fetched afterwards, and runs of a million stay near the cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.codec.arrays import Array, narrow
from indexer.codec.piece import Piece

RUN = 1 << 20  # tokens
KEY_BITS = 63


@dataclass(slots=True)
class TokenRun:
    """Tokens of some documents, ascending by (document, position); ``doc`` counts from ``first_doc``."""

    word: Array
    doc: Array
    position: Array
    weight: Array  # in units
    first_doc: int


def sort_run(run: TokenRun, family: Array, number: Array) -> Piece:
    """Return the postings of a run; ``family`` and ``number`` are those of each word.

    Raises ValueError where a family stands twice at one position.
    """
    if not len(run.word):
        nothing = np.empty(0, np.int64)
        return Piece(nothing, nothing, nothing, nothing, nothing, nothing)
    widths = [_bits(values) for values in (family, run.doc, run.position, number, run.weight)]
    if sum(widths) > KEY_BITS:
        return _sorted_by_columns(run, family, number)
    for_family, for_doc, for_position, for_number = np.cumsum(widths[::-1])[-2::-1].tolist()
    key = (family.astype(np.int64) << for_family | number.astype(np.int64) << for_number)[run.word]
    key |= run.doc.astype(np.int64) << for_doc
    key |= run.position.astype(np.int64) << for_position
    key |= run.weight
    key.sort()
    weight = key & _mask(widths[4])
    words = key >> for_number & _mask(widths[3])
    key >>= for_position
    position = key & _mask(widths[2])
    twice = np.flatnonzero(key[1:] == key[:-1])
    key >>= widths[2]
    return _piece(key >> widths[1], key & _mask(widths[1]), position, words, weight, run.first_doc, twice)


def _sorted_by_columns(run: TokenRun, family: Array, number: Array) -> Piece:
    """The same for what does not fit into one number: giant documents of giant vocabularies."""
    order = np.lexsort((run.position, run.doc, family[run.word]))
    word, doc, position = run.word[order], run.doc[order].astype(np.int64), run.position[order]
    families = family[word].astype(np.int64)
    same = (families[1:] == families[:-1]) & (doc[1:] == doc[:-1]) & (position[1:] == position[:-1])
    return _piece(
        families, doc, position, number[word], run.weight[order], run.first_doc, np.flatnonzero(same)
    )


def _piece(
    family: Array, doc: Array, position: Array, number: Array, weight: Array, first_doc: int, twice: Array
) -> Piece:
    """Postings of sorted tokens."""
    if len(twice):
        where = f"document {int(doc[twice[0]]) + first_doc}, position {int(position[twice[0]])}"
        raise ValueError(f"two tokens of one family stand at one position: {where}")
    new = np.ones(len(family), bool)
    new[1:] = (family[1:] != family[:-1]) | (doc[1:] != doc[:-1])
    first = np.flatnonzero(new)
    return Piece(
        family[first].astype(np.int32),
        (doc[first] + first_doc).astype(np.uint32),
        narrow(np.add.reduceat(weight, first, dtype=np.int64)),
        narrow(np.diff(np.append(first, len(family)))),
        narrow(position),
        narrow(number),
    )


def _bits(values: Array) -> int:
    return int(values.max()).bit_length()


def _mask(bits: int) -> int:
    return (1 << bits) - 1


def runs_of(counts: Array, most: int = RUN) -> list[tuple[int, int]]:
    """Cut a list of items of sizes ``counts`` into stretches of about ``most``, each of an item at least.

    >>> runs_of(np.array([3, 3, 9, 1]), 5)
    [(0, 1), (1, 2), (2, 3), (3, 4)]
    """
    ends = np.cumsum(counts)
    result = []
    start = done = 0
    while start < len(counts):
        stop = max(start + 1, int(np.searchsorted(ends, done + most, side="right")))
        result.append((start, stop))
        start, done = stop, int(ends[stop - 1])
    return result
