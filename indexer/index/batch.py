"""Which arrays are a batch of articles to a segment?

Headline, summary and body of every article are analysed as texts of their own and then put into one space of
positions, GAP apart, so that no phrase reaches across. Sentences are found here, once and for all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.bulk import Batch, BulkAnalyzer
from indexer.analysis.bulk_sentences import sentence_starts
from indexer.codec.arrays import Array, offsets
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
    sizes = np.array([(len(a.headline), len(a.summary), len(a.body)) for a in articles], np.int64)
    text_starts = offsets(sizes.ravel())  # with all texts of the batch one after the other
    begin, end = _paragraphs(articles, text_starts)
    found = sentence_starts(
        "".join(text for a in articles for text in (a.headline, a.summary, a.body)), begin, end
    )
    text = np.searchsorted(text_starts, found, side="right") - 1
    offset = found - text_starts[text]
    assert batch.starts is not None
    owner = np.repeat(np.arange(len(batch.lengths)), np.diff(batch.bounds))
    token = np.searchsorted((owner << _TEXT_BITS) + batch.starts, (text << _TEXT_BITS) + offset)
    # A sentence without a word, at the end of its text, stands at the position after the last one.
    position = starts[text] + batch.lengths[text]
    inside = token < batch.bounds[text + 1]
    position[inside] = positions[token[inside]]
    article = text // PARTS
    opens = np.ones(len(found), bool)
    paragraph = np.searchsorted(begin, found, side="right")
    opens[1:] = paragraph[1:] != paragraph[:-1]
    counts = np.bincount(article, minlength=len(articles))
    return SentenceArrays(counts, position, found - text_starts[::PARTS][article], opens)


def _paragraphs(articles: Sequence[Article], text_starts: Array) -> tuple[Array, Array]:
    """Return where paragraphs start and end: headline and summary are one each."""
    spans: list[int] = []
    for article, at in zip(articles, text_starts[::PARTS].tolist(), strict=False):
        summary = at + len(article.headline)
        body = summary + len(article.summary)
        spans += (at, summary, summary, body)
        for start, end in paragraphs(article.body):
            spans += (body + start, body + end)
    both = np.array(spans, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
