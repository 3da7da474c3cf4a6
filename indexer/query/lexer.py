"""Which signs and words is a query made of?

word        a run of characters other than white space, quotes and brackets; ``\\`` takes the next sign as a
            letter; ``*`` stands for any letters, ``?`` in front of a letter or digit for one (a question's
            own mark does not)
phrase      "..." “...” „...“ «...», also unclosed at the end of the query
and or not  AND OR NOT in capitals; ``-`` in front of a word, a phrase or a bracket
near        w/5 pre/5 w/s w/p
open close  ( ) and ``atleast3(``, with the number as its text
field       ``headline:`` and the like, right in front of what is looked for there
date        ``date:``, ``since:`` and ``until:`` with what follows, which is the text
unknown     a name and a colon that are no field, or a field's with a space behind; the word follows as well

A word, a phrase or a closing bracket may end in ``~2`` (``about``) and ``^2`` (``boost``).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.query.syntax import DATES, FIELDS, OPERATOR

CLOSING = {'"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«"}
_NAME = re.compile(r"([A-Za-z]{1,20}):(?!//)")
_AT_LEAST = re.compile(r"(?i:atleast)([0-9]+)\(")
_SUFFIX = re.compile(r"(?:~([0-9]*))?(?:\^([0-9]{1,9}(?:\.[0-9]{1,3})?))?(?=[\s()\"“”„«»]|$)")


class Suffix(NamedTuple):
    """The figure behind ``~`` (it may be missing) or ``^``, and the column of that sign."""

    text: str
    column: int


class Lexeme(NamedTuple):
    """One sign or word: ``kind``, the ``text`` it stands for, and its 0-based ``column``."""

    kind: str
    text: str
    column: int
    closed: bool = True  # a phrase whose closing quote is missing is not
    wild: tuple[int, ...] = ()  # places of the words (a lone word: 0) in which * or ? stand for letters
    about: Suffix | None = None
    boost: Suffix | None = None
    name: str = ""  # of the field of a date


def lexemes(query: str) -> Iterator[Lexeme]:
    """Yield the lexemes of ``query``; every string has some reading, in time linear in its length."""
    at = 0
    behind_colon = False  # there only words, phrases and brackets mean something
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        named = None if behind_colon else _named(query, at)
        found, at = _sign(query, at) or _counted(query, at) or named or _word(query, at)
        if behind_colon and found.kind in ("and", "or", "not", "near"):
            found = found._replace(kind="word")
        behind_colon = found.kind == "field" or (behind_colon and found.kind == "exact")
        if found.kind in ("word", "phrase", "close"):
            found, at = _with_suffix(query, found, at)
        yield found
        if found.kind == "unknown":
            found, at = _word(query, at)
            found, at = _with_suffix(query, found, at)
            yield found._replace(kind="word")


def _sign(query: str, at: int) -> tuple[Lexeme, int] | None:
    """The bracket, quotes, minus or equals sign at ``at``, and where the rest begins."""
    sign = query[at]
    if sign in "()":
        return Lexeme("open" if sign == "(" else "close", sign, at), at + 1
    if sign in CLOSING:
        return _phrase(query, at)
    if sign == "-" and _starts_operand(query, at):
        return Lexeme("not", "-", at), at + 1
    if sign == "=" and at + 1 < len(query) and not query[at + 1].isspace():
        return Lexeme("exact", "=", at), at + 1
    return None


def _starts_operand(query: str, at: int) -> bool:
    """Whether the dash at ``at`` excludes what follows: after a space or bracket, before a word."""
    before = at == 0 or query[at - 1].isspace() or query[at - 1] == "("
    after = at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] not in ")-"
    return before and after


def _counted(query: str, at: int) -> tuple[Lexeme, int] | None:
    found = _AT_LEAST.match(query, at)
    return (Lexeme("atleast", found[1], at), found.end()) if found else None


def _named(query: str, at: int) -> tuple[Lexeme, int] | None:
    """``headline:``, ``date:2023`` or an unknown name at ``at``."""
    found = _NAME.match(query, at)
    if not found:
        return None
    name, behind = found[1].lower(), query[found.end() : found.end() + 1]
    if not behind or behind.isspace() or behind == ")":
        return (Lexeme("unknown", found[1], at), at) if name in FIELDS else None
    if name in DATES:
        return _date(query, name, found.end())
    if name in FIELDS:
        return Lexeme("field", name, at), found.end()
    return Lexeme("unknown", found[1], at), at


def _date(query: str, name: str, at: int) -> tuple[Lexeme, int]:
    if query[at] in CLOSING:
        phrase, end = _phrase(query, at)
        return Lexeme("date", phrase.text, at, phrase.closed, name=name), end
    end = at
    while end < len(query) and not _ends_word(query[end]):
        end += 1
    return Lexeme("date", query[at:end], at, name=name), end


def _phrase(query: str, at: int) -> tuple[Lexeme, int]:
    """The phrase whose opening quote is at ``at``."""
    letters: list[str] = []
    wild: list[int] = []
    words = 0  # that begin before this place
    start, closing = at, CLOSING[query[at]]
    at += 1
    while at < len(query) and query[at] not in closing:
        escaped = query[at] == "\\" and at + 1 < len(query)
        at += escaped
        if not query[at].isspace():
            words += not letters or letters[-1].isspace()
            if not escaped and _stands_for_letters(query, at) and words - 1 not in wild[-1:]:
                wild.append(words - 1)
        letters.append(query[at])
        at += 1
    closed = at < len(query)
    return Lexeme("phrase", "".join(letters), start, closed, tuple(wild)), at + closed


def _word(query: str, at: int) -> tuple[Lexeme, int]:
    """The word at ``at``, without its backslashes, or the operator that it is."""
    start = at
    letters: list[str] = []
    wild = False
    while at < len(query):
        if query[at] == "\\" and at + 1 < len(query):
            at += 1
        elif _ends_word(query[at]) or (query[at] in "~^" and at > start and _suffix(query, at)):
            break
        else:
            wild = wild or _stands_for_letters(query, at)
        letters.append(query[at])
        at += 1
    text = "".join(letters)
    kind = "word"
    if OPERATOR.fullmatch(query[start:at]):
        kind = text.lower() if text in ("AND", "OR", "NOT") else "near"
    return Lexeme(kind, text, start, wild=(0,) if wild else ()), at


def _ends_word(sign: str) -> bool:
    return sign.isspace() or sign in "()" or sign in CLOSING


def _stands_for_letters(query: str, at: int) -> bool:
    return query[at] == "*" or (query[at] == "?" and query[at + 1 : at + 2].isalnum())


def _suffix(query: str, at: int) -> re.Match[str] | None:
    found = _SUFFIX.match(query, at)
    return found if found and found.end() > at else None


def _with_suffix(query: str, lexeme: Lexeme, at: int) -> tuple[Lexeme, int]:
    """The lexeme that ends at ``at`` with the figures right behind it."""
    found = _suffix(query, at)
    if not found:
        return lexeme, at
    about, boost = found[1], found[2]
    return (
        lexeme._replace(
            about=None if about is None else Suffix(about, at),
            boost=None if boost is None else Suffix(boost, found.start(2) - 1),
        ),
        found.end(),
    )
