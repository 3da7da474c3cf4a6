"""Which number does a pair of stem and form have, while segments are being built?

Numbers are handed out in the order of first sight and stay for as long as the process lives, so that what a
chunk of text means can be remembered as numbers. Every segment orders the pairs that it uses for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, islice

import numpy as np

from indexer.analysis.shingles import hashes
from indexer.codec.arrays import Array
from indexer.codec.families import FamilyTable, arrange
from indexer.codec.ranking import ranked


class Vocabulary:
    """Pairs of stem and form; either may be "", which adds nothing to that field, not both."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._hashes = np.empty(0, np.uint64)  # with room for more
        self._hashed = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def word(self, stem: str, form: str) -> int:
        """Return the number of a pair. Raises ValueError for a term that the dictionary cannot hold."""
        number = self._numbers.get((stem, form))
        if number is None:
            if not stem and not form:
                raise ValueError("a token has neither a stem nor a form")
            if not _fit(stem + form):
                raise ValueError(f"the term {stem!r}, {form!r} holds a line feed or a zero")
            number = self._numbers[stem, form] = len(self._numbers)
        return number

    def words(self, stems: Sequence[str], forms: Sequence[str]) -> list[int]:
        """Return the numbers of several pairs; raises as ``word`` does."""
        numbers = self._numbers
        fit = _fit("".join(stems)) and _fit("".join(forms))
        if not fit or ("", "") in zip(stems, forms, strict=True):
            return list(map(self.word, stems, forms))  # which says what is wrong
        return [numbers.setdefault(pair, len(numbers)) for pair in zip(stems, forms, strict=True)]

    def hashes(self) -> Array:
        """Return a hash of each number: that of its stem, or of its form where it has none."""
        size = len(self._numbers)
        new = list(islice(reversed(self._numbers), size - self._hashed))
        if size > len(self._hashes):
            self._hashes = np.concatenate((self._hashes[: self._hashed], np.empty(size, np.uint64)))
        self._hashes[self._hashed : size] = hashes([stem or form for stem, form in reversed(new)])
        self._hashed = size
        return self._hashes[:size]

    def arranged(self, used: Array) -> tuple[FamilyTable, Array, Array, Array, Array]:
        """Order the pairs marked in ``used`` (bool, one for each number).

        Returns the table, and for every pair: its family, its number there, whether it has a stem, a form.
        What is said of pairs not used means nothing.
        """
        chosen = np.flatnonzero(used)
        pairs = list(compress(self._numbers, used.tolist()))
        stems, stem = ranked([pair[0] for pair in pairs])
        forms, form = ranked([pair[1] for pair in pairs])
        table, family, number = arrange(stem, form, stems, forms)
        results = []
        for values in (family, number, stem >= 0, form >= 0):
            whole = np.zeros(len(used), values.dtype)
            whole[chosen] = values
            results.append(whole)
        return table, results[0], results[1], results[2], results[3]


def _fit(text: str) -> bool:
    """Whether a dictionary can hold it: terms are parted by line feeds, and sorted as if zeros followed."""
    return "\n" not in text and "\0" not in text
