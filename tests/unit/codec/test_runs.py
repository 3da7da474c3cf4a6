import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.codec import runs
from indexer.codec.piece import Piece, joined
from indexer.codec.runs import TokenRun, sort_run

TOKENS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 6)), max_size=60)


def run_of(tokens, spread=1):
    """A run of (document, position, word) tokens; word w is in family w // 2, as number w % 2."""
    seen = {(doc, position, word // 2): word for doc, position, word in tokens}
    rows = sorted((doc, position, word) for (doc, position, _), word in seen.items())
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    doc, position, word = columns[0], columns[1] * spread, columns[2]
    weight = np.where(position < 5, 6, 2)
    return TokenRun(word, doc, position, weight, 100), np.arange(8) // 2, np.arange(8) % 2


def expected(run):
    found = {}
    for word, doc, position, weight in zip(run.word, run.doc, run.position, run.weight, strict=True):
        tokens = found.setdefault((int(word) // 2, int(doc) + 100), [])
        tokens.append((int(position), int(word) % 2, int(weight)))
    return [
        (key, sum(w for _, _, w in tokens), [(p, n) for p, n, _ in tokens])
        for key, tokens in sorted(found.items())
    ]


def told(piece: Piece):
    starts = np.cumsum(piece.count) - piece.count
    return [
        (
            (int(piece.family[i]), int(piece.doc[i])),
            int(piece.weight[i]),
            [
                (int(piece.position[t]), int(piece.number[t]))
                for t in range(starts[i], starts[i] + piece.count[i])
            ],
        )
        for i in range(len(piece.family))
    ]


@given(TOKENS)
def test_tokens_become_postings_in_order(tokens):
    run, family, number = run_of(tokens)
    assert told(sort_run(run, family, number)) == expected(run)


@given(TOKENS)
def test_what_does_not_fit_into_one_number_is_sorted_as_well(tokens):
    run, family, number = run_of(tokens, spread=1 << 50)
    assert told(sort_run(run, family, number)) == expected(run)


@pytest.mark.parametrize("bits", [63, 1])
def test_a_family_twice_at_one_position_is_refused(monkeypatch, bits):
    monkeypatch.setattr(runs, "KEY_BITS", bits)
    one = np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="document 100, position 0"):
        sort_run(TokenRun(np.array([0, 1]), one, one, one + 2, 100), np.arange(8) // 2, np.arange(8) % 2)


@given(st.lists(TOKENS, max_size=4), st.booleans())
def test_pieces_are_joined_in_order(lists, ascending):
    pieces, rows = [], []
    for i, tokens in enumerate(lists):
        run, family, number = run_of(tokens)
        run.first_doc = 100 * i if ascending else 0
        run.doc = run.doc if ascending else run.doc * len(lists) + i  # no document in two pieces
        pieces.append(sort_run(run, family, number))
        rows += told(pieces[-1])
    assert told(joined(pieces, ascending)) == sorted(rows)
