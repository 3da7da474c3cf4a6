"""Which characters may reach a terminal, and what stands in for the others?

Text, headlines, ids, paths and error messages come from documents and folders that anybody may have
written. A terminal obeys control characters in them (move, overwrite, set the title, fill the clipboard), and
direction overrides make a line read as another line. So each of these becomes a visible symbol:

    C0 controls, DEL              ␀ ␁ ... ␛ ... ␡   (U+2400 block)
    C1 controls                   \\x80 ... \\x9f
    direction overrides, isolates \\u202a ... \\u202e, \\u2066 ... \\u2069
    line and paragraph separator  \\u2028, \\u2029
    bytes of a path that are not UTF-8 (surrogate escapes)   \\x80 ... \\xff
"""

from indexer.search.results import Marks

_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)
_SPACES = {ord("\t"): " ", ord("\n"): " ", 0x2028: " ", 0x2029: " "}


class _Symbols(dict[int, str]):
    """Replacement of each unsafe code point; whatever is not in here passes as it is."""

    def __missing__(self, code: int) -> str:
        if 0xD800 <= code <= 0xDFFF:
            return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
        raise LookupError


_SYMBOLS = _Symbols(
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "\u2421"}
    | {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
    | {code: f"\\u{code:04x}" for code in _DIRECTIONS}
)


def visible(text: str) -> str:
    """One line of ``text`` in which nothing is left that a terminal would obey.

    >>> visible("\\x1b]0;owned\\x07")
    '␛]0;owned␇'
    """
    return text if text.isprintable() else text.translate(_SYMBOLS)


def legible(text: str, marks: Marks = ()) -> tuple[str, Marks]:
    """Prose as one visible line (tabs, line ends become spaces); ``marks`` move with their words.

    >>> legible("a\\tb\\x9bc", ((2, 5),))
    ('a b\\\\x9bc', ((2, 8),))
    """
    if text.isprintable():
        return text, marks
    spaced = text.translate(_SPACES)
    if spaced.isprintable():
        return spaced, marks
    parts: list[str] = []
    moved: list[tuple[int, int]] = []
    length = position = 0
    for start, end in marks:
        parts += (visible(spaced[position:start]), visible(spaced[start:end]))
        begin = length + len(parts[-2])
        length = begin + len(parts[-1])
        moved.append((begin, length))
        position = end
    parts.append(visible(spaced[position:]))
    return "".join(parts), tuple(moved)
