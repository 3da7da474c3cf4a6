"""Does this full stop, question mark, exclamation mark or ellipsis end a sentence?

The rules look at the word before the stop and at what follows it, both within a few characters.
"""

import re
from functools import cache

from indexer.analysis.abbreviations import (
    AFTER_HOURS,
    EXCLAIMING,
    HOUR,
    KINDS,
    NUMBERED,
    STARTERS,
    TITLE,
)

_LOOK_BACK = 24  # characters before a stop: no abbreviation is longer
_NOT_BEFORE_A_START = ",;:&/%)]}.…!?=|\\^>"
OPENERS = "\"'“‘«‹<([{*_`#-–—"
_DASHES = "-–—"
_OPENERS_AND_CLOSERS = OPENERS + "”’»›)]}"
_QUOTES = "\"'”’»›"
_DOMAINS = frozenset(("com", "org", "net", "gov", "edu", "mil", "info", "co", "uk", "au", "eu", "io", "js"))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:[’'][a-z]{1,2}\b)?")


@cache
def _dotted() -> re.Pattern[str]:
    return re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")


@cache
def _inner_capital() -> re.Pattern[str]:
    return re.compile(r"[a-z]{1,3}[-'’]?[A-Z][a-z]")


@cache
def _glued_word() -> re.Pattern[str]:
    return re.compile(r"(?:[A-Z][a-z]+(?:[’'][a-z]{1,2})?|[AI])(?=[\s,;:]|$)")


@cache
def _speaker() -> re.Pattern[str]:
    verbs = """
        added asked asks concluded continued cried demanded exclaimed explained joked posted quipped recalled
        replied responded said says shouted told tweeted tweets wondered wonders writes wrote yelled
    """
    return re.compile(rf"(?:[A-Z][\w.’'-]{{0,24}}\s){{1,6}}?(?:{'|'.join(verbs.split())})\b(?!,\s?[“\"])")


def stop_ends(text: str, start: int, at: int, gap: int, following: int) -> bool:
    """Whether the sentence that begins at ``start`` ends at the stop ``text[at]``, before white space.

    ``text[gap:following]`` is the white space; between ``at`` and ``gap`` stand more stops and what
    closes after them (quotes, brackets).
    """
    first = following if text[following].isalnum() else _past_openers(text, following)
    if first < 0:
        return False
    mark = text[at]
    single = mark == "." and text[at + 1] not in ".…!?"
    if text[first].islower() and not _inner_capital().match(text, first):
        apart = first > following and text[following] not in _DASHES
        alone = single and gap == at + 1 and (apart or "\n" in text[gap:following])
        return alone and _word_ends(text, start, at, first)
    if single:
        return _word_ends(text, start, at, first)
    if mark in ".…":
        return text[first].isalpha() and (text[gap - 1] == "]" or not _opens(text, start, at))
    return _mark_ends(text, start, at, gap, first)


def _opens(text: str, start: int, at: int) -> bool:
    """Whether the ellipsis at ``at`` stands at the beginning of a sentence or quotation."""
    return at == start or (text[at - 1] in OPENERS and (at - 1 == start or not text[at - 2].isalnum()))


def _past_openers(text: str, at: int) -> int:
    """The offset of the first letter or digit after quotes, brackets, dashes; -1 if no sentence begins so."""
    if text[at] in _NOT_BEFORE_A_START:
        return -1
    for offset in range(at + 1, min(at + 9, len(text))):
        if text[offset].isalnum():
            return offset
    return -1


def _word_ends(text: str, start: int, at: int, first: int) -> bool:
    """Whether the word before the full stop at ``at`` may end a sentence if the next begins at ``first``."""
    word = _token_before(text, start, at)
    if not word.isalpha():
        word = _last_part(word)
    kind = KINDS.get(word)
    if kind is None and len(word) > 2:
        kind = KINDS.get(word.capitalize() if word.isupper() else word.rpartition(".")[2])
    if kind is not None:
        return _abbreviation_ends(text, kind, first)
    return (len(word) > 1 and word.isalpha()) or _odd_word_ends(text, start, at, first, word)


def _last_part(word: str) -> str:
    """What stands after the last dash, bracket or quote of a word: ``Gen`` of ``Maj.-Gen``."""
    part = len(word)
    while part and word[part - 1] not in _OPENERS_AND_CLOSERS:
        part -= 1
    return word[part:].lstrip(".")


def _abbreviation_ends(text: str, kind: str, first: int) -> bool:
    if kind == TITLE:
        return False
    if kind == NUMBERED:
        return not text[first].isdigit()
    if kind == HOUR:
        return text[first].isalpha() and not _is_time_of(text, first)
    return _is_starter(text, first)


def _is_time_of(text: str, first: int) -> bool:
    """Whether ``Saturday``, ``ET`` or ``Tokyo time`` follows an hour."""
    words = text[first : first + 40].split(None, 2)
    return words[0].strip(",.;:)]") in AFTER_HOURS or (len(words) > 1 and words[1].startswith("time"))


def _is_starter(text: str, first: int) -> bool:
    """Whether the word at ``first`` is one that begins sentences; a lone letter with a stop is an initial."""
    match = _word().match(text, first, first + 16)
    if match is None or match.group().lower().replace("’", "'") not in STARTERS:
        return False
    return match.end() - first > 1 or text[match.end() : match.end() + 1] != "."


def _odd_word_ends(text: str, start: int, at: int, first: int, word: str) -> bool:
    """The same for a word that is one letter or not all letters: numbers, initials, ``U.S``, addresses."""
    if at - start <= 5 and (word.isdigit() or len(word) == 1):
        return False  # the number of a list item
    if word.isdigit():
        return len(word) > 3 or not text[first].isdigit()
    if len(word) == 1 and word.isupper():
        return (word == "I" and text[at - 3 : at - 1].rstrip().islower()) or _is_starter(text, first)
    if _dotted().fullmatch(word):
        return _is_starter(text, first)
    return True


def _mark_ends(text: str, start: int, at: int, gap: int, first: int) -> bool:
    """Whether ``?`` or ``!`` ends a sentence before a capital (not in ``Yahoo! Inc``, ``?" Lee asked``)."""
    if gap == at + 1:
        return _token_before(text, start, at) not in EXCLAIMING or _is_starter(text, first)
    if text[gap - 1] not in _QUOTES or _is_starter(text, first):
        return True
    return _speaker().match(text, first, first + 160) is None


def glued_stop_ends(text: str, start: int, at: int, gap: int) -> bool:
    """Whether a stop ends a sentence although the next word, with a capital, follows without a space."""
    match = _glued_word().match(text, gap, gap + _LOOK_BACK)
    word = _token_before(text, start, at).rstrip(".…").lstrip(OPENERS)
    if match is None or not word or word in KINDS or any(sign in word for sign in "./@_\\#"):
        return False
    if match.group().lower() in _DOMAINS:
        return False
    if text[at] == "…" or gap - at > 1 or word[-1] in ")%":
        return True
    if word.isupper():
        return len(word) > 1 and _is_starter(text, gap)
    return word[-4:].isdigit() or (word[-2:].isalpha() and word[-2:].islower())


def _token_before(text: str, start: int, at: int) -> str:
    """What stands between white space and the stop at ``at``, as far as it matters."""
    words = text[max(start, at - _LOOK_BACK) : at].split()
    return words[-1] if words else ""
