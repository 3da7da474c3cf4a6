"""How do the counts of a histogram look?

114 articles, 3 Oct 2023 – 12 Feb 2024 · 2 undated not shown

2023-10  14  ██████▍
2023-11  66  ██████████████████████████████
          4 months without any
2024-04   8  ███▋

the articles of a row: search ceasefire --on 2023-11
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from indexer.present import days
from indexer.present.advice import plural
from indexer.present.canvas import Canvas, dress
from indexer.present.escape import legible
from indexer.present.records import dump
from indexer.present.width import columns, cut
from indexer.search.histogram import SOURCE, Histogram, Row

GAP = 3  # periods without articles that are shown each; of more it is said how many they are
SOURCES = 40  # shown
LONGEST_BAR = 60  # columns
SHORTEST_BAR = 4
EIGHTHS = " ▏▎▍▌▋▊▉█"

Opening = Callable[[Row | str], str]
"""The command that shows the articles of one row, or of one source; empty where there is none."""


class Line(NamedTuple):
    """A line of the chart; without a count it is a remark."""

    label: str
    total: int | None


def render(found: Histogram, canvas: Canvas, opening: Opening) -> Iterator[str]:
    """The lines of a histogram that is not empty."""
    yield from canvas.block(_header(found))
    if lines := list(_sources(found) if found.by == SOURCE else _periods(found)):  # else all are undated
        yield ""
        yield from _chart(lines, canvas)
    if command := _example(found, opening):
        yield ""
        yield from canvas.block(f"the articles of a row: {command}", face=canvas.style.faint)


def _header(found: Histogram) -> str:
    when = days.span(found.first_day, found.last_day)
    parts = [", ".join(filter(None, (plural(found.total, "article"), when)))]
    if found.undated and found.by != SOURCE:
        parts.append(f"{found.undated:,} undated not shown")
    if found.undated_left_out:
        parts.append(f"{found.undated_left_out:,} undated left out")
    return " · ".join(parts)


def _periods(found: Histogram) -> Iterator[Line]:
    for is_empty, some in groupby(found.all_rows(), key=lambda row: not row.total):
        rows = list(some)
        if is_empty and len(rows) > GAP:
            yield Line(f"{plural(len(rows), found.by)} without any", None)
        else:
            yield from (Line(row.label, row.total) for row in rows)


def _sources(found: Histogram) -> Iterator[Line]:
    for name, count in found.sources[:SOURCES]:
        yield Line("(no source)" if name is None else legible(name)[0], count)
    if rest := found.sources[SOURCES:]:
        articles = plural(sum(count for _, count in rest), "article")
        yield Line(f"{plural(len(rest), 'source')} more with {articles}; -f csv lists all", None)


def _chart(lines: Sequence[Line], canvas: Canvas) -> Iterator[str]:
    counted = [(cut(label, canvas.width // 2), count) for label, count in lines if count is not None]
    label_width = max((columns(label) for label, _ in counted), default=0)
    most = max((count for _, count in counted), default=1)
    count_width = len(f"{most:,}")
    room = min(canvas.width - label_width - count_width - 4, LONGEST_BAR)
    for label, count in lines:
        if count is None:
            yield from canvas.block(label, lead=" " * (label_width + 2), face=canvas.style.faint)
            continue
        label = cut(label, canvas.width // 2)
        number = f"{label}{' ' * (label_width - columns(label))}  {count:>{count_width},}"
        drawn = bar(count, most, room) if room >= SHORTEST_BAR else ""
        lead = number if count else dress(number, canvas.style.faint)
        yield f"{lead}  {dress(drawn, canvas.style.bar)}".rstrip()


def bar(count: int, most: int, room: int) -> str:
    """A bar of at most ``room`` columns; whatever is not 0 can be seen.

    >>> bar(66, 66, 4), bar(1, 1000, 4), bar(0, 66, 4)
    ('████', '▏', '')
    """
    whole, part = divmod(max(round(count * room * 8 / most), 1 if count else 0), 8)
    return EIGHTHS[-1] * whole + EIGHTHS[part].strip()


def _example(found: Histogram, opening: Opening) -> str:
    """The command for the row with most articles; empty where none can be named."""
    if found.rows:
        return opening(max(found.rows, key=lambda row: row.total))
    named = next((name for name, _ in found.sources if name), None)
    return opening(named) if named else ""


def document(found: Histogram) -> Iterator[str]:
    """The lines of one JSON document, a row a line; whole and valid when there are no rows.

    {"query": text, "by": text, "total": int, "undated": int, "undated_left_out": int, "rows": [row, ...]}
    A row is {"period": "2023-11", "first": "2023-11-01", "last": "2023-11-30", "total": int}, of every period
    from the first to the last that has articles, or {"source": text or null, "total": int}.
    """
    head = {
        "query": found.query,
        "by": found.by,
        "total": found.total,
        "undated": found.undated,
        "undated_left_out": found.undated_left_out,
    }
    opening = f'{dump(head)[:-1]},"rows":['
    rows = _records(found)
    before = next(rows, None)
    if before is None:
        yield f"{opening}]}}"
        return
    yield opening
    for row in rows:
        yield dump(before) + ","
        before = row
    yield dump(before)
    yield "]}"


def records(found: Histogram) -> Iterator[str]:
    """The rows alone, one JSON object a line."""
    return map(dump, _records(found))


def _records(found: Histogram) -> Iterator[dict[str, Any]]:
    if found.by == SOURCE:
        yield from ({"source": name, "total": count} for name, count in found.sources)
        return
    for row in found.all_rows():
        first, last = days.iso(row.first), days.iso(row.last)
        yield {"period": row.label, "first": first, "last": last, "total": row.total}
