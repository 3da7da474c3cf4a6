"""Which regular expression is a pattern with ``*`` and ``?``?

No text of a reader's is an expression: letters are escaped, and what stands between two stars is found at
its first place once and for all, so that no pattern, of however many stars, takes more than linear time
for each of them.
"""

import re

_CHARACTER = r"(?:[^\n\x80-\xff]|[\xc0-\xff][\x80-\xbf]*)"  # in UTF-8


def text_expression(pattern: str) -> str:
    """Return the expression that a whole text has to match; with re.DOTALL.

    >>> bool(re.fullmatch(text_expression("w*m?n"), "women"))
    True
    """
    return _expression(pattern, ".", ".")


def bytes_expression(pattern: str) -> bytes:
    """Return the expression for a whole line of UTF-8."""
    return _expression(pattern, r"[^\n]", _CHARACTER).encode("utf-8", "surrogatepass")


def literal_head(pattern: str) -> str:
    """Return what stands in front of the first sign of a pattern.

    >>> literal_head("wom?n*")
    'wom'
    """
    return re.split(r"[*?]", pattern, maxsplit=1)[0]


def _expression(pattern: str, any_sign: str, one: str) -> str:
    first, *others = (
        "".join(one if sign == "?" else re.escape(sign) for sign in piece)
        for piece in re.split(r"\*+", pattern)
    )
    if not others:
        return first
    *between, last = others
    return first + "".join(f"(?>{any_sign}*?{piece})" for piece in between) + f"{any_sign}*{last}"
