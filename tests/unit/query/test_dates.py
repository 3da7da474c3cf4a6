"""Dates are whole days from a closed grammar; everything else is refused with a reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DateError
from indexer.query.dates import FIRST_DAY, LAST_DAY, limits, parse_period, today

NOW = date(2023, 11, 15)  # a Wednesday


def days(text: str, now: date = NOW) -> tuple[str, str]:
    period = parse_period(text, now)
    return str(date.fromordinal(period.first)), str(date.fromordinal(period.last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-11-08", "2023-11-08", "2023-11-08"),
        ("2023-1-5", "2023-01-05", "2023-01-05"),
        ("2023-11", "2023-11-01", "2023-11-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("2023-q4", "2023-10-01", "2023-12-31"),
        ("2023-Q1", "2023-01-01", "2023-03-31"),
        ("q4 2023", "2023-10-01", "2023-12-31"),
        ("2023-w45", "2023-11-06", "2023-11-12"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("nov 2023", "2023-11-01", "2023-11-30"),
        ("nov-2023", "2023-11-01", "2023-11-30"),
        ("November 2023", "2023-11-01", "2023-11-30"),
        ("nov", "2023-11-01", "2023-11-30"),
        ("dec", "2022-12-01", "2022-12-31"),
        ("may", "2023-05-01", "2023-05-31"),
        ("8 nov 2023", "2023-11-08", "2023-11-08"),
        ("November 8, 2023", "2023-11-08", "2023-11-08"),
        ("8th November", "2023-11-08", "2023-11-08"),
        ("nov 16", "2022-11-16", "2022-11-16"),
        ("feb 29", "2020-02-29", "2020-02-29"),
        ("today", "2023-11-15", "2023-11-15"),
        ("yesterday", "2023-11-14", "2023-11-14"),
        ("this week", "2023-11-13", "2023-11-19"),
        ("last week", "2023-11-06", "2023-11-12"),
        ("last month", "2023-10-01", "2023-10-31"),
        ("this quarter", "2023-10-01", "2023-12-31"),
        ("last quarter", "2023-07-01", "2023-09-30"),
        ("last year", "2022-01-01", "2022-12-31"),
        ("tuesday", "2023-11-14", "2023-11-14"),
        ("wednesday", "2023-11-15", "2023-11-15"),
        ("last wednesday", "2023-11-08", "2023-11-08"),
        ("last tuesday", "2023-11-14", "2023-11-14"),
        ("1d", "2023-11-15", "2023-11-15"),
        ("7d", "2023-11-09", "2023-11-15"),
        ("2w", "2023-11-02", "2023-11-15"),
        ("3m", "2023-08-16", "2023-11-15"),
        ("1y", "2022-11-16", "2023-11-15"),
        ("3 days ago", "2023-11-12", "2023-11-12"),
        ("2 weeks ago", "2023-11-01", "2023-11-01"),
        ("a month ago", "2023-10-15", "2023-10-15"),
        ("2023-11-01..2023-11-30", "2023-11-01", "2023-11-30"),
        ("2023-10..nov 2023", "2023-10-01", "2023-11-30"),
        ("2023-11..", "2023-11-01", "9999-12-31"),
        ("..2023-11", "0001-01-01", "2023-11-30"),
    ],
)
def test_each_form_means_whole_days(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2023-11-31", "November 2023 has 30 days."),
        ("2023-02-29", "February 2023 has 28 days."),
        ("2023-13-01", "there is no month 13"),
        ("2023-00", "there is no month 00"),
        ("0000", "years run from 0001 to 9999"),
        ("2023-w53", "2023 has weeks w01 to w52"),
        ("2023-q5", "quarters run from q1 to q4"),
        ("11/08/2023", "could be 11 August or 8 November. Write 2023-08-11 or 2023-11-08."),
        ("08.11.2023", "could be 8 November or 11 August."),
        ("13/11/2023", "write it as 2023-11-13."),
        ("2023/11/08", "write it as 2023-11-08."),
        ("99/99/2023", "no such day"),
        ("nov 31", "November has 30 days"),
        ("foo", "not a date that is understood here"),
        ("20231108", "not a date that is understood here"),
        ("２０２３", "not a date that is understood here"),
        ("", "no date given"),
        ("..", "at least one side"),
        ("2023-11-30..2023-11-01", "no day lies between them"),
        ("0d", "Write 1d for today"),
        ("9" * 100_000, "too long for a date"),
        ("9999 years ago", "years run from 0001 to 9999"),
    ],
)
def test_what_is_no_date_is_refused_and_says_why(text: str, says: str) -> None:
    with pytest.raises(DateError) as refusal:
        days(text)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_limits_are_inclusive_at_both_ends() -> None:
    period = limits("2023-11", "nov 2023", None, NOW)
    assert period == (date(2023, 11, 1).toordinal(), date(2023, 11, 30).toordinal())
    assert limits(None, "2023", None, NOW) == (FIRST_DAY, date(2023, 12, 31).toordinal())
    assert limits("2023", None, None, NOW) == (date(2023, 1, 1).toordinal(), LAST_DAY)
    assert limits(None, None, "2023", NOW) == (date(2023, 1, 1).toordinal(), date(2023, 12, 31).toordinal())
    assert limits(None, None, None, NOW) is None


def test_a_reversed_range_is_refused_naming_both_days() -> None:
    with pytest.raises(DateError, match="--since 2023-11-01 is after --until 2023-10-31: no day lies between"):
        limits("nov 2023", "oct", None, NOW)


def test_a_refused_date_names_its_option() -> None:
    with pytest.raises(DateError, match=r"^--since 2023-11-31: November 2023 has 30 days\.$"):
        limits("2023-11-31", None, None, NOW)


def test_today_can_be_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_TODAY", "2023-11-15")
    assert today() == NOW
    monkeypatch.setenv("SEARCH_TODAY", "soon")
    with pytest.raises(DateError, match="SEARCH_TODAY=soon"):
        today()


@given(st.dates())
def test_every_day_reads_back_as_itself(day: date) -> None:
    assert parse_period(day.isoformat(), NOW) == (day.toordinal(), day.toordinal())


@given(st.dates(min_value=date(2, 1, 1)))
def test_month_week_and_quarter_contain_the_day_they_are_named_after(now: date) -> None:
    for name in ("this week", "this month", "this quarter", "this year"):
        period = parse_period(name, now)
        assert period.first <= now.toordinal() <= period.last
        before = parse_period(name.replace("this", "last"), now)
        assert before.last == period.first - 1


@given(st.text(max_size=80))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = parse_period(text, NOW)
    except DateError as error:
        assert str(error)
    else:
        assert FIRST_DAY <= period.first <= period.last <= LAST_DAY


def test_the_last_days_meet_the_day_before() -> None:
    for count in range(1, 60):
        period = parse_period(f"{count}d", NOW)
        assert period.last - period.first + 1 == count
        assert parse_period(f"{count} days ago", NOW).first == (NOW - timedelta(days=count)).toordinal()
