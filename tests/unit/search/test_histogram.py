"""Promise: a histogram counts what a search finds, article by article, whatever made the index."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import Workbench

from indexer.archive import Archive
from indexer.errors import QueryError
from indexer.query.dates import parse_period
from indexer.search import periods
from indexer.search.histogram import KINDS

DAYS = st.integers(1, date.max.toordinal())
PERIODS = st.sampled_from(periods.KINDS)


@given(DAYS, PERIODS)
def test_a_period_is_what_the_date_options_understand_by_its_label(day, kind):
    (number,) = periods.numbers(np.array([day]), kind).tolist()
    bounds = periods.bounds(number, kind)
    assert bounds[0] <= day <= bounds[1]
    assert parse_period(periods.label(number, kind), date(2024, 1, 1)) == bounds


@given(DAYS, PERIODS)
def test_periods_follow_one_another(day, kind):
    (number,) = periods.numbers(np.array([day]), kind).tolist()
    last = periods.bounds(number, kind)[1]
    if last < date.max.toordinal():
        assert periods.bounds(number + 1, kind)[0] == last + 1
        assert periods.numbers(np.array([last, last + 1]), kind).tolist() == [number, number + 1]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Articles over two years from three sources, in several segments, one of them rewritten and one gone."""
    bench = Workbench(tmp_path_factory.mktemp("archive"))
    for number in range(60):
        day = date(2022, 12, 20) + timedelta(days=number**2 % 500)
        word = "truce" if number % 3 else "talks"
        source = ("", "source: Harbour Wire\n", "source: The Alder Gazette\n")[number % 3 - 1]
        head = "" if number % 7 == 0 else f"date: {day}\n"
        bench.write(f"{number:02}.txt", f"---\ntitle: {word} {number}\n{head}{source}---\n{word} in Gaza, {number}.\n")
        if number % 20 == 19:
            bench.update()
    bench.write("05.txt", "---\ntitle: truce\ndate: 2030-01-31\n---\ntruce again.\n")
    bench.remove("08.txt")
    bench.update()
    return Archive(bench.root)


@pytest.mark.parametrize("by", periods.KINDS)
@pytest.mark.parametrize("limits", [{}, {"since": "2023-01-05", "until": "2023-05-17"}, {"on": "2023"}])
@pytest.mark.parametrize("query", ["truce", "gaza -talks", "*"])
def test_the_rows_are_the_articles_found_within_their_days(archive, query, by, limits):
    found = archive.histogram(query, by=by, **limits)
    hits = archive.search(query, limit=0, passages=0, **limits).hits
    assert found.total == len(hits)
    assert found.undated == sum(hit.day is None for hit in hits)
    assert found.undated_left_out == archive.search(query, **limits).undated_left_out
    dated = [hit.day for hit in hits if hit.day is not None]
    assert sum(row.total for row in found.rows) == len(dated)
    for row in found.rows:
        assert row.total == sum(row.first <= day <= row.last for day in dated) > 0
        since, until = map(str, map(date.fromordinal, (row.first, row.last)))
        assert archive.count(query, since=since, until=until) == row.total
        if row.whole:
            assert archive.count(query, on=row.label) == row.total
    assert (found.first_day, found.last_day) == (min(dated), max(dated))


@pytest.mark.parametrize("by", periods.KINDS)
def test_all_rows_leave_no_day_out(archive, by):
    rows = list(archive.histogram("truce", by=by).all_rows())
    for before, after in pairwise(rows):
        assert after.first == before.last + 1
    assert rows[0].total
    assert rows[-1].label.startswith("2030")
    assert any(not row.total for row in rows) or by == "year"


def test_sources_are_counted_with_those_that_have_none(archive):
    hits = archive.search("gaza", limit=0).hits
    assert dict(archive.histogram("gaza", by="source").sources) == Counter(hit.source for hit in hits)
    counts = [count for _, count in archive.histogram("gaza", by="source").sources]
    assert counts == sorted(counts, reverse=True)


def test_of_nothing_there_are_no_rows(archive):
    for by in KINDS:
        found = archive.histogram("nobody", by=by)
        assert (found.total, found.rows, found.sources, list(found.all_rows())) == (0, (), (), [])
        assert (found.first_day, found.last_day) == (None, None)


def test_another_kind_is_refused(archive):
    with pytest.raises(QueryError, match="by is one of day, week, month, quarter, year, source, not decade"):
        archive.histogram("truce", by="decade")


def test_nothing_is_scored_and_no_article_is_read(archive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("indexer.codec.stored.Text.read", None)
    monkeypatch.setattr("indexer.search.term_list.TermList._impacts", None)
    assert archive.histogram("truce gaza").total == archive.count("truce gaza")
