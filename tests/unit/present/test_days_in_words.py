"""Promise: days are written the same on every machine, and a period by its usual name."""

from datetime import date

import pytest

from indexer.present import days


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        (None, None, ""),
        ("2023-01-01", "2023-12-31", "in 2023"),
        ("2024-02-01", "2024-02-29", "in February 2024"),
        ("2023-12-01", "2023-12-31", "in December 2023"),
        ("9999-12-01", "9999-12-30", "from 1 Dec 9999 to 30 Dec 9999"),
        ("2023-02-01", "2023-02-27", "from 1 Feb 2023 to 27 Feb 2023"),
        ("2023-10-01", "2023-12-31", "from 1 Oct 2023 to 31 Dec 2023"),
        ("2022-12-01", "2023-12-31", "from 1 Dec 2022 to 31 Dec 2023"),
        ("2023-11-08", "2023-11-08", "on Wed 8 Nov 2023"),
        ("2023-11-08", None, "since 8 Nov 2023"),
        ("2023-11-08", "9999-12-31", "since 8 Nov 2023"),
        ("0001-01-01", "2023-11-08", "until 8 Nov 2023"),
        ("0001-01-01", "9999-12-31", ""),
    ],
)
def test_periods(since, until, name):
    assert days.period(since and day(since), until and day(until)) == name


@pytest.mark.parametrize(("text", "shown"), [("0001-01-01", "Mon 1 Jan 1"), ("9999-12-31", "Fri 31 Dec 9999"), ("2024-02-29", "Thu 29 Feb 2024")])
def test_the_whole_calendar(text, shown):
    assert days.full(day(text)) == shown


def test_a_span_of_one_day_is_that_day():
    assert days.span(day("2023-11-08"), day("2023-11-08")) == "8 Nov 2023"
    assert days.span(None, None) == ""
