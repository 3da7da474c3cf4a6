"""How is a segment read back to be merged: what lives, and under which new numbers?"""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress

import numpy as np

from indexer.codec.arrays import Array, list_sizes, narrow, offsets
from indexer.codec.documents import PER_DOCUMENT
from indexer.codec.piece import Piece, nothing
from indexer.codec.runs import runs_of
from indexer.codec.segment import Segment
from indexer.codec.source_text import SourceText
from indexer.codec.terms import Terms

READ = 1 << 21  # tokens read at a time


class Source:
    """A segment without its deleted documents, on its way into another."""

    def __init__(self, segment: Segment, deleted: Collection[int] = ()) -> None:
        """Raises ValueError where a deleted document does not exist."""
        self.segment = segment
        self.alive = np.ones(segment.n_docs, bool)
        gone = np.fromiter(deleted, np.int64, len(deleted))
        if len(gone) and not (gone.min() >= 0 and gone.max() < segment.n_docs):
            raise ValueError(f"the segment has {segment.n_docs:,} documents, not number {int(gone.max()):,}")
        self.alive[gone] = False
        self.docs = np.flatnonzero(self.alive)
        self.text = SourceText(segment, self.alive)
        self.new_doc = np.full(segment.n_docs, -1, np.int64)
        self._size, self._form = segment.families.words()
        self._word = offsets(self._size)
        self.n_words = len(self._form)
        self._family_of_word = np.repeat(np.arange(len(self._size)), self._size)
        self._new_family = np.full(len(self._size), -1, np.int64)
        self._living = np.empty(0, np.int64)  # families
        self._new_number = np.zeros(self.n_words, np.int64)
        self._moved = np.zeros(len(self._size), bool)  # families of which a word has another number

    def days(self, undated: int) -> Array:
        """Return the days of the living, ``undated`` where there is none."""
        return self.segment.documents.day_array(undated)[self.docs]

    def numbers(self) -> dict[str, Array]:
        """Return the columns of the living by name (see ``documents``), without days and extras."""
        column = self.segment.documents.column
        return {name: column(name).array()[self.docs].astype(np.int64) for name in PER_DOCUMENT}

    def live_words(self) -> Array:
        """Return the words that stand in a living document."""
        if self.alive.all():
            return np.arange(self.n_words)
        seen = np.zeros(self.n_words, bool)
        counts = list_sizes(self.segment.file["family.token"])
        for low, high in runs_of(counts, READ):
            piece = self.read(low, high)
            lives = np.repeat(self.alive[piece.doc], piece.count)
            word = np.repeat(self._word[piece.family], piece.count) + piece.number
            seen[word[lives]] = True
        return np.flatnonzero(seen)

    def stems_of(self, words: Array) -> tuple[list[bytes], Array]:
        """Return the different stems of ``words``, and for each word which of them; -1 for none."""
        family = self._family_of_word[words]
        return _chosen(self.segment.families.stems, np.where(family < self.segment.n_stems, family, -1))

    def forms_of(self, words: Array) -> tuple[list[bytes], Array]:
        """Return the different forms of ``words``, and for each word which of them; -1 for none."""
        forms = self.segment.families.forms
        form = self._form[words].astype(np.int64)
        return _chosen(forms, np.where(form < len(forms), form, -1))

    def place(self, words: Array, family: Array, number: Array) -> None:
        """Note the new family and number of each of ``words``; all dictionaries have the same order."""
        self._new_family[self._family_of_word[words]] = family
        self._new_number[words] = number
        self._living = np.flatnonzero(self._new_family >= 0)
        new = self._new_family[self._living]
        moved = number != words - self._word[self._family_of_word[words]]
        self._moved[self._family_of_word[words[moved]]] = True
        if (new[1:] <= new[:-1]).any():
            raise self.segment.file.damaged("a dictionary is not in order", 0)

    def sizes(self, n_families: int) -> Array:
        """Return how many tokens go to each new family at most."""
        counts = list_sizes(self.segment.file["family.token"])
        lives = self._new_family >= 0
        return np.bincount(self._new_family[lives], counts[lives], n_families).astype(np.int64)

    def between(self, low: int, high: int) -> Piece:
        """Return the living postings of the new families ``low`` to ``high``, under their new numbers.

        The range must not reach across the end of the stems, where the order of the families begins anew.
        """
        first, end = np.searchsorted(self._new_family[self._living], (low, high)).tolist()
        if first == end:
            return nothing()
        low, high = int(self._living[first]), int(self._living[end - 1]) + 1
        piece = self.read(low, high)
        piece.number = self._renumbered(piece.number, low, high)
        if not self.alive.all():
            piece = piece.take(np.flatnonzero(self.alive[piece.doc]))
        piece.family = self._new_family[piece.family]
        piece.doc = self.new_doc[piece.doc]
        return piece

    def _renumbered(self, number: Array, low: int, high: int) -> Array:
        """The new numbers of all tokens of families ``low`` to ``high``; mostly they are the old."""
        moved = self._moved[low:high]
        counts = list_sizes(self.segment.file["family.token"], low, high)
        tokens = np.flatnonzero(np.repeat(moved, counts))
        word = np.repeat(self._word[low:high][moved], counts[moved]) + number[tokens]
        new = narrow(self._new_number[word])
        number = number.astype(np.promote_types(number.dtype, new.dtype))
        number[tokens] = new
        return number

    def read(self, low: int, high: int) -> Piece:
        """Return families ``low`` to ``high`` as they are in the segment."""
        postings = self.segment.postings
        start, stop = postings.span(low, high)
        position, starts = postings.tokens_between(low, high)
        df, docs = postings.docs_between(low, high)
        counts = list_sizes(self.segment.file["family.token"], low, high)
        if not np.array_equal(starts[offsets(df)], offsets(counts)):
            raise self.segment.file["family.token"].damaged("a list that begins within a posting", low)
        size = self._size[low:high]
        several = np.flatnonzero(np.repeat(size > 1, counts))
        numbers = postings.numbers_between(low, high)
        if len(numbers) != len(several):
            raise self.segment.file["family.number"].damaged("it has not one number for each token", low)
        if (numbers >= np.repeat(size[size > 1], counts[size > 1])).any():
            raise self.segment.file["number"].damaged("a word that is not in its family")
        number = np.zeros(len(position), numbers.dtype)
        number[several] = numbers
        family = np.repeat(np.arange(low, high), df)
        return Piece(family, docs, postings.weights_between(start, stop), starts, position, number)


def _chosen(terms: Terms, number: Array) -> tuple[list[bytes], Array]:
    """The different terms among ``number``, and the place of each in that list; -1 for none."""
    wanted = np.zeros(len(terms) + 1, bool)
    wanted[number] = True
    wanted[-1] = False  # where -1 leads
    place = np.cumsum(wanted) - 1
    place[-1] = -1
    return list(compress(terms, wanted.tolist())), place[number]
