"""Promise: a histogram fits the page, shows whatever is not nothing, and programs get every row."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present import histogram as present
from indexer.present import table
from indexer.present.canvas import Canvas
from indexer.present.width import columns
from indexer.search import periods
from indexer.search.histogram import Histogram, Row


def made(counts: dict[int, int], by: str = "month", undated: int = 0) -> Histogram:
    """Counts by the number of their period."""
    rows = tuple(
        Row(number, periods.label(number, by), *periods.bounds(number, by), total, True) for number, total in sorted(counts.items())
    )
    first, last = (rows[0].first, rows[-1].last) if rows else (None, None)
    total = sum(counts.values()) + undated
    return Histogram("truce", by, total, rows, (), first, last, undated, 0, None, None, ())


def of_sources(*counts: tuple[str | None, int]) -> Histogram:
    total = sum(count for _, count in counts)
    return Histogram("truce", "source", total, (), counts, 738832, 738840, 1, 0, None, None, ())


def shown(found: Histogram, width: int = 80, opening=lambda row: "") -> list[str]:
    return list(present.render(found, Canvas(width), opening))


NOVEMBER = 2023 * 12 + 10


def test_the_page_of_the_docstring():
    found = made({NOVEMBER - 1: 14, NOVEMBER: 66, NOVEMBER + 5: 8}, undated=2)
    assert shown(found, opening=lambda row: f"search ceasefire --on {row.label}") == [
        "90 articles, 1 Oct 2023 – 30 Apr 2024 · 2 undated not shown",
        "",
        "2023-10  14  ████████████▊",
        "2023-11  66  ████████████████████████████████████████████████████████████",
        "         4 months without any",
        "2024-04   8  ███████▎",
        "",
        "the articles of a row: search ceasefire --on 2023-11",
    ]


def test_short_gaps_are_shown_and_long_ones_told():
    assert [line[:12].rstrip() for line in shown(made({10: 1, 14: 1}, "year"))[2:]] == ["0010  1  ███", "0011  0", "0012  0", "0013  0", "0014  1  ███"]
    assert shown(made({10: 1, 15: 1}, "year"))[3] == "      4 years without any"


COUNTS = st.dictionaries(st.integers(24000, 24100), st.integers(1, 10**7), min_size=1, max_size=9)


@given(COUNTS, st.integers(24, 200))
def test_every_line_fits_and_what_is_not_nothing_is_seen(counts, width):
    lines = shown(made(counts), width)
    assert max(map(columns, lines)) <= width
    chart = lines[lines.index("") + 1 :]
    drawn = {line[:7]: line[7:].split() for line in chart if line[0] != " "}
    for number, count in counts.items():
        told, *bar = drawn[periods.label(number, "month")]
        assert told == f"{count:,}"
        assert len(bar) == (width - 11 - len(f"{max(counts.values()):,}") >= present.SHORTEST_BAR)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(4, 60))
def test_bars_are_as_long_as_their_counts(one, most, room):
    one = min(one, most)
    drawn = present.bar(one, most, room)
    eighths = 8 * drawn.count("█") + sum(present.EIGHTHS.index(sign) for sign in drawn if sign != "█")
    assert abs(eighths - one * room * 8 / most) <= 1
    assert bool(drawn) is bool(one)


@pytest.mark.parametrize("width", [24, 40, 80])
def test_names_of_sources_are_cut_by_cells_and_made_harmless(width):
    lines = shown(of_sources(("新华社" * 20, 12), ("Evil\x1b[2J", 3), (None, 1)), width)
    assert max(map(columns, lines)) <= width
    wide, evil, none = lines[lines.index("") + 1 :]
    assert "新华" in wide
    assert "…" in wide
    assert evil.startswith("Evil␛[2J")
    assert none.startswith("(no source)")


def test_of_very_many_sources_the_first_are_shown_and_the_rest_counted():
    found = of_sources(*((f"Paper {number}", 100 - number) for number in range(60)))
    assert shown(found)[-1].strip() == "20 sources more with 1,010 articles; -f csv lists all"
    assert len(list(table.histogram(found))) == 61


def test_the_command_is_that_of_the_fullest_row():
    asked = []
    shown(made({5: 1, 6: 9, 7: 2}, "year"), opening=lambda row: asked.append(row.label) or "")
    shown(of_sources((None, 4), ("Wire", 2)), opening=lambda row: asked.append(row) or "")
    assert asked == ["0006", "Wire"]


@given(COUNTS, st.integers(0, 3))
def test_programs_get_every_row_and_the_sums_agree(counts, undated):
    found = made(counts, undated=undated)
    read = json.loads("".join(present.document(found)))
    assert (read["query"], read["by"], read["total"], read["undated"]) == ("truce", "month", found.total, undated)
    rows = list(csv.reader(io.StringIO("\n".join(table.histogram(found)))))
    assert rows[0] == ["period", "first", "last", "articles"]
    assert sum(int(row[3]) for row in rows[1:]) == found.total
    dated = rows[1 : len(rows) - bool(undated)]
    assert [list(row.values()) for row in read["rows"]] == [[*row[:3], int(row[3])] for row in dated]
    assert len(dated) == max(counts) - min(counts) + 1
    assert [json.loads(line) for line in present.records(found)] == read["rows"]


def test_nothing_is_a_whole_document():
    assert json.loads("".join(present.document(made({}))))["rows"] == []
    assert list(table.histogram(made({}))) == ["period,first,last,articles"]


def test_sources_for_programs():
    found = of_sources(("=Wire, daily", 12), (None, 1))
    assert json.loads("".join(present.document(found)))["rows"] == [{"source": "=Wire, daily", "total": 12}, {"source": None, "total": 1}]
    assert list(table.histogram(found)) == ["source,articles", '"\'=Wire, daily",12', ",1"]


def test_where_no_article_has_a_date_that_is_all_there_is_to_say():
    assert shown(made({}, undated=2)) == ["2 articles · 2 undated not shown"]
    assert shown(of_sources((None, 2)))[2:] == ["(no source)  2  " + "█" * 60]
