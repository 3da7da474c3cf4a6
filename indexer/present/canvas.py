"""What does the page look like: how wide is it, and which words stand out?"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from indexer.present.escape import legible
from indexer.present.width import columns
from indexer.present.wrap import wrap
from indexer.search.results import Marks

RESET = "\x1b[0m"


class Style(NamedTuple):
    """The escape sequence that starts each look; all empty without colour.

    Marks are bold and underlined as well as coloured, so that they do not rest on colour alone.
    """

    headline: str = ""
    mark: str = ""
    faint: str = ""
    bar: str = ""


PLAIN = Style()
COLOUR = Style(headline="\x1b[1m", mark="\x1b[1;4;31m", faint="\x1b[2m", bar="\x1b[36m")


class Canvas(NamedTuple):
    """A page of ``width`` columns. ``uri`` tells where a path leads, on a terminal that follows links."""

    width: int
    style: Style = PLAIN
    uri: Callable[[str], str] | None = None

    def block(
        self, text: str, marks: Marks = (), *, lead: str = "", face: str = "", path: str = ""
    ) -> Iterator[str]:
        """The lines of one text. ``lead`` stands faintly before the first; the others hang under its end.

        The text leads to ``path``, if that is given.
        """
        text, marks = legible(text, marks)
        indent = columns(lead)
        first = True
        for start, end in wrap(text, max(self.width - indent, 2)) or [(0, 0)]:
            margin = dress(lead, self.style.faint) if first else " " * indent
            yield margin + self.linked(self._paint(text, marks, start, end, face), path)
            first = False

    def linked(self, text: str, path: str) -> str:
        """``text``, which leads to ``path`` where the terminal follows links."""
        return f"\x1b]8;;{self.uri(path)}\x1b\\{text}\x1b]8;;\x1b\\" if self.uri and path else text

    def _paint(self, text: str, marks: Marks, start: int, end: int, face: str) -> str:
        parts: list[str] = []
        position = start
        for begin, finish in marks:
            begin, finish = max(begin, position), min(finish, end)
            if begin < finish:
                parts.append(dress(text[position:begin], face))
                parts.append(dress(text[begin:finish], self.style.mark))
                position = finish
        parts.append(dress(text[position:end], face))
        return "".join(parts)


def dress(text: str, look: str) -> str:
    """``text`` in a look. Spaces at the front are left bare, so that no margin is underlined or tinted."""
    if not look or not text.strip():
        return text
    bare = text.lstrip(" ")
    return f"{text[: len(text) - len(bare)]}{look}{bare}{RESET}"
