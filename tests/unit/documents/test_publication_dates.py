"""Dates in seeds: the written day, nothing guessed, every refusal explained."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.dates import leading_date, whole_date

NOVEMBER_8 = date(2023, 11, 8).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-08",
        "2023-11-8",
        "2023/11/08",
        "20231108",
        "2023-11-08T23:59:59+09:00",
        "2023-11-08T00:00:00.000Z",
        "2023-11-08 9:15:00 -4",
        "2023-11-08 10:15:00 UTC",
        "2023-11-08Z",
        "20231108T101500Z",
        "November 8, 2023",
        "november 8th 2023",
        "8 November 2023",
        "8-Nov-2023",
        "Nov. 8, 2023",
        "Wednesday, November 8, 2023",
        "Wed, 08 Nov 2023 10:00:00 GMT",
        "Wed, 08 Nov 2023 10:00:00 +0000",
        "Nov. 8, 2023 10:15 a.m. EST",
        "November 8, 2023 at 10:15 AM ET",
        " 2023-11-08\t",
    ],
)
def test_the_written_day_counts(text: str) -> None:
    written = whole_date(text)
    assert written is not None
    assert (written.day, written.trouble) == (NOVEMBER_8, "")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("2023-11-31", "is not a day of the calendar"),
        ("2023-13-01", "is not a day of the calendar"),
        ("2023-02-29", "is not a day of the calendar"),
        ("November 31, 2023", "is not a day of the calendar"),
        ("11/08/2023", "may be either of two days: write YYYY-MM-DD"),
        ("8.11.2023", "may be either of two days: write YYYY-MM-DD"),
        ("9/5/18", "may be either of two days: write YYYY-MM-DD"),
        ("13/08/2023", "has its year last: write YYYY-MM-DD"),
        ("08/08/2023", "has its year last: write YYYY-MM-DD"),
        ("2023-11", "names no day"),
        ("0000-01-01", "has no year from 0001 to 9999"),
        ("10000-01-01", "has no year from 0001 to 9999"),
    ],
)
def test_a_date_without_a_day_says_why(text: str, trouble: str) -> None:
    written = whole_date(text)
    assert written is not None
    assert (written.day, written.trouble) == (None, f"{text} {trouble}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2023",
        "9/11",
        "24/7",
        "50-50",
        "1.2.3",
        "99999999",
        "1699401600",
        "mayhem 5, 2023",
        "12 Mai 2023",
        "March 2023",
        "２０２３-11-08",
        "٢٠٢٣-١١-٠٨",
        "2023-11-08 and more",
        "2023-11-081",
        "2023-11-08x",
        "9" * 100_000,
        "9" * 100_000 + "-11-08",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert whole_date(text) is None


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_the_calendar_goes_from_year_1_to_9999(text: str) -> None:
    written = whole_date(text)
    assert written is not None
    assert written.day == date.fromisoformat(text).toordinal()


def test_a_leading_date_takes_its_time_along() -> None:
    written = leading_date("2023-11-08T10:15Z Headline")
    assert written is not None
    assert "2023-11-08T10:15Z Headline"[written.end :] == " Headline"


def test_a_number_after_a_date_is_not_its_time() -> None:
    written = leading_date("2023-11-08 1000 people march")
    assert written is not None
    assert written.end == 10


@given(st.dates())
def test_every_day_of_the_calendar_is_read_in_figures_and_in_words(day: date) -> None:
    words = f"{day:%B} {day.day}, {day.year:04}"
    for text in (f"{day.year:04}-{day.month:02}-{day.day:02}", words):
        written = whole_date(text)
        assert written is not None
        assert written.day == day.toordinal()


@given(st.text(max_size=60) | st.from_regex(r"[0-9/.: TZ+-]{0,30}", fullmatch=True))
def test_reading_never_fails(text: str) -> None:
    written = whole_date(text)
    assert written is None or (written.day is None) == bool(written.trouble)
