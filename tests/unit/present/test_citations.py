"""Promise: what is quoted in Markdown reads as it was written, and nothing in it is taken for a sign."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present import citations
from indexer.present.escape import legible
from indexer.search.results import Hit, Passage, Reading

TEXT = st.text(st.sampled_from("ab *_`[]<>&\\~|$#-+=1.)(!“”停\n\x1b"), max_size=30)
SIGNS = set("\\`*_[]<>&~|$")


def plain(line: str) -> str:
    """The text of a line: unescaped ** are bold, a backslash protects the sign behind it."""
    return re.sub(r"\\(.)|\*\*", lambda found: found[1] or "", line)


def hit(headline: str = "A headline", text: str = "Some text.", marks=(), source: str | None = "Wire") -> Hit:
    passages = (Passage(3, 5, text, marks, False),)
    return Hit(7, "3f31db6b", 738832, headline, (), "", (), source, "seeds/a_b.txt", 1.0, False, (), passages)


@given(TEXT)
def test_signs_are_letters(text):
    line = citations.escaped(text)
    assert plain(line) == legible(text)[0]
    assert not SIGNS & set(re.sub(r"\\.", "", line))


@given(TEXT, st.integers(0, 30), st.integers(1, 9))
def test_marks_are_bold_and_nothing_else_is(text, start, length):
    start = min(start, len(text))
    end = min(start + length, len(text))
    line = citations.escaped(text, ((start, end),))
    assert plain(line) == legible(text)[0]
    pieces = re.split(r"(?<!\\)(?:\\\\)*\*\*", re.sub(r"\\[^*\\]", "x", line))
    assert len(pieces) == (3 if end > start else 1)


@given(TEXT)
def test_a_paragraph_starts_no_heading_and_no_list(text):
    line = citations.beginning(citations.escaped(text.strip()))
    assert plain(line) == legible(text.strip())[0]
    assert not re.match(r"#|[-+=*>]|\d+[.)]", line)


@pytest.mark.parametrize(("id", "shown"), [("3f31", "`3f31`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a\nb", "`a b`")])
def test_ids_are_code(id, shown):
    assert citations.code(id) == shown


def test_a_citation_says_all_and_passages_belong_to_it():
    found = [hit("Talks, *at last*", "A pause was agreed.", ((2, 7),)), hit(source=None)._replace(rank=8, day=None, copies=("b2",))]
    assert list(citations.render(found)) == [
        r"7. **Talks, \*at last\***, Wire, Wed 8 Nov 2023, `3f31db6b`, seeds/a\_b.txt",
        "",
        "   > ¶3 A **pause** was agreed.",
        "",
        r"8. **A headline**, undated, `3f31db6b`, seeds/a\_b.txt, +1 copy",
        "",
        "   > ¶3 Some text.",
    ]
    assert list(citations.render([])) == []


def test_a_whole_article():
    found = hit("Talks")._replace(summary="In short", summary_marks=((3, 8),))
    paragraphs = (Passage(1, 3, "- One.", (), False), Passage(2, 4, "Two pauses.", ((4, 10),), False))
    assert list(citations.article(Reading(found, paragraphs))) == [
        "# Talks", "", r"Wire, Wed 8 Nov 2023, `3f31db6b`, seeds/a\_b.txt", "", "In **short**", "", r"\- One.", "", "Two **pauses**.",
    ]  # fmt: skip
