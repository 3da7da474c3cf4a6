"""Words are found again by their places without reading the text."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer

ANALYZER = Analyzer()
pieces = st.sampled_from(
    ["a", "Gaza", "It's", "3-year", "U.S.", "cease-fire", "1,000", "naïve", "日本語", "'", '"', "(", "--", "—", ".", ","]
)
spaces = st.sampled_from([" ", "  ", "\n", "\t", "", "\xa0", ", ", ". ", '" '])
texts = st.lists(st.tuples(pieces, spaces), max_size=30).map(lambda parts: "".join(map("".join, parts)))


@given(texts, st.integers(0, 50), st.sets(st.integers(0, 100), max_size=4))
def test_places_lead_to_the_tokens_that_stand_there(text, position, wanted):
    by_place = {}
    for token in ANALYZER.tokens(text, position):
        by_place.setdefault(token.position, []).append((token.start, token.end))
    expected = {
        place: spans[0] if len(spans) == 1 else None for place, spans in by_place.items() if place in wanted
    }
    assert ANALYZER.spans(text, position, wanted) == expected
