"""In which week, month, quarter or year does a day lie?

The periods of one kind are numbered one after the other through the whole calendar, so that their numbers
ascend with the days and those of neighbours differ by one. Days are proleptic Gregorian ordinals; weeks run
from Monday to Sunday and belong to a year as ISO 8601 has it.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from indexer.search.kernels import Array

MONTHS = {"month": 1, "quarter": 3, "year": 12}  # in a period
KINDS = ("day", "week", *MONTHS)
_EPOCH = date(1970, 1, 1).toordinal()
_LAST = date.max.toordinal()


def numbers(days: Array, kind: str) -> Array:
    """Return the number of each day's period.

    >>> numbers(np.array([738824, 738825, 738854]), "month").tolist()
    [24285, 24286, 24286]
    """
    days = days.astype(np.int64)
    if kind == "day":
        return days
    if kind == "week":
        return (days - 1) // 7  # day 1 was a Monday
    months = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return months // MONTHS[kind]


def bounds(number: int, kind: str) -> tuple[int, int]:
    """Return the first and the last day of a period.

    >>> bounds(24286, "month")
    (738825, 738854)
    """
    if kind == "day":
        return number, number
    if kind == "week":
        return 7 * number + 1, min(7 * number + 7, _LAST)
    first, after = (_month_begins(MONTHS[kind] * one) for one in (number, number + 1))
    return first, after - 1


def label(number: int, kind: str) -> str:
    """Return the name of a period as date options take it.

    >>> [label(number, kind) for number, kind in ((738832, "day"), (105547, "week"), (8095, "quarter"))]
    ['2023-11-08', '2023-w45', '2023-q4']
    """
    first = date.fromordinal(bounds(number, kind)[0])
    if kind == "week":
        year, week, _ = first.isocalendar()
        return f"{year:04d}-w{week:02d}"
    if kind == "quarter":
        return f"{first.year:04d}-q{first.month // 3 + 1}"
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[kind]]


def _month_begins(month: int) -> int:
    """Return the first day of a month, counted from that of the year 0."""
    year, index = divmod(month, 12)
    return date(year, index + 1, 1).toordinal() if year < 10_000 else _LAST + 1
