"""A sketch is the smallest hashes of a text's shingles, whatever texts stand around it."""

from random import Random

import numpy as np
import pytest

from indexer.analysis.shingles import KEPT, NONE, SHORT, SIZE, Sketches, hashes, sketch


def sketched(*articles: tuple[str, str, str]) -> Sketches:
    """The sketches of articles given as the words of headline, summary and body."""
    counts = np.array([[len(part.split()) for part in article] for article in articles], np.int64).reshape(-1, 3)
    return sketch(hashes([word for article in articles for part in article for word in part.split()]), counts)


def words(random: Random, count: int, kinds: int) -> str:
    return " ".join(f"w{random.randrange(kinds)}" for _ in range(count))


def articles(seed: int) -> list[tuple[str, str, str]]:
    random = Random(seed)
    sizes = (0, 1, SIZE - 1, SIZE, SIZE + 1, 40, SHORT - 1, SHORT, 400)
    return [
        (words(random, random.choice((0, 3)), 9), words(random, random.choice((0, 7)), 9), words(random, size, kinds))
        for size in random.sample(sizes, 6)
        for kinds in random.sample((1, 3, 500), 2)
    ]


def shingles(body: str) -> set[tuple[str, ...]]:
    split = body.split()
    return {tuple(split[at : at + SIZE]) for at in range(len(split) - SIZE + 1)}


@pytest.mark.parametrize("seed", range(20))
def test_a_sketch_is_the_same_alone_and_among_others(seed: int) -> None:
    together = sketched(*articles(seed))
    for at, article in enumerate(articles(seed)):
        alone = sketched(article)
        assert alone.keys[0].tolist() == together.keys[at].tolist()
        assert alone.digests[0] == together.digests[at]


@pytest.mark.parametrize("seed", range(20))
def test_keys_are_the_smallest_hashes_of_the_different_shingles_ascending(seed: int) -> None:
    for headline, summary, body in articles(seed):
        one_by_one = [int(sketched(("", "", " ".join(shingle))).keys[0, 0]) for shingle in shingles(body)]
        expected = sorted(set(one_by_one))[:KEPT]
        assert sketched((headline, summary, body)).keys[0].tolist() == expected + [NONE] * (KEPT - len(expected))


def test_terms_have_hashes_of_their_own_whatever_their_length_and_neighbours() -> None:
    terms = ["a", "b", "ab", "ba", "aaaaaaaa", "aaaaaaaab", "aaaaaaaaa" * 9, "aaaaaaaaa" * 9 + "b", "日本", "\ud800"]
    together = hashes(terms).tolist()
    assert len(set(together)) == len(terms)
    assert together == [int(hashes([term])[0]) for term in terms]
    assert not len(hashes([]))


def test_numbers_do_not_change_from_process_to_process() -> None:
    keys, digests = sketched(("one", "", "a b c d e f g h i j"))
    assert keys.tolist() == [[510713980, 871938519, 1553661142, 3148970917, 4116397762, 4199785968]]
    assert digests.tolist() == [1390120384]


def test_the_digest_of_a_long_text_is_of_its_body_and_that_of_a_short_one_of_its_headline_as_well() -> None:
    long, short = words(Random(1), SHORT, 500), words(Random(1), SHORT - 1, 500)
    one, other, cut, headed = sketched(("a", "", long), ("b", "c", long), ("a", "", short), ("b", "", short)).digests
    assert one == other
    assert len({int(one), int(cut), int(headed)}) == 3


def test_a_text_cut_to_its_first_half_most_often_shares_a_key() -> None:
    random = Random(7)
    texts = [words(random, 300, 5000) for _ in range(200)]
    keys = sketched(*[("", "", text) for text in texts]).keys
    halves = sketched(*[("", "", " ".join(text.split()[:150])) for text in texts]).keys
    shared = [bool(set(one) & set(other)) for one, other in zip(keys.tolist(), halves.tolist(), strict=True)]
    assert np.mean(shared) > 0.85


def test_other_texts_share_none() -> None:
    random = Random(8)
    keys = sketched(*[("", "", words(random, 300, 5000)) for _ in range(200)]).keys.ravel()
    assert len(set(keys.tolist())) == len(keys)
