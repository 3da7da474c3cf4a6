"""Tokens in the order of the text become postings in the order of families, however many and however large."""

from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.codec import drawers as drawing
from indexer.codec import keys as keying
from indexer.codec import waiting
from indexer.codec.articles import TokenArrays
from indexer.codec.drawers import Drawers
from indexer.codec.impact import Weights
from indexer.codec.keys import KeyMaker, Layout, postings_of
from indexer.codec.piece import joined, nothing
from indexer.codec.waiting import WaitingTokens
from indexer.storage.directory import FileDirectory

FAMILY, NUMBER = np.arange(8) // 2, np.arange(8) % 2  # of each word
WEIGHTS = Weights(7, 3, 2)
UNITS = {0: WEIGHTS.headline, 1: WEIGHTS.summary, 2: WEIGHTS.body}
ARTICLE = st.lists(st.lists(st.integers(0, 7), max_size=8), min_size=3, max_size=3)  # words of its parts
ARTICLES = st.lists(ARTICLE, max_size=12)


def rows_of(article):
    """Position, word and weight of every token; no family twice in a place."""
    position = 0
    for part, words in enumerate(article):
        for i, word in enumerate(words):
            yield position + i, word, UNITS[part]
        position += 1000


def arrays(articles):
    rows = [row for article in articles for row in rows_of(article)]
    position, word, _ = np.array(rows, np.int64).reshape(-1, 3).T
    counts = np.array([[len(part) for part in article] for article in articles], np.int64).reshape(-1, 3)
    return TokenArrays(word, position, counts)


def expected(articles, docs):
    found = {}
    for doc, article in zip(docs, articles, strict=True):
        for position, word, weight in rows_of(article):
            found.setdefault((word // 2, doc), []).append((position, word % 2, weight))
    return [
        (key, sum(weight for *_, weight in tokens), [token[:2] for token in tokens])
        for key, tokens in sorted(found.items())
    ]


def told(piece):
    starts = piece.start.tolist()
    tokens = list(zip(piece.position.tolist(), piece.number.tolist(), strict=True))
    lists = [tokens[start:stop] for start, stop in pairwise(starts)]
    families = zip(piece.family.tolist(), piece.doc.tolist(), strict=True)
    return list(zip(families, piece.weight.tolist(), lists, strict=True))


def postings(folder, articles, docs):
    """What becomes of articles that arrive as the documents ``docs``."""
    directory = FileDirectory(folder)
    with closing(WaitingTokens(directory)) as tokens:
        for article in articles:
            tokens.add(arrays([article]))
        of_word = tokens.of_word(8)
        layout = Layout.of(4, len(docs), tokens.most_position, 1)
        maker = KeyMaker(layout, FAMILY, NUMBER)
        with closing(Drawers(directory, layout, of_word.reshape(4, 2).sum(axis=1))) as drawers:
            done = 0
            for block in tokens.blocks():
                drawers.add(maker.keys(block, docs[done : done + len(block.counts)]))
                done += len(block.counts)
            pieces = [postings_of(keys, layout, WEIGHTS) for keys in drawers.sorted()]
    assert directory.names() == []
    return [posting for piece in pieces for posting in told(piece)]


@pytest.mark.parametrize("block", [1, 10, 1 << 20])
@pytest.mark.parametrize("drawer", [1, 20, 1 << 20])
@pytest.mark.parametrize("bits", [63, 1])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=ARTICLES, data=st.data())
def test_tokens_become_postings_in_order(monkeypatch, tmp_path, block, drawer, bits, articles, data):
    monkeypatch.setattr(waiting, "BLOCK", block)
    monkeypatch.setattr(drawing, "DRAWER", drawer)
    monkeypatch.setattr(keying, "KEY_BITS", bits)
    docs = np.array(data.draw(st.permutations(range(len(articles)))), np.int64)
    assert postings(tmp_path, articles, docs) == expected(articles, docs.tolist())


@pytest.mark.parametrize("bits", [63, 1])
def test_a_family_twice_at_one_position_is_refused(monkeypatch, bits):
    monkeypatch.setattr(keying, "KEY_BITS", bits)
    layout = Layout.of(4, 100, 5, 1)
    tokens = TokenArrays(np.array([0, 1]), np.array([5, 5]), np.array([[0, 0, 2]]))
    keys = KeyMaker(layout, FAMILY, NUMBER).keys(tokens, np.array([100]))
    with pytest.raises(ValueError, match="document 100, position 5"):
        postings_of(np.sort(keys), layout, WEIGHTS)


@given(st.lists(ARTICLES, max_size=4), st.booleans())
def test_pieces_are_joined_in_order(lists, ascending):
    pieces, rows = [], []
    for i, articles in enumerate(lists):
        docs = np.arange(len(articles))
        docs = 100 * i + docs if ascending else docs * len(lists) + i  # no document in two pieces
        layout = Layout.of(4, 1000, 3000, 1)
        keys = KeyMaker(layout, FAMILY, NUMBER).keys(arrays(articles), docs)
        pieces.append(postings_of(np.sort(keys), layout, WEIGHTS) if len(keys) else nothing())
        rows += told(pieces[-1])
    assert told(joined(pieces, ascending)) == sorted(rows)
