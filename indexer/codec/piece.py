"""What is a stretch of postings while it is in memory, and how do several become one?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.codec.arrays import Array, offsets, spread


@dataclass(slots=True)
class Piece:
    """Postings of a range of families, ascending by (family, document), and their tokens in that order."""

    family: Array  # per posting
    doc: Array
    weight: Array  # exact, in units
    count: Array  # tokens
    position: Array  # per token
    number: Array  # of the token's word in its family

    def take(self, order: Array) -> Piece:
        """Return the postings ``order`` (indexes), with their tokens."""
        count = self.count[order]
        tokens = spread(offsets(self.count)[:-1][order], count)
        return Piece(
            self.family[order],
            self.doc[order],
            self.weight[order],
            count,
            self.position[tokens],
            self.number[tokens],
        )


def joined(pieces: list[Piece], ascending: bool) -> Piece:
    """Return the postings of all pieces, which share none, in order.

    ``ascending`` promises that every document of a piece comes before every document of the next, which
    spares the sort.
    """
    pieces = [piece for piece in pieces if len(piece.family)]
    if not pieces:
        nothing = np.empty(0, np.int64)
        return Piece(nothing, nothing, nothing, nothing, nothing, nothing)
    if len(pieces) == 1:
        return pieces[0]
    whole = Piece(
        np.concatenate([piece.family for piece in pieces]),
        np.concatenate([piece.doc for piece in pieces]),
        np.concatenate([piece.weight for piece in pieces]),
        np.concatenate([piece.count for piece in pieces]),
        np.concatenate([piece.position for piece in pieces]),
        np.concatenate([piece.number for piece in pieces]),
    )
    if ascending:
        return whole.take(_order_of_families([piece.family for piece in pieces]))
    key = whole.family.astype(np.int64) << 32 | whole.doc
    return whole.take(np.argsort(key, kind="stable"))


def _order_of_families(lists: list[Array]) -> Array:
    """Return the stable order by value of sorted lists standing one after the other, without sorting."""
    low = min(int(each[0]) for each in lists)
    size = max(int(each[-1]) for each in lists) - low + 1
    counts = [np.bincount(each - low, minlength=size) for each in lists]
    cursor = offsets(sum(counts[1:], counts[0]))[:-1]
    order = np.empty(sum(map(len, lists)), np.int64)
    done = 0
    for each, count in zip(lists, counts, strict=True):
        order[spread(cursor, count)] = np.arange(done, done + len(each))
        cursor += count
        done += len(each)
    return order


class PieceCursor:
    """Hands out a piece from its beginning, range of families by range."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._posting = self._token = 0

    def below(self, family: int) -> Piece:
        """Return the postings not yet handed out of the families below ``family``."""
        piece = self._piece
        start, first = self._posting, self._token
        stop = int(np.searchsorted(piece.family, family))
        count = piece.count[start:stop]
        self._posting, self._token = stop, first + int(count.sum(dtype=np.int64))
        postings, tokens = slice(start, stop), slice(first, self._token)
        return Piece(
            piece.family[postings],
            piece.doc[postings],
            piece.weight[postings],
            count,
            piece.position[tokens],
            piece.number[tokens],
        )
