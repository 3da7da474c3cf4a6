"""Which day does the date written in a seed name?

Understood: ``2023-11-08`` (also ``2023-1-5``, ``2023/11/08``, ``20231108``), alone or with a time and zone,
and English words: ``November 8, 2023``, ``8 November 2023``, ``Nov. 8, 2023``, ``Wednesday, Nov. 8, 2023``.
The written day counts: a time zone never moves it. Digits are ASCII; years run from 0001 to 9999.

``11/08/2023`` means two different days to two readers, so no date with the year last is taken from digits,
not even where only one reading exists: the same column would be right on some days and wrong on others.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_ASCII = re.IGNORECASE | re.ASCII
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*[ \t]+)?"
_MONTH = r"([a-z]{3,9})\.?"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"([0-9]{4})(?![0-9A-Za-z])"
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_MONTH}[ \t]+{_DAY},?[ \t]+{_YEAR}", _ASCII)
_DAY_FIRST = re.compile(rf"{_WEEKDAY}{_DAY}[ \t-]+{_MONTH},?[ \t-]+{_YEAR}", _ASCII)
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?=T[0-9]{4}|(?![0-9A-Za-z]))")
_FIGURES = re.compile(r"([0-9]{1,9})([-/.])([0-9]{1,9})(?:\2([0-9]{1,9}))?(?![0-9])")
_ZONE = r"(?:Z|UTC|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?)\b"
_TIME = re.compile(
    rf"(?:T|[ \t,]{{1,2}}(?:at )?)[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]+)?)?(?:[ \t]?{_ZONE})?"
    rf"|T[0-9]{{2,6}}(?:[.,][0-9]+)?(?:{_ZONE})?(?![0-9A-Za-z])|{_ZONE}",
    _ASCII,
)
# What may still follow when the date has a line, or a value, to itself: the clock as newspapers print it.
_CLOCK = re.compile(
    r"(?:,?[ \t]+(?:at[ \t]+)?[0-9]{1,2}(?:[:.][0-9]{2}){0,2})?(?:[ \t]*[ap]\.?m\.?)?"
    r"(?:[ \t]+\(?[A-Z]{1,5}\)?)?[ \t.]*$",
    _ASCII,
)
_LONGEST = 80


class Written(NamedTuple):
    """A date found in a text: its day (ordinal) or None, why there is no day, and where the text goes on."""

    day: int | None
    trouble: str
    end: int


def leading_date(text: str) -> Written | None:
    """The date that ``text`` begins with, and its time of day; None when it begins with something else.

    A date that is recognised but names no day has ``day`` None and says why in ``trouble``.

    >>> leading_date("2023-11-31 Headline")
    Written(day=None, trouble='2023-11-31 is not a day of the calendar', end=10)
    """
    text = text[:_LONGEST]
    found = _words(text) or _compact(text) or _figures(text)
    if found is None:
        return None
    clock = _TIME.match(text, found.end)
    return found._replace(end=clock.end()) if clock else found


def whole_date(text: str) -> Written | None:
    """The date that ``text`` is, but for blanks and a time of day; None when it is anything else."""
    day = _iso_day(text[:10])
    if day and (len(text) == 10 or _TIME.fullmatch(text, 10)):
        return Written(day, "", len(text))
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = leading_date(text)
    if found is None or not _CLOCK.match(text, found.end):
        return None
    return found


@lru_cache(maxsize=4096)
def _iso_day(text: str) -> int | None:
    """The usual case, many thousand times a second: an archive has few days and many articles."""
    found = _figures(text) if _ISO.fullmatch(text) else None
    return found.day if found else None


def _words(text: str) -> Written | None:
    found = _MONTH_FIRST.match(text)
    if found:
        name, day, year = found.groups()
    elif found := _DAY_FIRST.match(text):
        day, name, year = found.groups()
    else:
        return None
    month = _MONTHS.get(name.lower())
    return _named(found, year, month, day) if month else None


def _compact(text: str) -> Written | None:
    found = _COMPACT.match(text)
    written = _named(found, *found.groups()) if found else None
    return written if written and written.day else None  # eight digits that are no day are just a number


def _figures(text: str) -> Written | None:
    found = _FIGURES.match(text)
    if not found or (text[found.end() : found.end() + 1].isalpha() and not _TIME.match(text, found.end())):
        return None
    first, _, second, third = found.groups()
    if third is None:
        return _refuse(found, "names no day") if len(first) == 4 and len(second) <= 2 else None
    if len(first) == 4 and max(len(second), len(third)) <= 2:
        return _named(found, first, second, third)
    if max(len(first), len(second)) <= 2 and len(third) in (2, 4):
        ambiguous = int(first) <= 12 and int(second) <= 12 and first != second
        reason = "may be either of two days" if ambiguous else "has its year last"
        return _refuse(found, f"{reason}: write YYYY-MM-DD")
    return _refuse(found, "has no year from 0001 to 9999") if len(first) > 4 else None


def _named(found: re.Match[str], year: str, month: str | int, day: str) -> Written:
    try:
        return Written(date(int(year), int(month), int(day)).toordinal(), "", found.end())
    except ValueError:
        if int(year) == 0:
            return _refuse(found, "has no year from 0001 to 9999")
        return _refuse(found, "is not a day of the calendar")


def _refuse(found: re.Match[str], reason: str) -> Written:
    return Written(None, f"{found.group()} {reason}", found.end())
