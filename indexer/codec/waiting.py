"""Where do tokens wait until all terms and all days are known?

In blocks of about a million: in memory while a block grows, in a scratch file from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array, narrow_type
from indexer.codec.articles import TokenArrays
from indexer.storage.scratch import Scratch

if TYPE_CHECKING:
    from indexer.storage.directory import Directory

BLOCK = 1 << 20  # tokens


class _Aside(NamedTuple):
    """A block in the scratch file: its words, then its positions."""

    place: int
    position: np.dtype[Any]
    counts: Array  # as in TokenArrays


class WaitingTokens:
    """Tokens in the order of their arrival; ``close`` in the end."""

    def __init__(self, directory: Directory) -> None:
        self.n_tokens = 0
        self.most_position = 0
        self._scratch = Scratch(directory)
        self._end = 0  # of what is in it
        self._aside: list[_Aside] = []
        self._growing: list[TokenArrays] = []
        self._n_growing = 0
        self._of_word = np.zeros(0, np.int64)

    def add(self, tokens: TokenArrays) -> None:
        most = int(tokens.position.max(initial=0))
        self.most_position = max(self.most_position, most)
        self.n_tokens += len(tokens.word)
        self._n_growing += len(tokens.word)
        position = tokens.position.astype(narrow_type(most))
        self._growing.append(TokenArrays(tokens.word.astype(np.int32), position, tokens.counts))
        if self._n_growing >= BLOCK:
            self._set_aside(self._grown())
            self._growing.clear()
            self._n_growing = 0

    def of_word(self, n_words: int) -> Array:
        """Return how many tokens each word has in a vocabulary of ``n_words``; once all tokens are there."""
        self._growing = [self._grown()] if self._growing else []
        counts = np.zeros(n_words, np.int64)
        counts[: len(self._of_word)] = self._of_word
        return counts

    def blocks(self) -> Iterator[TokenArrays]:
        """Yield all tokens, some articles at a time; after ``of_word``."""
        for block in self._aside:
            n = int(block.counts.sum())
            word, position = np.empty(n, np.int32), np.empty(n, block.position)
            self._scratch.read(block.place, word)
            self._scratch.read(block.place + word.nbytes, position)
            yield TokenArrays(word, position, block.counts)
        yield from self._growing

    def close(self) -> None:
        """Let go of everything."""
        self._scratch.close()
        self._growing.clear()

    def _grown(self) -> TokenArrays:
        """The block that grows, in one; its words are counted."""
        tokens = TokenArrays(
            np.concatenate([part.word for part in self._growing]),
            np.concatenate([part.position for part in self._growing]),
            np.concatenate([part.counts for part in self._growing]),
        )
        found = np.bincount(tokens.word, minlength=len(self._of_word))
        found[: len(self._of_word)] += self._of_word
        self._of_word = found
        return tokens

    def _set_aside(self, tokens: TokenArrays) -> None:
        self._aside.append(_Aside(self._end, tokens.position.dtype, tokens.counts))
        for column in (tokens.word, tokens.position):
            self._scratch.write(self._end, column)
            self._end += column.nbytes
