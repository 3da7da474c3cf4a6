"""Does a line break inside a paragraph end a sentence?

Mostly it does not: mail, wire copy and scanned pages are wrapped at a width. It does at a blank line, before
a list item, before the next speaker (``JOURNALIST:``), after a heading in capitals, and where a line was
plainly ended on purpose: far short of the others, or in a text where every line begins anew.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

_LOOK_BACK = 240  # characters of the line before that are looked at: a text of one endless line stays cheap
_SHORT = 0.62  # of the usual width: a line shorter than this was ended on purpose
_BULLETS = "•*·▪◦●■►‣"
_DASHES = "-–—+"
_CLOSED = ".:;!?"
_UNFINISHED = """
    a an the and or but nor of to in on at by for from with into as is are was were be been that which who
    than this these those his her its our your their my not no has had have will would can could should like
    de van von mr mrs ms dr sir per
"""


class Layout(NamedTuple):
    """How the lines of a paragraph were laid out."""

    short: int  # characters: a line shorter than this was ended on purpose
    listed: bool  # every line begins anew, none goes on in small letters


@cache
def _item() -> re.Pattern[str]:
    return re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\(?[A-Z]\)\s|[QA]\.\s[A-Z][a-z]")


@cache
def _turn() -> re.Pattern[str]:
    name = "[A-Z][A-Z'’-]{0,20}"
    return re.compile(rf"(?:(?:MRS?|MS|DR|[A-Z])\.? ){{0,3}}{name}(?: {name}){{0,2}}:(?=\s|$)")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"(?:[A-Z][\w.'’-]*+\s?+){1,4}+:")


@cache
def _small_line() -> re.Pattern[str]:
    return re.compile(r"\n[^\S\n]{0,9}[a-z]")


@cache
def _unfinished() -> frozenset[str]:
    return frozenset(_UNFINISHED.split())


@lru_cache(maxsize=1)
def layout(text: str) -> Layout:
    """What the lengths and beginnings of its lines say about a paragraph (one is remembered)."""
    lines = text.split("\n")
    usual = sorted(map(len, lines))[len(lines) * 4 // 5]
    return Layout(int(_SHORT * usual), len(lines) > 3 and _small_line().search(text) is None)


def line_ends(text: str, at: int, following: int) -> bool:
    """Whether a sentence ends at the line break ``text[at]``.

    ``following`` is the offset of the next character that is not white space.
    """
    if text.count("\n", at, following) > 1:
        return True
    shape = layout(text)
    head = text[following]
    if head.isupper():
        full = _is_full(text, at, following, shape)
        return not full and _begins_anew(text, following, _line_before(text, at), shape)
    line = _line_before(text, at)
    if head in _BULLETS or head in _DASHES:
        marked = text[following + 1 : following + 2].isspace()
        return marked and (line[-1:] in _CLOSED or (head in _BULLETS and _is_finished(line)))
    if _item().match(text, following, following + 8):
        return line[-1:] in _CLOSED or _ended_on_purpose(line, shape)
    return head.isdigit() and _ended_on_purpose(line, shape)


def _is_full(text: str, at: int, following: int, shape: Layout) -> bool:
    """The commonest line break: a full line of a wrapped text, not a heading, before a name."""
    before = text[at - 1]
    if shape.listed or before == ":" or before.isupper() or not text[following + 1 : following + 2].islower():
        return False
    return at - text.rfind("\n", max(0, at - _LOOK_BACK), at) > shape.short + 1


def _line_before(text: str, at: int) -> str:
    low = max(0, at - _LOOK_BACK)
    return text[max(low, text.rfind("\n", low, at) + 1) : at].strip()


def _begins_anew(text: str, following: int, line: str, shape: Layout) -> bool:
    """Whether a line that begins with a capital goes on from no sentence before it."""
    if text[following + 1 : following + 2].islower():
        ended = _is_heading(line) or _ended_on_purpose(line, shape)
        return ended or _opens_list(line, text, following, shape)
    small = not text[following : following + 32].isupper()
    if text.find(":", following, following + 64) > 0 and _turn().match(text, following, following + 64):
        return small or not line.isupper()
    if text[following + 1 : following + 2] in (".", ")") and _item().match(text, following, following + 8):
        return True
    return (small and _is_heading(line)) or _ended_on_purpose(line, shape, listed=small)


def _is_heading(line: str) -> bool:
    """A line in capitals; one that ends in a colon is a speaker's label."""
    return len(line) > 3 and line.isupper() and line[-1] not in ":,-"


def _opens_list(line: str, text: str, following: int, shape: Layout) -> bool:
    """A line that ends in a colon before a short one: ``the members are:``."""
    short = "\n" in text[following : following + shape.short]
    return short and line[-1:] == ":" and _label().fullmatch(line) is None


def _ended_on_purpose(line: str, shape: Layout, listed: bool = True) -> bool:
    if not ((listed and shape.listed) or len(line) < shape.short) or not _is_finished(line):
        return False
    return line[-1] != ":" or _label().fullmatch(line) is None


def _is_finished(line: str) -> bool:
    """Whether a sentence could end with the last word of a line."""
    if not line or line[-1] in ",-–—'’(":
        return False
    word = line[-24:].rsplit(None, 1)[-1]
    return word.lower() not in _unfinished() and not word.endswith(("'s", "’s"))
