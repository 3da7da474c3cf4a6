"""Which blanks of a text carry no meaning?"""

import re

_VISIBLE = re.compile(r"\S")


def unify_newlines(text: str) -> str:
    """The text with every CRLF and CR turned into LF; the line count of an editor stays true."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def one_line(text: str) -> str:
    """The text with each run of blanks and newlines turned into one space, and none at the ends."""
    return " ".join(text.split())


def first_lines(text: str, most: int, start: int = 0) -> list[tuple[int, int]]:
    """(start, end) of the first ``most`` lines from ``start`` on that are not blank, newline left out.

    >>> first_lines("\\n a \\n\\nb", 2)
    [(1, 4), (6, 7)]
    """
    lines: list[tuple[int, int]] = []
    while len(lines) < most and (visible := _VISIBLE.search(text, start)):
        left = text.rfind("\n", start, visible.start()) + 1
        right = text.find("\n", visible.start())
        lines.append((max(left, start), right if right >= 0 else len(text)))
        start = lines[-1][1]
    return lines


def without_blank_lines(text: str, start: int = 0) -> tuple[int, str]:
    """The part of ``text`` from ``start`` on between the blank lines at either end, and where it begins."""
    if text and not (start or text[0].isspace() or text[-1].isspace()):
        return 0, text
    lines = first_lines(text, 1, start)
    if not lines:
        return len(text), ""
    return lines[0][0], text[lines[0][0] :].rstrip()
