"""The lists of many families, read at once, say what each of them says."""

import codec_corpus as corpus
import numpy as np
import pytest
from codec_corpus import token

from indexer.codec import dense, pages
from indexer.codec.segment import Segment


@pytest.fixture(scope="module", params=[(1 << 16, 1000), (16, 1000), (1 << 16, 3), (16, 20)], ids=str)
def segment(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest):
    """A segment on one page or many, with heavy postings, far positions and a family of more than 255 words.

    Lists are dense from so many postings on.
    """
    page, least = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "PAGE", page)
        patch.setattr(pages, "PAGE_BITS", page.bit_length() - 1)
        patch.setattr(dense, "LEAST", least)
        patch.setattr(dense, "STRETCH", 7)
        samples = corpus.random_samples(5, 60)
        samples.append(corpus.Sample("far", ([], [], [token(at, "elect", "elected") for at in (3, 40_000, 90_000)])))
        samples.append(corpus.Sample("many", corpus.parts_of([], [], [[("x", f"x{i:03}")] for i in range(300)])))
        samples.append(corpus.Sample("heavy", corpus.parts_of([], [], [[("gaza", "gaza")]] * 300)))
        yield corpus.build(tmp_path_factory.mktemp("many"), samples)


def some_families(segment: Segment) -> list[np.ndarray]:
    every = np.arange(len(segment.families))
    return [every, every[::2], every[-1:], every[:0]]


def test_postings(segment: Segment) -> None:
    for families in some_families(segment):
        bundle = segment.many.postings(families)
        lists = [segment.postings.docs(family).tolist() for family in families.tolist()]
        assert bundle.counts.tolist() == list(map(len, lists))
        assert bundle.docs.tolist() == [doc for one in lists for doc in one]
        assert bundle.codes.tolist() == [code for f in families.tolist() for code in segment.postings.codes(f).tolist()]
        weights = bundle.codes.astype(np.int64) >> 8
        weights[bundle.heavy] = bundle.weights
        assert weights.tolist() == [w for f in families.tolist() for w in segment.postings.weights(f).tolist()]
        counts, docs = segment.many.docs(families)
        assert (counts.tolist(), docs.tolist()) == (bundle.counts.tolist(), bundle.docs.tolist())
        assert segment.many.n_tokens(families).tolist() == [segment.postings.cf(family) for family in families.tolist()]


def test_some_of_the_postings_are_those_of_some_families(segment: Segment) -> None:
    every = np.arange(len(segment.families))
    for chosen in (every % 2 == 0, every < 0, every >= 0):
        some, read = segment.many.postings(every).where(chosen), segment.many.postings(every[chosen])
        assert [column.tolist() for column in some] == [column.tolist() for column in read]


def test_tokens(segment: Segment) -> None:
    for families in some_families(segment):
        tokens = segment.many.tokens(families)
        expected, postings = [], 0
        for family in families.tolist():
            one = segment.postings.tokens(family)
            numbers = np.zeros(len(one.position), int) if one.number is None else one.number
            posting = postings + np.repeat(np.arange(len(one.starts) - 1), np.diff(one.starts))
            expected += zip(posting.tolist(), one.position.tolist(), numbers.tolist(), strict=True)
            postings += len(one.starts) - 1
        assert list(zip(*(column.tolist() for column in tokens), strict=True)) == expected


def test_words(segment: Segment) -> None:
    families = segment.families
    every = np.arange(len(families.forms))
    for forms in (every, every[1::3], every[:0]):
        words = families.words_of(forms)
        expected = [
            (place, family, number, families.size(family))
            for place, form in enumerate(forms.tolist())
            for family, number in families.of_form(form)
        ]
        assert list(zip(*(column.tolist() for column in words), strict=True)) == expected
