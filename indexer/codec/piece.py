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
    start: Array  # the first token of each posting, and the end
    position: Array  # per token
    number: Array  # of the token's word in its family

    @property
    def count(self) -> Array:
        """How many tokens each posting has."""
        count: Array = np.diff(self.start)
        return count

    def take(self, order: Array) -> Piece:
        """Return the postings ``order`` (indexes), with their tokens."""
        count = self.count.take(order)
        tokens = spread(self.start.take(order), count)
        return Piece(
            self.family.take(order),
            self.doc.take(order),
            self.weight.take(order),
            offsets(count),
            self.position.take(tokens),
            self.number.take(tokens),
        )


def nothing() -> Piece:
    """Return a piece of no postings."""
    empty = np.empty(0, np.int64)
    return Piece(empty, empty, empty, np.zeros(1, np.int64), empty, empty)


def joined(pieces: list[Piece], ascending: bool) -> Piece:
    """Return the postings of all pieces, which share none, in order.

    ``ascending`` promises that every document of a piece comes before every document of the next, which
    spares the sort.
    """
    pieces = [piece for piece in pieces if len(piece.family)]
    if not pieces:
        return nothing()
    if len(pieces) == 1:
        return pieces[0]
    ends = offsets(np.array([piece.start[-1] for piece in pieces]))
    starts = [piece.start[:-1] + end for piece, end in zip(pieces, ends, strict=False)]
    whole = Piece(
        np.concatenate([piece.family for piece in pieces]),
        np.concatenate([piece.doc for piece in pieces]),
        np.concatenate([piece.weight for piece in pieces]),
        np.concatenate([*starts, ends[-1:]]),
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
