"""What can a reader write? The nodes of the query language, and how each is written.

The tree is what was *typed*: words are raw text, not yet terms. ``str(node)`` writes a node back in the query
language, so that what is printed can be typed again: ``parse(str(tree)).tree == tree``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPERATORS = frozenset({"AND", "OR", "NOT"})


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word; ``exact``: in this form only; ``wild``: ``*`` and ``?`` stand for letters."""

    text: str
    exact: bool = False
    wild: bool = False

    def __str__(self) -> str:
        signs = r'[\\"“”„«»()\s]' if self.wild else r'[\\"“”„«»()\s*?]'
        shown = re.sub(signs, r"\\\g<0>", self.text)
        hidden = self.text in OPERATORS or self.text[:1] in ("-", "=")
        return ("=" if self.exact else "") + ("\\" if hidden else "") + shown


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: in this form and order, next to each other."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return '"' + " ".join(re.sub(r'[\\"“”„«»]', r"\\\g<0>", word) for word in self.words) + '"'


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_inside(part, (Or, And)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part, (Or,)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """Without this."""

    part: Node

    def __str__(self) -> str:
        return "NOT " + _inside(self.part, (Or, And))


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article: ``*``, and what a query without words means."""

    def __str__(self) -> str:
        return "*"


Node = Word | Phrase | And | Or | Not | Everything


def _inside(part: Node, bracketed: tuple[type, ...]) -> str:
    return f"({part})" if isinstance(part, bracketed) else str(part)
