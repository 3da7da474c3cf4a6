"""Which arrays are a batch of articles to a segment?

Headline, summary and body of every article are analysed as texts of their own and then put into one space of
positions, GAP apart, so that no phrase reaches across. Sentences are found here, once and for all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.bulk import Batch, BulkAnalyzer
from indexer.analysis.bulk_sentences import sentence_starts
from indexer.analysis.joined import Joined
from indexer.codec.arrays import Array
from indexer.codec.articles import SentenceArrays, TokenArrays
from indexer.documents.article import Article
from indexer.index.paragraphs import PARTS, paragraph_bounds
from indexer.index.schema import GAP


def arrays_of(articles: Sequence[Article], bulk: BulkAnalyzer) -> tuple[TokenArrays, SentenceArrays]:
    """Return tokens and sentences of ``articles``, in their order."""
    joined = Joined(
        [text for article in articles for text in (article.headline, article.summary, article.body)]
    )
    batch = bulk.analyse(joined)
    counts = np.diff(batch.bounds)
    starts = part_starts(batch.lengths)
    positions = batch.positions + np.repeat(starts.astype(np.int32), counts)
    tokens = TokenArrays(batch.words, positions, counts.reshape(-1, PARTS))
    return tokens, _sentence_arrays(articles, joined, batch, starts, positions)


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
    articles: Sequence[Article], joined: Joined, batch: Batch, starts: Array, positions: Array
) -> SentenceArrays:
    """Find the sentences; the texts of an article start at the positions ``starts``."""
    begin, end = paragraph_bounds(articles, joined)
    found = sentence_starts(joined.characters, begin, end)
    text = np.searchsorted(joined.starts, found, side="right") - 1
    token = batch.first_from(found)
    # A sentence without a word, at the end of its text, stands at the position after the last one.
    position = starts[text] + batch.lengths[text]
    inside = token < batch.bounds[text + 1]
    position[inside] = positions[token[inside]]
    article, part = np.divmod(text, PARTS)
    opens = np.ones(len(found), bool)
    paragraph = np.searchsorted(begin, found, side="right")
    opens[1:] = paragraph[1:] != paragraph[:-1]
    counts = np.bincount(article, minlength=len(articles))
    offset = found - joined.starts[::PARTS][article] - part  # the texts of an article have nothing between
    return SentenceArrays(counts, position, offset, opens)
