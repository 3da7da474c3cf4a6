"""Which signs and words is a query made of?

word     a run of characters other than white space, quotes and brackets; ``\\`` takes the next sign as a
         letter; ``*`` stands for any letters, ``?`` in front of a letter or digit for one (a question's
         own mark does not)
phrase   "..." “...” „...“ «...», also unclosed at the end of the query
and or not  AND OR NOT in capitals; ``-`` in front of a word, a phrase or a bracket
open close  ( )
"""

from collections.abc import Iterator
from typing import NamedTuple

CLOSING = {'"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«"}
OPERATORS = {"AND": "and", "OR": "or", "NOT": "not"}


class Lexeme(NamedTuple):
    """One sign or word: ``kind``, the ``text`` it stands for, and its 0-based ``column``."""

    kind: str
    text: str
    column: int
    closed: bool = True  # a phrase whose closing quote is missing is not
    wild: bool = False  # a word in which * or ? stand for letters


def lexemes(query: str) -> Iterator[Lexeme]:
    """Yield the lexemes of ``query``; every string has some reading, in time linear in its length."""
    at = 0
    while at < len(query):
        sign = query[at]
        if sign.isspace():
            at += 1
        elif sign in "()":
            yield Lexeme("open" if sign == "(" else "close", sign, at)
            at += 1
        elif sign in CLOSING:
            text, end, closed = _quoted(query, at + 1, CLOSING[sign])
            yield Lexeme("phrase", text, at, closed)
            at = end
        elif sign == "-" and _starts_operand(query, at):
            yield Lexeme("not", "-", at)
            at += 1
        elif sign == "=" and at + 1 < len(query) and not query[at + 1].isspace():
            yield Lexeme("exact", "=", at)
            at += 1
        else:
            text, end, wild = _bare(query, at)
            kind = OPERATORS.get(text, "word") if end - at == len(text) else "word"
            yield Lexeme(kind, text, at, wild=wild)
            at = end


def _starts_operand(query: str, at: int) -> bool:
    """Whether the dash at ``at`` excludes what follows: after a space or bracket, before a word."""
    before = at == 0 or query[at - 1].isspace() or query[at - 1] == "("
    after = at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] not in ")-"
    return before and after


def _quoted(query: str, at: int, closing: str) -> tuple[str, int, bool]:
    """Return the text up to the closing quote, where the rest begins, and whether the quote was there."""
    letters = []
    while at < len(query):
        if query[at] == "\\" and at + 1 < len(query):
            letters.append(query[at + 1])
            at += 2
        elif query[at] in closing:
            return "".join(letters), at + 1, True
        else:
            letters.append(query[at])
            at += 1
    return "".join(letters), at, False


def _bare(query: str, at: int) -> tuple[str, int, bool]:
    """Return the word at ``at`` without its backslashes, where the rest begins, and whether it is wild."""
    letters: list[str] = []
    wild = False
    while at < len(query):
        sign = query[at]
        if sign == "\\" and at + 1 < len(query):
            letters.append(query[at + 1])
            at += 2
            continue
        if sign.isspace() or sign in "()" or sign in CLOSING:
            break
        wild = wild or sign == "*" or (sign == "?" and query[at + 1 : at + 2].isalnum())
        letters.append(sign)
        at += 1
    return "".join(letters), at, wild
