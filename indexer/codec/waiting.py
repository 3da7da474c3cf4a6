"""Where do tokens wait until all terms and all days are known?

In blocks of about a million: in memory while a block grows, in a scratch file from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from indexer.codec.arrays import Array
from indexer.codec.articles import TokenArrays
from indexer.storage.scratch import Scratch

if TYPE_CHECKING:
    from indexer.storage.directory import Directory

BLOCK = 1 << 20  # tokens
_BITS = 32  # of a position; in one number with the word, which is above it
_POSITION = (1 << _BITS) - 1


class WaitingTokens:
    """Tokens in the order of their arrival; ``close`` in the end."""

    def __init__(self, directory: Directory) -> None:
        self.n_tokens = 0
        self.most_position = 0
        self._scratch = Scratch(directory)
        self._end = 0  # of what is in it
        self._aside: list[Array] = []  # the counts (as in TokenArrays) of every block in the scratch file
        self._packed: list[Array] = []  # the block that grows
        self._counts: list[Array] = []
        self._n_packed = 0
        self._of_word = np.zeros(0, np.int64)

    def add(self, tokens: TokenArrays) -> None:
        self.most_position = max(self.most_position, int(tokens.position.max(initial=0)))
        self.n_tokens += len(tokens.word)
        self._n_packed += len(tokens.word)
        self._packed.append(tokens.word.astype(np.int64) << _BITS | tokens.position)
        self._counts.append(tokens.counts)
        if self._n_packed >= BLOCK:
            self._end_block()
            packed = self._packed.pop()
            self._scratch.write(self._end, packed)
            self._end += packed.nbytes
            self._aside.append(self._counts.pop())
            self._n_packed = 0

    def of_word(self, n_words: int) -> Array:
        """Return how many tokens each word has in a vocabulary of ``n_words``; once all tokens are there."""
        self._end_block()
        counts = np.zeros(n_words, np.int64)
        counts[: len(self._of_word)] = self._of_word
        return counts

    def blocks(self) -> Iterator[TokenArrays]:
        """Yield all tokens, some articles at a time; after ``of_word``."""
        place = 0
        for counts in self._aside:
            packed = np.empty(int(counts.sum()), np.int64)
            self._scratch.read(place, packed)
            place += packed.nbytes
            yield TokenArrays(packed >> _BITS, packed & _POSITION, counts)
        for packed, counts in zip(self._packed, self._counts, strict=True):
            yield TokenArrays(packed >> _BITS, packed & _POSITION, counts)

    def close(self) -> None:
        """Let go of everything."""
        self._scratch.close()
        self._packed.clear()

    def _end_block(self) -> None:
        """Put the block that grows together and count its words."""
        if self._packed:
            self._packed = [np.concatenate(self._packed)]
            self._counts = [np.concatenate(self._counts)]
            found = np.bincount(self._packed[0] >> _BITS, minlength=len(self._of_word))
            found[: len(self._of_word)] += self._of_word
            self._of_word = found
