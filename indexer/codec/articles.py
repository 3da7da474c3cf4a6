"""What does a builder have to know about an article?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from indexer.analysis.shingles import Sketches
from indexer.codec.arrays import Array, offsets


class Described(Protocol):
    """An article: ``documents.article.Article`` has it all."""

    @property
    def id(self) -> str: ...
    @property
    def own_id(self) -> bool: ...
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def body_line(self) -> int: ...
    @property
    def day(self) -> int | None: ...
    @property
    def headline(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def body(self) -> str: ...


class Placed(Protocol):
    """A token: ``analysis.Token`` has it all."""

    @property
    def position(self) -> int: ...
    @property
    def stem(self) -> str: ...
    @property
    def form(self) -> str: ...


@dataclass(slots=True)
class TokenArrays:
    """Tokens of several articles, ascending by position within each article."""

    word: Array  # number in the vocabulary
    position: Array
    counts: Array  # [articles, 3]: tokens of headline, summary and body


@dataclass(slots=True)
class SentenceArrays:
    """Sentences of several articles; see ``sentence_table``."""

    counts: Array  # per article
    position: Array
    offset: Array
    opens: Array  # a paragraph


@dataclass(slots=True)
class Collected:
    """Everything about the articles of a segment but text and tokens, in the order of their arrival."""

    extra: dict[str, list[int]]
    ids: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    sources: list[str | None] = field(default_factory=list)
    days: list[int | None] = field(default_factory=list)
    numbers: list[Array] = field(default_factory=list)  # see NUMBERS
    sentences: list[SentenceArrays] = field(default_factory=list)
    sketches: list[Sketches] = field(default_factory=list)

    def add(
        self,
        articles: Sequence[Described],
        sentences: SentenceArrays,
        sketches: Sketches,
        extra: dict[str, list[int]],
    ) -> None:
        self.ids += [article.id for article in articles]
        self.paths += [article.path for article in articles]
        self.sources += [article.source for article in articles]
        self.days += [article.day for article in articles]
        numbers = [
            (len(a.headline), len(a.summary), len(a.body), a.line, a.body_line, int(a.own_id))
            for a in articles
        ]
        self.numbers.append(np.array(numbers, np.int64).reshape(-1, len(NUMBERS)))
        for name, values in extra.items():
            self.extra[name].extend(values)
        position, offset = (each.astype(np.uint32) for each in (sentences.position, sentences.offset))
        self.sentences.append(SentenceArrays(sentences.counts, position, offset, sentences.opens))
        self.sketches.append(sketches)


NUMBERS = ("headline", "summary", "body", "line", "body_line", "own")


def check(
    articles: Sequence[Described], tokens: TokenArrays, sentences: SentenceArrays, n_words: int
) -> None:
    """Raise ValueError where arrays do not fit together, or words or positions cannot be."""
    n_tokens, n_sentences = len(tokens.word), len(sentences.position)
    sizes = [
        tokens.counts.shape == (len(articles), 3),
        n_tokens == len(tokens.position) == tokens.counts.sum(),
        len(sentences.counts) == len(articles),
        n_sentences == len(sentences.offset) == len(sentences.opens) == sentences.counts.sum(),
    ]
    if not all(sizes):
        raise ValueError("the arrays do not fit together")
    if n_tokens and not (tokens.position.min() >= 0 and tokens.position.max() < 1 << 31):
        raise ValueError("a position is out of range")
    if n_tokens and not (tokens.word.min() >= 0 and tokens.word.max() < n_words):
        raise ValueError("a word is not in the vocabulary")
    if not _ascending(tokens):
        raise ValueError("the tokens of an article are not in the order of their positions")


def _ascending(tokens: TokenArrays) -> bool:
    """Whether positions never fall within a part and rise from part to part of an article."""
    position = tokens.position
    part = np.zeros(len(position) + 1, bool)  # begins here
    part[offsets(tokens.counts.ravel())] = True
    article = np.zeros(len(position) + 1, bool)
    article[offsets(tokens.counts.sum(axis=1))] = True
    falls = position[1:] < position[:-1]
    stays = position[1:] == position[:-1]
    return not ((falls | (stays & part[1:-1])) & ~article[1:-1]).any()
