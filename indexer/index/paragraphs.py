"""Where are the paragraphs of many articles at once?

The same answer as ``documents.article.paragraphs``, in a small part of its time. In nearly every body each
line that holds anything stands between empty ones and is a paragraph; the others are read one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.characters import BREAK
from indexer.analysis.joined import Joined
from indexer.codec.arrays import Array
from indexer.documents.article import Article, paragraphs

PARTS = 3  # texts of an article: headline, summary, body
BODY = 2


def paragraph_bounds(articles: Sequence[Article], joined: Joined) -> tuple[Array, Array]:
    """Return where paragraphs start and end, ascending; headline and summary are one each.

    ``joined`` holds the texts of the articles. There may be blanks around a paragraph, or nothing else in it.
    """
    stops = joined.characters.stops
    breaks = stops[joined.characters.kinds.take(stops) == BREAK]
    starts, ends = breaks[:-1] + 1, breaks[1:]
    lines = np.diff(np.searchsorted(breaks, joined.starts - 1))
    text = np.repeat(np.arange(len(lines)), lines)
    filled = starts < ends
    wrapped = filled[1:] & filled[:-1] & (text[1:] == text[:-1])
    plain = (lines == 1) | (np.arange(len(lines)) % PARTS == BODY)
    plain[text[1:][wrapped]] = False
    kept = np.flatnonzero(filled & plain[text])
    bounds = np.stack((starts[kept], ends[kept]))
    if plain.all():
        return bounds[0], bounds[1]
    odd = [_one_by_one(articles[n // PARTS], joined, n) for n in np.flatnonzero(~plain).tolist()]
    bounds = np.concatenate((bounds, *odd), axis=1)
    bounds = bounds[:, np.argsort(bounds[0])]
    return bounds[0], bounds[1]


def _one_by_one(article: Article, joined: Joined, number: int) -> Array:
    """The same for the one text, of an article, with this number."""
    start, end = joined.starts[number], joined.starts[number + 1] - 1
    spans = paragraphs(article.body) if number % PARTS == BODY else [(0, end - start)]
    bounds: Array = start + np.array(spans, np.int64).reshape(-1, 2).T
    return bounds
