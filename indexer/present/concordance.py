"""How does every mention look, one under the other?

9 articles, 17 Apr 2023 – 16 Nov 2023 · 14 mentions

 8 Nov 2023  d5af79be  ¶1  …Group of Seven called on Wednesday for “humanitarian pauses” in the war in Gaza…
 8 Nov 2023  d5af79be  ¶3                                          “Humanitarian pauses” is a narrower term…
10 Nov 2023  2b6b8f3c  ¶4        …Biden said that he had asked for a longer pause than that.

The words found stand under one another, with as much of their sentence as there is room for. On a narrow
page day and id stand above the mentions of an article, on a wide one the source beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.present import days
from indexer.present.canvas import Canvas, dress
from indexer.present.escape import legible, visible
from indexer.present.text import footer, header, plural
from indexer.present.width import COLUMNS, columns, cut
from indexer.search.results import Hit, Marks, Results

NARROW = 60  # columns below which day and id stand on a line of their own
WIDE = 130  # columns from which there is room for the source
WIDEST_ID, WIDEST_SOURCE = 16, 24  # on a wide page; elsewhere ids have a quarter less
LEFT = 0.45  # of the room for text, in front of the words found
FAR = 3  # times the room for a text: the characters looked at to fill it, some of which take no column


class Mention(NamedTuple):
    """One match in an article: characters ``start`` to ``end`` of ``text``, a sentence or a heading."""

    hit: Hit
    place: str  # "¶5", or the part that is no paragraph
    line: int  # of the seed on which the paragraph starts; 0 for the headline and the summary
    text: str
    start: int
    end: int


def mentions(hits: Iterable[Hit]) -> Iterator[Mention]:
    """Every mark of every hit, in the order of the text."""
    for hit in hits:
        yield from _marked(hit, "head", 0, hit.headline, hit.headline_marks)
        yield from _marked(hit, "sum.", 0, hit.summary, hit.summary_marks)
        for passage in hit.passages:
            yield from _marked(hit, f"¶{passage.paragraph}", passage.line, passage.text, passage.marks)


def _marked(hit: Hit, place: str, line: int, text: str, marks: Marks) -> Iterator[Mention]:
    return (Mention(hit, place, line, text, start, end) for start, end in marks)


def render(results: Results, found: Sequence[Mention], canvas: Canvas, next_page: str = "") -> Iterator[str]:
    """The lines for the mentions of one page of hits."""
    yield from canvas.block(f"{header(results)} · {plural(len(found), 'mention')}")
    yield ""
    yield from _narrow(found, canvas) if canvas.width < NARROW else _beside(found, canvas)
    if results.more or results.page > 1:
        yield ""
        yield from canvas.block(footer(results, next_page), face=canvas.style.faint)


def _beside(found: Sequence[Mention], canvas: Canvas) -> Iterator[str]:
    cells = [_about(mention, canvas.width) for mention in found]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    for mention, row in zip(found, cells, strict=True):
        padded = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
        yield _line(mention, "  ".join(padded) + "  ", canvas, mention.hit.path)


def _about(mention: Mention, width: int) -> list[str]:
    hit = mention.hit
    day = days.UNDATED if hit.day is None else days.short(hit.day)
    if width < WIDE:
        return [f"{day:>11}", cut(visible(hit.id), WIDEST_ID * 3 // 4), mention.place]
    source = cut(legible(hit.source or "")[0], WIDEST_SOURCE)
    return [f"{day:>11}", source, cut(visible(hit.id), WIDEST_ID), mention.place]


def _narrow(found: Sequence[Mention], canvas: Canvas) -> Iterator[str]:
    before: Hit | None = None
    widest = max((len(mention.place) for mention in found), default=0)
    for mention in found:
        if mention.hit is not before:
            day, _, number, _ = _about(mention, WIDE)
            yield canvas.linked(dress(f"{day.strip()} · {number}", canvas.style.faint), mention.hit.path)
            before = mention.hit
        yield _line(mention, f"{mention.place:<{widest}} ", canvas)


def _line(mention: Mention, lead: str, canvas: Canvas, path: str = "") -> str:
    room = canvas.width - columns(lead)
    left, far = int(room * LEFT), FAR * room
    start, end = mention.start, min(mention.end, mention.start + far)
    before = _end_of(legible(mention.text[max(0, start - far) : start])[0], left)
    word = cut(legible(mention.text[start:end])[0], room - left)
    after = _start_of(legible(mention.text[end : end + far])[0], room - left - columns(word))
    start_of_line = canvas.linked(dress(lead.rstrip(), canvas.style.faint), path)
    margin = " " * (columns(lead) - columns(lead.rstrip()) + left - columns(before))
    return f"{start_of_line}{margin}{before}{dress(word, canvas.style.mark)}{after}".rstrip()


def _start_of(text: str, room: int) -> str:
    """As many words from the start of ``text`` as fit into ``room`` columns.

    >>> _start_of(" in the war in Gaza", 12)
    ' in the war…'
    """
    if columns(text) <= room:
        return text
    if room < 1:
        return ""
    kept = cut(text, room)
    fitting = kept[:-1]
    if text[len(fitting)] != " " and (space := fitting.rfind(" ")) > len(fitting) // 3:
        fitting = fitting[:space]
    return f"{fitting.rstrip()}…"


def _end_of(text: str, room: int) -> str:
    """The same from its end.

    >>> _end_of("Japan and the US called for “", 12)
    '…for “'
    """
    if columns(text) <= room:
        return text
    if room < 1:
        return ""
    at, used = len(text), 1  # the ellipsis
    while at and used + COLUMNS[text[at - 1]] <= room:
        at -= 1
        used += COLUMNS[text[at]]
    fitting = text[at:]
    if text[at - 1] != " " and 0 <= (space := fitting.find(" ")) < 2 * len(fitting) // 3:
        fitting = fitting[space:]
    return f"…{fitting.lstrip()}"
