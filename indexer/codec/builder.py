"""How do articles and their tokens become a segment?

    builder = SegmentBuilder(directory, vocabulary)
    builder.add(article, (headline_tokens, summary_tokens, body_tokens), sentences)
    builder.add_bulk(articles, TokenArrays(...), SentenceArrays(...))
    written = builder.finish("000001-segment")

Text is packed as it comes. Tokens wait in a scratch file until ``finish`` knows all terms and all days;
``ordering`` does the rest. Memory is bounded by whoever calls ``finish`` once ``builder.n_tokens`` is large
enough: ``FULL`` is a good size, about 300,000 articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.shingles import sketch
from indexer.codec.articles import Collected, Described, Placed, SentenceArrays, TokenArrays, check
from indexer.codec.impact import WEIGHTS, Weights
from indexer.codec.ordering import write_collected
from indexer.codec.segment_writer import Written, new_file
from indexer.codec.sentence_table import Sentence
from indexer.codec.stored import TextWriter
from indexer.codec.vocabulary import Vocabulary
from indexer.codec.waiting import WaitingTokens
from indexer.storage.directory import Directory

FULL = 1 << 27  # tokens


class SegmentBuilder:
    """Collects articles and writes them as one segment. After an error in ``finish`` it is of no more use."""

    def __init__(
        self,
        directory: Directory,
        vocabulary: Vocabulary,
        weights: Weights = WEIGHTS,
        extra: Sequence[str] = (),
        known: Callable[[], bytes] | None = None,
    ) -> None:
        """``extra`` names further numbers that come with every article.

        ``known`` is asked for the dictionary of a segment with like texts, should there be enough of them.
        """
        self._out = new_file(directory)
        self._vocabulary = vocabulary
        self._weights = weights
        self._text = TextWriter(self._out, known)
        self._tokens = WaitingTokens(directory)
        self._collected = Collected({name: [] for name in extra})

    @property
    def n_tokens(self) -> int:
        return self._tokens.n_tokens

    @property
    def n_docs(self) -> int:
        return len(self._collected.ids)

    def add(
        self,
        article: Described,
        parts: Sequence[Sequence[Placed]],
        sentences: Sequence[Sentence] = (),
        **extra: int,
    ) -> None:
        """Add one article. ``parts`` are the tokens of headline, summary and body, in one space of positions.

        A stem or form that its position has already is left out. Raises ValueError for tokens out of order or
        with terms that cannot be stored; then nothing was added.
        """
        words, positions, counts = self._words(parts)
        self.add_bulk(
            [article],
            TokenArrays(
                np.array(words, np.int64), np.array(positions, np.int64), np.array([counts], np.int64)
            ),
            SentenceArrays(
                np.array([len(sentences)], np.int64),
                np.array([sentence.position for sentence in sentences], np.int64),
                np.array([sentence.offset for sentence in sentences], np.int64),
                np.array([sentence.opens for sentence in sentences], bool),
            ),
            {name: [value] for name, value in extra.items()},
        )

    def add_bulk(
        self,
        articles: Sequence[Described],
        tokens: TokenArrays,
        sentences: SentenceArrays,
        extra: dict[str, list[int]] | None = None,
    ) -> None:
        """Add several articles at once. Raises ValueError for tokens out of order; then nothing was added."""
        check(articles, tokens, sentences, len(self._vocabulary))
        given = extra or {}
        if given.keys() != self._collected.extra.keys():
            raise ValueError(f"extra numbers {sorted(given)}, not {sorted(self._collected.extra)}")
        for article in articles:
            self._text.add("".join((article.headline, article.summary, article.body)))
        sketches = sketch(self._vocabulary.hashes().take(tokens.word), tokens.counts)
        self._tokens.add(tokens)
        self._collected.add(articles, sentences, sketches, given)

    @property
    def dictionary(self) -> bytes:
        """What the texts are packed with; b"" where there are not enough of them yet."""
        return self._text.dictionary

    def _words(self, parts: Sequence[Sequence[Placed]]) -> tuple[list[int], list[int], list[int]]:
        """Words, positions, and how many of them each part has."""
        word = self._vocabulary.word
        words: list[int] = []
        positions: list[int] = []
        ends = [0]
        for part in parts:
            here: int | None = None
            for token in part:
                stem, form = token.stem, token.form
                if token.position != here:
                    here, together = token.position, [(stem, form)]
                else:
                    stem = "" if any(stem == other for other, _ in together) else stem
                    form = "" if any(form == other for _, other in together) else form
                    together.append((stem, form))
                if stem or form:
                    words.append(word(stem, form))
                    positions.append(here)
            ends.append(len(words))
        return words, positions, [stop - start for start, stop in pairwise(ends)]

    def finish(self, name: str) -> Written:
        """Write the segment into the new file ``name``; not yet durable. Raises StorageError."""
        self._text.finish()
        try:
            return write_collected(
                self._out, name, self._collected, self._tokens, self._vocabulary, self._weights
            )
        finally:
            self._tokens.close()

    def abandon(self) -> None:
        """Let go of everything that was collected."""
        self._out.close()
        self._tokens.close()
