"""Terms are ranked as Python would sort their bytes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.ranking import ranked
from indexer.codec.terms import encode

LETTERS = st.sampled_from("aab\xe9é東😀\ud800\x01\x7f")
TERMS = st.one_of(
    st.text(LETTERS, max_size=4),
    st.text(LETTERS, max_size=40),
    st.builds(lambda size, tail: "x" * size + tail, st.integers(6, 26), st.text(LETTERS, max_size=3)),
    st.text(st.characters(exclude_characters="\n\0"), max_size=30),
)


@given(st.lists(TERMS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_terms_come_in_the_order_of_their_bytes_each_once(terms: list[str]) -> None:
    found, place = ranked(terms)
    assert found == sorted({encode(term) for term in terms if term})
    assert place.tolist() == [found.index(encode(term)) if term else -1 for term in terms]


def test_no_terms_have_no_order() -> None:
    found, place = ranked([])
    assert (found, place.dtype, len(place)) == ([], np.int64, 0)
    assert ranked(["", ""])[1].tolist() == [-1, -1]
