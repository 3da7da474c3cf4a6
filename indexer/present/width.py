"""How many columns of a terminal does a text take?"""

from unicodedata import category, east_asian_width


class _Columns(dict[str, int]):
    """Columns of each character met so far: 0 for what joins its neighbour, 2 for wide forms, else 1."""

    def __missing__(self, char: str) -> int:
        self[char] = columns = _measure(char)
        return columns


def _measure(char: str) -> int:
    if char == "\u00ad":  # a soft hyphen is drawn
        return 1
    if category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":  # marks, joiners, Hangul medials
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


COLUMNS = _Columns()


def columns(text: str) -> int:
    """Columns of a text without control characters.

    >>> columns("naïve"), columns("e\\u0301"), columns("停火")
    (5, 1, 4)
    """
    return len(text) if text.isascii() else sum(map(COLUMNS.__getitem__, text))


def cut(text: str, width: int) -> str:
    """As much of a text as fits into ``width`` columns, with an ellipsis where that is not all.

    >>> cut("Harbour Wire", 8), cut("停火协议", 5)
    ('Harbour…', '停火…')
    """
    if columns(text) <= width:
        return text
    used = 1  # the ellipsis
    for at, char in enumerate(text):
        used += COLUMNS[char]
        if used > width:
            return f"{text[:at]}…"
    return text
