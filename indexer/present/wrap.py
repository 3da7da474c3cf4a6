"""Where does a line break?"""

import re
from collections.abc import Iterator
from unicodedata import category

from indexer.present.width import COLUMNS

_WORD = re.compile("[^ ]+")
_CLOSING = ("Pe", "Pf", "Po")


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """(start, end) offsets of the lines of ``text``, none wider than ``width`` (at least 2) columns.

    Lines break at spaces, after long dashes and beside wide characters; a word wider than a line is cut.

    >>> wrap("one two three", 8)
    [(0, 7), (8, 13)]
    """
    lines: list[tuple[int, int]] = []
    begin = finish = used = 0
    for start, end, columns in _atoms(text, width):
        gap = start - finish
        if finish > begin and used + gap + columns > width:
            lines.append((begin, finish))
            finish = begin
        if finish == begin:
            begin, used, gap = start, 0, 0
        used += gap + columns
        finish = end
    if finish > begin:
        lines.append((begin, finish))
    return lines


def _atoms(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, columns) of what must stay on one line."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        if end - start <= width and word[0].isascii():
            yield start, end, end - start
        else:
            yield from _split(text, start, end, width)


def _split(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int, int]]:
    used = last = 0
    for at in range(start, end):
        columns = COLUMNS[text[at]]
        if columns and used and (used + columns > width or _may_break(text, at, columns, last)):
            yield start, at, used
            start, used = at, 0
        used += columns
        last = columns or last
    yield start, end, used


def _may_break(text: str, at: int, columns: int, last: int) -> bool:
    """Whether a line may end before the character at ``at``, which is no space."""
    if columns == 2:
        return category(text[at]) not in _CLOSING
    return last == 2 or text[at - 1] == "—"
