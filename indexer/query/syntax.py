"""What can a reader write? The nodes of the query language, and how each is written.

The tree is what was *typed*: words are raw text, not yet terms. ``str(node)`` writes a node back in the query
language, so that what is printed can be typed again: ``parse(str(tree)).tree == tree``.
"""

from __future__ import annotations

import re

from indexer.query.values import Value

SECTIONS = ("headline", "summary", "lead", "body")
KEYWORDS = ("source", "path", "id")
DATES = ("date", "since", "until")
NO_DATE = "none"  # date:none asks for undated articles
FIELDS = (*SECTIONS, *KEYWORDS, *DATES)

OPERATOR = re.compile(r"AND|OR|NOT|(?i:(?:w|pre)/[0-9]+|w/[sp])")
_FIELD = re.compile(rf"(?i:{'|'.join(FIELDS)}):")
_SIGNS = r'\\"“”„«»()\s~^'  # what a word would not be one word with, or not the same
_QUOTED = r'\\"“”„«»'


class Node(Value):
    """A part of a query."""

    __slots__ = ()


class Word(Node):
    """One typed word; ``exact``: in this form only; ``wild``: ``*`` and ``?`` stand for letters.

    ``edits``: so many letters may be other ones, missing, or too many.
    """

    __slots__ = ("edits", "exact", "text", "wild")

    def __init__(self, text: str, exact: bool = False, wild: bool = False, edits: int = 0) -> None:
        self.text = text
        self.exact = exact
        self.wild = wild
        self.edits = edits

    def __str__(self) -> str:
        shown = _escaped(self.text, _SIGNS, self.wild)
        if _FIELD.match(self.text):
            shown = shown.replace(":", "\\:", 1)
        hidden = OPERATOR.fullmatch(self.text) or self.text[:1] in ("-", "=")
        about = "" if not self.edits else "~" if self.edits == 1 else f"~{self.edits}"
        return "=" * self.exact + "\\" * bool(hidden) + shown + about


class Phrase(Node):
    """Words in quotes: in this form; next to each other in this order, or any two ``slop`` apart at most.

    ``wild`` are the places of those words in which ``*`` and ``?`` stand for letters.
    """

    __slots__ = ("slop", "wild", "words")

    def __init__(self, words: tuple[str, ...], slop: int | None = None, wild: tuple[int, ...] = ()) -> None:
        self.words = words
        self.slop = slop
        self.wild = wild

    def __str__(self) -> str:
        words = (_escaped(word, _QUOTED, place in self.wild) for place, word in enumerate(self.words))
        return '"' + " ".join(words) + '"' + ("" if self.slop is None else f"~{self.slop}")


def is_any_word(pattern: str) -> bool:
    """Say whether a pattern is signs only, and so any word of a phrase.

    >>> is_any_word("*"), is_any_word("paus*")
    (True, False)
    """
    return bool(pattern) and not pattern.strip("*?")


class Near(Node):
    """``right`` at most ``distance`` words after ``left``; unless ``ordered`` also before it."""

    __slots__ = ("distance", "left", "ordered", "right")

    def __init__(self, left: Node, right: Node, distance: int, ordered: bool = False) -> None:
        self.left = left
        self.right = right
        self.distance = distance
        self.ordered = ordered

    def __str__(self) -> str:
        sign = f"{'pre' if self.ordered else 'w'}/{self.distance}"
        return f"{_beside(self.left)} {sign} {_beside(self.right)}"


class Within(Node):
    """All of these in one sentence (``unit`` s) or in one paragraph (p)."""

    __slots__ = ("parts", "unit")

    def __init__(self, parts: tuple[Node, ...], unit: str) -> None:
        self.parts = parts
        self.unit = unit

    def __str__(self) -> str:
        return f" w/{self.unit} ".join(map(_beside, self.parts))


class AtLeast(Node):
    """This at ``count`` places or more."""

    __slots__ = ("count", "part")

    def __init__(self, part: Node, count: int) -> None:
        self.part = part
        self.count = count

    def __str__(self) -> str:
        return f"atleast{self.count}({self.part})"


class Field(Node):
    """This in one part of the article (``name`` in SECTIONS), or said about it (KEYWORDS)."""

    __slots__ = ("name", "part")

    def __init__(self, name: str, part: Node) -> None:
        self.name = name
        self.part = part

    def __str__(self) -> str:
        return f"{self.name}:{_inside(self.part, (And, Or, Not, Near, Within, Boosted, Field, Days))}"


class Days(Node):
    """A date as typed behind ``name``, one of DATES."""

    __slots__ = ("name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def __str__(self) -> str:
        if re.fullmatch(r"[0-9A-Za-z.-]+", self.text):
            return f"{self.name}:{self.text}"
        return f"{self.name}:" + '"' + _escaped(self.text, _QUOTED, True) + '"'


class Boosted(Node):
    """This, counted ``factor`` times."""

    __slots__ = ("factor", "part")

    def __init__(self, part: Node, factor: float) -> None:
        self.part = part
        self.factor = factor

    def __str__(self) -> str:
        return f"{_inside(self.part, (And, Or, Not, Near, Within, Boosted, Days))}^{self.factor:.10g}"


class And(Node):
    """All of these."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " ".join(_inside(part, (Or, And)) for part in self.parts)


class Or(Node):
    """Any of these."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " OR ".join(_inside(part, (Or,)) for part in self.parts)


class Not(Node):
    """Without this."""

    __slots__ = ("part",)

    def __init__(self, part: Node) -> None:
        self.part = part

    def __str__(self) -> str:
        return "NOT " + _inside(self.part, (Or, And, Near, Within))


class Everything(Node):
    """Every article: ``*``, and what a query without words means."""

    __slots__ = ()

    def __str__(self) -> str:
        return "*"


def _escaped(text: str, signs: str, wild: bool) -> str:
    """``text`` with a backslash in front of what would be a sign; ``wild``: * and ? are signs."""
    stars = "" if wild else r"|\*|\?(?=\w)"
    return re.sub(f"[{signs}]{stars}", r"\\\g<0>", text)


def _beside(part: Node) -> str:
    """An operand of ``w/`` or ``pre/``, which bind closer than NOT."""
    return _inside(part, (And, Or, Not, Near, Within))


def _inside(part: Node, bracketed: tuple[type, ...]) -> str:
    return f"({part})" if isinstance(part, bracketed) else str(part)
