"""Which days did the reader mean?

A closed grammar: what is not listed here is refused, never guessed. Every form is a whole number of days:

    2023-11-08   2023-11   2023   2023-q4   2023-w45         ISO forms; weeks run Monday to Sunday
    nov 2023   8 nov 2023   nov 8, 2023   nov   tuesday      without a year the latest one not in the future
    today   yesterday   this week   last month   last tuesday
    7d   2w   3m   1y                                        the last so many days ... years, today included
    3 days ago   2 weeks ago   6 months ago                  that day
    A..B   A..   ..B                                         from the first day of A to the last day of B

``Period`` holds proleptic Gregorian ordinals (``datetime.date.toordinal``), both ends inclusive.
"""

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from indexer.errors import DateError

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WRITE = "Write 2023-11-08, 2023-11, 2023, nov 2023, yesterday, last week or 7d."


class Period(NamedTuple):
    """An interval of days, inclusive at both ends, as ordinals."""

    first: int
    last: int


def today() -> date:
    """Return the local calendar day; ``SEARCH_TODAY=YYYY-MM-DD`` overrides it. Raises DateError."""
    override = os.environ.get("SEARCH_TODAY")
    if not override:
        return date.today()
    period = _iso_day(override.strip(), date.today())
    if period is None:
        raise DateError(f"SEARCH_TODAY={override}: not a day. Write it as 2023-11-08.")
    return date.fromordinal(period.first)


def limits(since: str | None, until: str | None, on: str | None, now: date | None = None) -> Period | None:
    """Return the days that ``--since``, ``--until`` or ``--on`` allow, or None without a limit.

    >>> limits("2023-11", None, None, date(2024, 1, 1)) == (date(2023, 11, 1).toordinal(), LAST_DAY)
    True

    Raises DateError, naming the option, for what is no date and for a range without a day in it.
    """
    now = now or today()
    if on is not None:
        return named_period("--on", on, now)
    if since is None and until is None:
        return None
    first = FIRST_DAY if since is None else named_period("--since", since, now).first
    last = LAST_DAY if until is None else named_period("--until", until, now).last
    if first > last:
        raise DateError(
            f"--since {date.fromordinal(first)} is after --until {date.fromordinal(last)}: "
            "no day lies between them."
        )
    return Period(first, last)


def named_period(option: str, text: str, now: date) -> Period:
    """Parse ``text`` and put ``option`` in front of what is wrong with it."""
    try:
        return parse_period(text, now)
    except DateError as error:
        raise DateError(f"{option} {_shown(text)}: {error}") from None


def parse_period(text: str, now: date) -> Period:
    """Return the days that ``text`` names, seen from ``now``. Raises DateError."""
    plain = " ".join(text.replace(",", " ").lower().split())
    if not plain:
        raise DateError(f"no date given. {WRITE}")
    if len(plain) > 64:
        raise DateError(f"too long for a date. {WRITE}")
    if ".." in plain:
        return _range(plain, now)
    return _single(plain, now)


def _range(text: str, now: date) -> Period:
    left, _, right = text.partition("..")
    left, right = left.strip(), right.strip()
    if not left and not right:
        raise DateError("a range needs a date on at least one side of the two dots.")
    first = _single(left, now).first if left else FIRST_DAY
    last = _single(right, now).last if right else LAST_DAY
    if first > last:
        raise DateError(
            f"{date.fromordinal(first)} is after {date.fromordinal(last)}: no day lies between them."
        )
    return Period(first, last)


def _single(text: str, now: date) -> Period:
    for form in FORMS:
        period = form(text, now)
        if period is not None:
            return period
    if re.fullmatch(r"[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{1,4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", text):
        raise DateError(_ambiguous(text))
    raise DateError(f"not a date that is understood here. {WRITE}")


def _ambiguous(text: str) -> str:
    """Say which two days a date such as 11/08/2023 could be, and how to write each."""
    a, b, c = (int(part) for part in re.split(r"[/.-]", text))
    readings = [(c, b, a), (c, a, b)] if a <= 31 else [(a, b, c)]
    days = []
    for year, month, day in readings:
        if 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= days_in(year, month):
            found = date(year, month, day)
            if found not in days:
                days.append(found)
    if len(days) == 2:
        one, two = days
        return f"could be {_words(one)} or {_words(two)}. Write {one} or {two}."
    if days:
        return f"write it as {days[0]}."
    return "no such day. Write dates as 2023-11-08."


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()}"


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _day(year: int, month: int, day: int) -> Period:
    """Return one day; raises DateError that says which part is impossible."""
    length = _month(year, month).last - _month(year, month).first + 1
    name = f"{MONTHS[month - 1].capitalize()} {year:04d}"
    if not 1 <= day <= length:
        raise DateError(f"{name} has {length} days.")
    ordinal = date(year, month, day).toordinal()
    return Period(ordinal, ordinal)


def _month(year: int, month: int) -> Period:
    _year(year)
    if not 1 <= month <= 12:
        raise DateError(f"there is no month {month:02d}. Write 2023-01 to 2023-12.")
    first = date(year, month, 1).toordinal()
    return Period(first, first + days_in(year, month) - 1)


def _year(year: int) -> Period:
    if not 1 <= year <= 9999:
        raise DateError("years run from 0001 to 9999.")
    return Period(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())


def _iso_day(text: str, now: date) -> Period | None:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    return _day(*(int(part) for part in found.groups())) if found else None


def _iso_month(text: str, now: date) -> Period | None:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text)
    return _month(int(found[1]), int(found[2])) if found else None


def _iso_year(text: str, now: date) -> Period | None:
    return _year(int(text)) if re.fullmatch(r"[0-9]{4}", text) else None


def _quarter(text: str, now: date) -> Period | None:
    found = re.fullmatch(r"([0-9]{4})[ -]?q([0-9])|q([0-9]) ([0-9]{4})", text)
    if not found:
        return None
    year, quarter = int(found[1] or found[4]), int(found[2] or found[3])
    if not 1 <= quarter <= 4:
        raise DateError("quarters run from q1 to q4.")
    return Period(_month(year, 3 * quarter - 2).first, _month(year, 3 * quarter).last)


def _iso_week(text: str, now: date) -> Period | None:
    found = re.fullmatch(r"([0-9]{4})[ -]?w([0-9]{1,2})", text)
    if not found:
        return None
    year, week = int(found[1]), int(found[2])
    _year(year)
    try:
        first = date.fromisocalendar(year, week, 1).toordinal()
    except ValueError:
        weeks = date(year, 12, 28).isocalendar().week
        raise DateError(f"{year:04d} has weeks w01 to w{weeks}.") from None
    return Period(first, min(first + 6, LAST_DAY))


def days_in(year: int, month: int) -> int:
    """Return how many days a month has; ``calendar`` knows as well, and loads names of months of all places.

    >>> [days_in(2023, month) for month in (1, 2, 4)], days_in(2024, 2), days_in(1900, 2)
    ([31, 28, 30], 29, 28)
    """
    if month == 2:
        return 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 30 if month in (4, 6, 9, 11) else 31


def _month_name(text: str) -> int | None:
    """Return 1 to 12 for a month's name or its first three letters or more, else None."""
    word = text.rstrip(".")
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(MONTHS, 1) if name.startswith(word)), None)


def _named_month(text: str, now: date) -> Period | None:
    """``nov 2023``, ``nov-2023``, or ``nov`` alone: the latest November that has begun."""
    found = re.fullmatch(r"([a-z]+\.?)(?:[ -]([0-9]{4}))?", text)
    month = _month_name(found[1]) if found else None
    if found is None or month is None:
        return None
    year = int(found[2]) if found[2] else now.year - (month > now.month)
    return _month(year, month)


def _named_day(text: str, now: date) -> Period | None:
    """``8 nov 2023``, ``nov 8 2023``; without a year the latest one not in the future."""
    day_first = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]+\.?)(?:[ -]([0-9]{4}))?", text)
    month_first = re.fullmatch(r"([a-z]+\.?) ([0-9]{1,2})(?:st|nd|rd|th)?(?: ([0-9]{4}))?", text)
    if day_first:
        day, name, year = day_first.groups()
    elif month_first:
        name, day, year = month_first.groups()
    else:
        return None
    month = _month_name(name)
    if month is None:
        return None
    if year:
        return _day(int(year), month, int(day))
    return _latest_day(month, int(day), now)


def _latest_day(month: int, day: int, now: date) -> Period:
    """Return the latest such day not after ``now``; 29 February may be up to eight years back."""
    if not 1 <= day <= days_in(2024, month):
        raise DateError(f"{MONTHS[month - 1].capitalize()} has {days_in(2024, month)} days.")
    for year in range(now.year, max(now.year - 9, 0), -1):
        if day <= days_in(year, month) and date(year, month, day) <= now:
            return _day(year, month, day)
    raise DateError("no such day in the last eight years. Write the year too.")


def _named_relative(text: str, now: date) -> Period | None:
    """``today``, ``yesterday``, ``this week``, ``last month``, ``tuesday``, ``last tuesday``."""
    days = {"today": 0, "yesterday": 1}
    if text in days:
        return _back(now, days[text])
    which, _, unit = text.rpartition(" ")
    if which not in ("", "this", "last"):
        return None
    if unit in WEEKDAYS and which != "this":
        back = (now.weekday() - WEEKDAYS.index(unit)) % 7
        return _back(now, back or 7 if which == "last" else back)
    if which and unit in UNITS:
        this = UNITS[unit](now)
        return this if which == "this" else UNITS[unit](date.fromordinal(max(this.first - 1, FIRST_DAY)))
    return None


def _week_of(day: date) -> Period:
    first = max(day.toordinal() - day.weekday(), FIRST_DAY)
    return Period(first, min(first + 6, LAST_DAY))


def _quarter_of(day: date) -> Period:
    start = 3 * ((day.month - 1) // 3) + 1
    return Period(_month(day.year, start).first, _month(day.year, start + 2).last)


UNITS: dict[str, Callable[[date], Period]] = {
    "week": _week_of,
    "month": lambda day: _month(day.year, day.month),
    "quarter": _quarter_of,
    "year": lambda day: _year(day.year),
}


def _last_so_many(text: str, now: date) -> Period | None:
    """``7d``: the last seven days, today included; ``3m``: from the same day three months ago."""
    found = re.fullmatch(r"([0-9]{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)", text)
    if not found:
        return None
    count, unit = int(found[1]), found[2][0]
    if count == 0:
        raise DateError("a span of nothing. Write 1d for today.")
    if unit in "dw":
        back = count * (7 if unit == "w" else 1) - 1
        return Period(_back(now, back).first, now.toordinal())
    earlier = _months_ago(now, count * (12 if unit == "y" else 1))
    return Period(min(earlier.first + 1, now.toordinal()), now.toordinal())


def _ago(text: str, now: date) -> Period | None:
    found = re.fullmatch(r"([0-9]{1,4}|an?) (day|week|month|year)s? ago", text)
    if not found:
        return None
    count = 1 if found[1] in ("a", "an") else int(found[1])
    if found[2] in ("day", "week"):
        return _back(now, count * (7 if found[2] == "week" else 1))
    return _months_ago(now, count * (12 if found[2] == "year" else 1))


def _back(now: date, days: int) -> Period:
    try:
        ordinal = (now - timedelta(days=days)).toordinal()
    except OverflowError:
        raise DateError("years run from 0001 to 9999.") from None
    return Period(ordinal, ordinal)


def _months_ago(now: date, months: int) -> Period:
    """Return the same day so many months before; the month's last day where it is shorter."""
    index = now.year * 12 + now.month - 1 - months
    year, month = index // 12, index % 12 + 1
    if year < 1:
        raise DateError("years run from 0001 to 9999.")
    return _day(year, month, min(now.day, days_in(year, month)))


FORMS: tuple[Callable[[str, date], Period | None], ...] = (
    _iso_day,
    _iso_month,
    _iso_year,
    _quarter,
    _iso_week,
    _named_relative,
    _named_month,
    _named_day,
    _last_so_many,
    _ago,
)
