"""Many texts at once get exactly the tokens that each gets alone."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.bulk import BulkAnalyzer
from indexer.analysis.bulk_chunks import find_chunks
from indexer.analysis.chunk_table import ChunkTable
from indexer.analysis.joined import Joined
from indexer.analysis.tokenizer import chunks

ANALYZER = Analyzer()
SIGNS = "aAbBzZ09 .,'’-–—&/_@éÉß\u0301\u200b\xad\xa0“”…½①東日한йال\ud800😀™\x00\x01\n"
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.text(st.sampled_from(SIGNS), max_size=60),
        st.lists(
            st.sampled_from(["U.S.-led", "internationalisation", "a", "x" * 24, "x" * 25, "y" * 300]),
            max_size=6,
        ).map(" ".join),
    ),
    max_size=6,
)


class Numbers(dict[tuple[str, str], int]):
    """Pairs of stem and form in the order of first sight."""

    def of(self, stems: Sequence[str], forms: Sequence[str]) -> list[int]:
        return [self.setdefault(pair, len(self)) for pair in zip(stems, forms, strict=True)]


def fresh() -> tuple[BulkAnalyzer, Numbers]:
    numbers = Numbers()
    return BulkAnalyzer(ANALYZER, numbers.of), numbers


SHARED = fresh()  # so that its tables fill up over the examples


def assert_same(bulk: BulkAnalyzer, numbers: Numbers, texts: list[str]) -> None:
    """Compare a batch with the analysis of each text alone."""
    joined = Joined(texts)
    batch = bulk.analyse(joined)
    pairs = list(numbers)
    assert len(batch.bounds) == len(texts) + 1
    for i, text in enumerate(texts):
        first, last = batch.bounds[i : i + 2].tolist()
        words = [pairs[n] for n in batch.words[first:last].tolist()]
        rows = [(at, *word) for at, word in zip(batch.positions[first:last].tolist(), words, strict=True)]
        expected = ANALYZER.tokens(text)
        assert rows == [(token.position, token.stem, token.form) for token in expected]
        assert batch.lengths[i] == (expected[-1].position + 1 if expected else 0)
        starts = [token.start for token in expected]
        places = np.arange(len(text) + 1)
        found = batch.first_from(joined.starts[i] + places) - first
        assert found.tolist() == np.searchsorted(starts, places).tolist()


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_batch_equals_its_texts_one_by_one(texts: list[str]) -> None:
    assert_same(*SHARED, texts)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_an_empty_memory_gives_the_same(texts: list[str]) -> None:
    assert_same(*fresh(), texts)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_many_texts_are_cut_into_the_chunks_of_each(texts: list[str]) -> None:
    found = find_chunks(Joined(texts))
    for i, text in enumerate(texts):
        cut = found.texts(np.arange(found.bounds[i], found.bounds[i + 1]))
        assert cut == [chunk for _, chunk in chunks(text)]


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_texts_stand_in_the_whole_where_it_is_said(texts: list[str]) -> None:
    joined = Joined(texts)
    for i, text in enumerate(texts):
        assert joined.text[joined.starts[i] : joined.starts[i + 1] - 1] == text


def test_many_words_over_several_batches() -> None:
    words = [
        f"{stem}{n}{tail}"
        for n in range(3000)
        for stem, tail in (("w", ""), ("longer", "word"), ("the-", "-longest-word-of-all"))
    ]
    bulk, numbers = fresh()
    for first in range(0, len(words), 1500):
        assert_same(bulk, numbers, [" ".join(words[first : first + 1500]), "", " ".join(words[:50])])
    assert bulk.chunks_known == len(set(words))


@pytest.mark.parametrize("width", [1, 3])
def test_the_table_tells_keys_apart_that_want_the_same_slot(width: int) -> None:
    table = ChunkTable(width)
    table._slots = lambda keys: np.zeros(len(keys[0]), np.int64)  # type: ignore[method-assign]
    keys = [
        np.arange(1, 301, dtype=np.uint64) if i == width - 1 else np.ones(300, np.uint64)
        for i in range(width)
    ]
    for first in range(0, 200, 50):
        numbers = np.arange(first, first + 50, dtype=np.int32)
        table.add([column[first : first + 50] for column in keys], numbers)
    found = table.find(keys)
    assert found.tolist() == [*range(200), *[-1] * 100]


def test_the_table_grows() -> None:
    table = ChunkTable(3)
    keys = [np.arange(1, 50_001, dtype=np.uint64) * np.uint64(i + 1) for i in range(3)]
    for first in range(0, 50_000, 7_000):
        table.add(
            [c[first : first + 7_000] for c in keys], np.arange(50_000, dtype=np.int32)[first : first + 7_000]
        )
    assert (table.find(keys) == np.arange(50_000)).all()
    assert (table.find([keys[0], keys[1], keys[2] + np.uint64(1)]) == -1).all()
