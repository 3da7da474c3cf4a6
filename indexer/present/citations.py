"""How is an answer quoted in Markdown? A list of citations, each with the passages that show why.

1. **Japan, U.S. To Seek Gaza ‘Pauses’ As G-7 Foreign Ministers Meet**, Bloomberg, Wed 8 Nov 2023, `3f31db6b`,
   seeds/000_3f31db6b9962369a.txt

   > ¶1 Japan and the US said they would work for “**humanitarian pauses**” in Israel’s war with Hamas ...

Signs that Markdown (CommonMark, or GitHub's) would take for its own have a backslash in front of them, and
passages are whole sentences: what is quoted is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.present import days
from indexer.present.escape import legible
from indexer.present.text import copies
from indexer.search.results import Hit, Marks, Reading

_SIGNS = re.compile(r"([\\`*_\[\]<>&~|$])")
_AT_THE_START = re.compile(r"(#{1,6}|[-+=]|\d{1,9}(?=[.)]))")  # there, a heading, a list, a rule


def render(hits: Iterable[Hit]) -> Iterator[str]:
    """The lines of a numbered list; an empty one for no hits."""
    for number, hit in enumerate(hits):
        if number:
            yield ""
        lead = f"{hit.rank}. "
        yield lead + _citation(hit)
        for passage in hit.passages:
            yield ""
            yield f"{' ' * len(lead)}> ¶{passage.paragraph} {escaped(passage.text, passage.marks)}"


def article(reading: Reading) -> Iterator[str]:
    """The lines of one whole article: its headline, where it is, the summary, every paragraph."""
    hit = reading.hit
    yield f"# {escaped(hit.headline or '(no headline)')}"
    yield ""
    yield _about(hit)
    whole = [(hit.summary, hit.summary_marks), *((one.text, one.marks) for one in reading.paragraphs)]
    for text, marks in whole:
        if text:
            yield ""
            yield beginning(escaped(text, marks))


def _citation(hit: Hit) -> str:
    return f"**{escaped(hit.headline or '(no headline)').strip()}**, {_about(hit)}"


def _about(hit: Hit) -> str:
    parts = (escaped(hit.source or ""), days.full(hit.day), code(hit.id), escaped(hit.path), copies(hit))
    return ", ".join(filter(None, parts))


def escaped(text: str, marks: Marks = ()) -> str:
    """One line of Markdown that reads as ``text``, with the marks in bold.

    >>> escaped("a *b* <c>", ((3, 4),))
    'a \\\\***b**\\\\* \\\\<c\\\\>'
    """
    text, marks = legible(text, marks)
    parts: list[str] = []
    position = 0
    for start, end in marks:
        parts += (_plain(text[position:start]), f"**{_plain(text[start:end])}**" if end > start else "")
        position = end
    return "".join((*parts, _plain(text[position:])))


def beginning(line: str) -> str:
    """A line of Markdown that starts a paragraph and nothing else.

    >>> beginning("1989. A year"), beginning("# no heading"), beginning("-5 degrees")
    ('1989\\\\. A year', '\\\\# no heading', '\\\\-5 degrees')
    """
    found = _AT_THE_START.match(line)
    if found is None:
        return line
    digits = found[0].isdigit()
    return f"{found[0]}\\{line[found.end() :]}" if digits else f"\\{line}"


def code(text: str) -> str:
    """``text`` as code, however many backticks are in it.

    >>> code("3f31"), code("a`b")
    ('`3f31`', '`` a`b ``')
    """
    text = legible(text)[0]
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
