"""The paragraphs of many articles at once are those of each alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.joined import Joined
from indexer.documents.article import Article, paragraphs
from indexer.index.paragraphs import paragraph_bounds

LINES = st.sampled_from(["", "", "", " ", "\t\xa0", "One line.", " indented", "blank after \u2003", "• é", "x"])
WRAPPED = st.just(
    "A line of some length that goes on in the next one, as lines do that a machine has\n"
    "wrapped at a width, for most of its sentences reach from one line into the\n"
    "next and a few of them end where it does."
)
BODIES = st.lists(st.one_of(LINES, WRAPPED), max_size=9).map("\n".join)
PARTS = st.tuples(st.sampled_from(["", "Headline", " a ", "a\nb", "a\n\nb", "\n"]), LINES, BODIES)


@given(st.lists(PARTS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_many_bodies_have_the_paragraphs_that_each_has_alone(parts: list[tuple[str, str, str]]) -> None:
    articles = [
        Article("id", True, "a.jsonl", 1, 1, None, headline, summary, None, body, ())
        for headline, summary, body in parts
    ]
    joined = Joined([text for three in parts for text in three])
    starts, ends = paragraph_bounds(articles, joined)
    found = [joined.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    expected = [
        span.strip()
        for headline, summary, body in parts
        for span in (headline, summary, *(body[start:end] for start, end in paragraphs(body)))
    ]
    assert list(filter(None, found)) == list(filter(None, expected))
    assert starts.tolist() == sorted(starts)
    assert (starts <= ends).all()
