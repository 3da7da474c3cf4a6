"""Which arrays are a batch of articles to a segment?

Headline, summary and body of every article are analysed as texts of their own and then put into one space of
positions, GAP apart, so that no phrase reaches across. Sentences are found here, once and for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.analysis.bulk import Batch, BulkAnalyzer
from indexer.analysis.sentences import sentences
from indexer.codec.arrays import Array
from indexer.codec.articles import SentenceArrays, TokenArrays
from indexer.documents.article import Article, paragraphs
from indexer.index.schema import GAP

PARTS = 3  # headline, summary, body
_TEXT_BITS = 32  # of a key: the number of the text above them, a place in it


def arrays_of(articles: Sequence[Article], bulk: BulkAnalyzer) -> tuple[TokenArrays, SentenceArrays]:
    """Return tokens and sentences of ``articles``, in their order."""
    texts = [text for article in articles for text in (article.headline, article.summary, article.body)]
    batch = bulk.analyse(texts, offsets=True)
    counts = np.diff(batch.bounds)
    starts = part_starts(batch.lengths)
    positions = batch.positions + np.repeat(starts, counts)
    tokens = TokenArrays(batch.words, positions, counts.reshape(-1, PARTS))
    return tokens, _sentence_arrays(articles, batch, starts, positions)


def part_starts(lengths: Array) -> Array:
    """Return the position at which each text starts, for texts that take ``lengths`` positions each.

    >>> part_starts(np.array([3, 0, 50])).tolist()
    [0, 103, 203]
    """
    by_article = lengths.reshape(-1, PARTS).astype(np.int64)
    starts = np.zeros_like(by_article)
    starts[:, 1] = by_article[:, 0] + GAP
    starts[:, 2] = starts[:, 1] + by_article[:, 1] + GAP
    return starts.ravel()


def _sentence_arrays(
    articles: Sequence[Article], batch: Batch, starts: Array, positions: Array
) -> SentenceArrays:
    found = [list(_sentences(article)) for article in articles]
    counts = np.array([len(one) for one in found], np.int64)
    flat = np.array([row for one in found for row in one], np.int64).reshape(-1, 4)
    text = np.repeat(np.arange(len(articles)) * PARTS, counts) + flat[:, 0]
    assert batch.starts is not None
    owner = np.repeat(np.arange(len(batch.lengths)), np.diff(batch.bounds))
    token = np.searchsorted((owner << _TEXT_BITS) + batch.starts, (text << _TEXT_BITS) + flat[:, 1])
    # A sentence without a word, at the end of its text, stands at the position after the last one.
    position = starts[text] + batch.lengths[text]
    inside = token < batch.bounds[text + 1]
    position[inside] = positions[token[inside]]
    return SentenceArrays(counts, position, flat[:, 2], flat[:, 3] != 0)


def _sentences(article: Article) -> Iterator[tuple[int, int, int, int]]:
    """Yield (part, offset in it, offset in the stored text, opens a paragraph) of each sentence."""
    base = 0
    for part, text in enumerate((article.headline, article.summary)):
        for number, (start, _) in enumerate(sentences(text)):
            yield part, start, base + start, number == 0
        base += len(text)
    for begin, end in paragraphs(article.body):
        for number, (start, _) in enumerate(sentences(article.body[begin:end])):
            yield 2, begin + start, base + begin + start, number == 0
