"""Which parts of a text that is too long for a list are worth showing?

Those around the marks, cut where a clause ends: first the clauses that hold a word not shown yet, then the
others with marks, then their neighbours, as long as there is room. A clause ends behind a comma, a semicolon,
a colon, a dash, a sentence; one that is itself too long ends at a space, or anywhere if it has none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.search.results import Marks

PASSAGE = 240  # characters of a passage in a list: three lines or so
SLACK = 1.25  # an ellipsis for the last few words helps nobody
SHORTEST = 20  # characters of a clause: shorter ones belong to the next
_CLOSING = r"""["'”’»)\]]*"""
_ENDS = re.compile(
    rf"(?:[,;:!?]|(?<=[a-z]{{3}})\.){_CLOSING}\s+(?!\d)"  # not in "7 October, 2023"
    r"|(?<=\s)(?=[–—(]|-{1,2}\s)|—|[，。；：！？]"
)
_DANGLING = " \t\n,;:–—-，；："  # at the end of what is shown


def clip(text: str, marks: Marks, limit: int) -> tuple[str, Marks]:
    """At most about ``limit`` characters of ``text`` and the marks in them, an ellipsis where it was cut.

    >>> clip("In Tokyo, where they had met, ministers asked for a pause.", ((52, 57),), 40)
    ('… ministers asked for a pause.', ((24, 29),))
    """
    spans = excerpt(text, marks, limit)
    if spans == ((0, len(text)),):
        return text, marks
    parts: list[str] = []
    moved: list[tuple[int, int]] = []
    length = before = 0
    for start, end in spans:
        parts.append(("… " if not parts else " … ") if start > before else "")
        shift = length + len(parts[-1]) - start
        inside = ((max(a, start), min(b, end)) for a, b in marks if a < end and b > start)
        moved += [(a + shift, b + shift) for a, b in inside]
        parts.append(text[start:end])
        length, before = shift + end, end
    parts.append(" …" if before < len(text) else "")
    return "".join(parts), tuple(moved)


def excerpt(text: str, marks: Marks, limit: int) -> Marks:
    """The spans to show, ascending and apart, of at most ``limit`` characters together.

    A mark longer than that is cut; a text that is hardly longer is shown whole.
    """
    if len(text) <= limit * SLACK:
        return ((0, len(text)),)
    clauses = list(_clauses(text, marks, max(limit // 2, 1)))
    chosen = sorted(_choose(text, clauses, marks, limit))
    return tuple(_trimmed(text, *span, marks) for span in _joined(clauses[number] for number in chosen))


def _clauses(text: str, marks: Marks, longest: int) -> Iterator[tuple[int, int]]:
    """The clauses of ``text``, one after the other, none longer than ``longest``; none ends within a mark."""
    ends = [0]
    for found in _ENDS.finditer(text):
        if found.end() - ends[-1] >= SHORTEST:
            ends.append(found.end())
    outside = _outside(ends[1:], marks)
    for start, end in pairwise([0, *outside, len(text)]):
        while end - start > longest:
            space = text.rfind(" ", start + longest // 2, start + longest)
            cut = space + 1 if space >= 0 else start + longest
            yield start, cut
            start = cut
        if end > start:
            yield start, end


def _outside(places: Iterable[int], marks: Marks) -> Iterator[int]:
    """Those of ``places`` that lie in no mark; both ascend."""
    rest = iter(marks)
    mark = next(rest, None)
    for place in places:
        while mark is not None and mark[1] <= place:
            mark = next(rest, None)
        if mark is None or place <= mark[0]:
            yield place


def _choose(text: str, clauses: Sequence[tuple[int, int]], marks: Marks, limit: int) -> set[int]:
    """The numbers of the clauses to show."""
    chosen: set[int] = set()
    for number in _wanted(text, clauses, marks):
        if not chosen or _size(clauses, chosen) + _size(clauses, {number}) <= limit:
            chosen.add(number)
    while True:
        room = limit - _size(clauses, chosen)
        beside = {near for one in chosen for near in (one - 1, one + 1)} - chosen
        fitting = [one for one in beside if 0 <= one < len(clauses) and _size(clauses, {one}) <= room]
        if not fitting:
            return chosen
        chosen.add(max(fitting, key=lambda one: (one - 1 in chosen and one + 1 in chosen, one == 0, -one)))


def _wanted(text: str, clauses: Sequence[tuple[int, int]], marks: Marks) -> list[int]:
    """The clauses with marks, those first that mark a word for the first time; without marks the first."""
    new: list[int] = []
    more: list[int] = []
    shown: set[str] = set()
    number = 0
    for start, end in marks:
        while clauses[number][1] <= start:
            number += 1
        word = text[start:end].casefold()
        (more if word in shown else new).append(number)
        shown.add(word)
    return list(dict.fromkeys((*new, *more))) or [0]


def _size(clauses: Sequence[tuple[int, int]], numbers: set[int]) -> int:
    return sum(clauses[number][1] - clauses[number][0] for number in numbers)


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    before: tuple[int, int] | None = None
    for span in spans:
        if before is not None and before[1] < span[0]:
            yield before
            before = None
        before = (before[0] if before else span[0], span[1])
    if before is not None:
        yield before


def _trimmed(text: str, start: int, end: int, marks: Marks) -> tuple[int, int]:
    """The span without what leads on to a part that is left out."""
    if end == len(text):
        return start, end
    least = max((b for a, b in marks if a < end and b > start), default=start)
    kept = len(text[start:end].rstrip(_DANGLING)) + start
    return start, max(kept, min(least, end))
