"""How is a day, or a stretch of days, written for a reader?

English names are spelt out here: a locale would make the same archive look different on the next machine.
"""

from datetime import date, timedelta

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
UNDATED = "undated"
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()  # as a limit: none


def short(day: int) -> str:
    """
    >>> short(738832)
    '8 Nov 2023'
    """
    on = date.fromordinal(day)
    return f"{on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


def full(day: int | None) -> str:
    """
    >>> full(738832), full(None)
    ('Wed 8 Nov 2023', 'undated')
    """
    return UNDATED if day is None else f"{_WEEKDAYS[(day - 1) % 7]} {short(day)}"


def iso(day: int | None) -> str | None:
    """The machine's form, YYYY-MM-DD; None stays None."""
    return None if day is None else date.fromordinal(day).isoformat()


def span(first: int | None, last: int | None) -> str:
    """From the first to the last day; empty when there is none.

    >>> span(738832, 738917)
    '8 Nov 2023 – 1 Feb 2024'
    """
    if first is None or last is None:
        return ""
    return short(first) if first == last else f"{short(first)} – {short(last)}"


def period(since: int | None, until: int | None) -> str:
    """The phrase that ends "No articles match gaza ..."; empty without a limit.

    >>> period(738825, 738854), period(738832, 738832), period(738832, None)
    ('in November 2023', 'on Wed 8 Nov 2023', 'since 8 Nov 2023')
    """
    since = None if since == _FIRST else since
    until = None if until == _LAST else until
    if since is None:
        return "" if until is None else f"until {short(until)}"
    if until is None:
        return f"since {short(since)}"
    if since == until:
        return f"on {full(since)}"
    return _calendar_name(since, until) or f"from {short(since)} to {short(until)}"


def limits(since: int | None, until: int | None) -> str:
    """Date limits as understood, both days included.

    >>> limits(738825, 738854), limits(738832, None)
    ('1 Nov 2023 – 30 Nov 2023', '8 Nov 2023 –')
    """
    first = "" if since in (None, _FIRST) else short(since or 0)
    last = "" if until in (None, _LAST) else short(until or 0)
    return first if first == last else f"{first} – {last}".strip()


def _calendar_name(since: int, until: int) -> str:
    """ "in November 2023" or "in 2023" when the stretch is exactly that, else empty."""
    first, last = date.fromordinal(since), date.fromordinal(until)
    if first.day != 1 or first.year != last.year:
        return ""
    if (first.month, last.month, last.day) == (1, 12, 31):
        return f"in {first.year}"
    ends_month = last.day == 31 or (last + timedelta(days=1)).day == 1
    if first.month == last.month and ends_month:
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    return ""
