"""Letter by letter for all at once gives the distance that its definition gives."""

from hypothesis import given
from hypothesis import strategies as st
from oracle import edits

from indexer.search.distance import distances, within

WORDS = st.text(alphabet="abcé東", max_size=7)


@given(WORDS, st.lists(WORDS, max_size=6))
def test_distances_are_levenshteins(word: str, others: list[str]) -> None:
    expected = [edits(word, other) for other in others]
    assert distances(word, others).tolist() == expected
    assert [within(word, other, 2) for other in others] == [distance <= 2 for distance in expected]


def test_long_words_do_not_overflow() -> None:
    assert distances("a" * 300, ["a" * 300, "", "b" * 300, "a" * 301]).tolist() == [0, 300, 300, 1]
