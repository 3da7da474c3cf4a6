"""How are the figures told? As Markdown, ours in milliseconds and the others as multiples of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.speed.children import Run
from benchmarks.speed.peers import OURS

MISSING = "–"
MB = 1e6


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table, all columns but the first aligned to the right.

    >>> table(["a", "b"], [["x", "1"]])
    ['| a | b |', '|---|--:|', '| x | 1 |']
    """
    rule = "|---" + "|--:" * (len(header) - 1) + "|"
    return [_line(header), rule, *map(_line, rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def ratio(theirs: float, ours: float) -> str:
    """Return how many times ours is theirs: two figures, no more digits than are sure.

    >>> ratio(3.0, 2.0), ratio(0.05, 1.0), ratio(0.00041, 1.0), ratio(1234, 1), ratio(99.6, 10)
    ('1.5', '0.05', '0.00041', '1,200', '10')
    """
    times = theirs / ours
    if times >= 9.95:
        rounded = float(f"{times:.2g}")
        return f"{rounded:,.0f}"
    return f"{times:.1f}" if times >= 0.995 else f"{times:.2f}" if times >= 0.0995 else f"{times:.2g}"


def milliseconds(seconds: float) -> str:
    """Return milliseconds with three figures at most.

    >>> milliseconds(0.0000123), milliseconds(0.00123), milliseconds(1.234)
    ('0.012', '1.23', '1,234')
    """
    value = seconds * 1e3
    return f"{value:.3f}" if value < 0.9995 else f"{value:.2f}" if value < 99.5 else f"{value:,.0f}"


def built(figures: Mapping[str, Mapping[str, Any]], own: str) -> list[str]:
    """Return the table of builds, which names ours ``own``; fewer articles where an engine is too slow."""
    header = [
        "",
        "articles",
        "s",
        "s of processor",
        "articles/s",
        "MB/s",
        "peak MB",
        "index / text",
        "time / ours",
    ]
    ours = figures[own]
    rows = [
        [
            name,
            f"{one['articles']:,}",
            f"{one['seconds']:.1f}",
            f"{one['cpu']:.1f}",
            f"{one['articles'] / one['seconds']:,.0f}",
            f"{one['text'] / MB / one['seconds']:.1f}",
            f"{one['memory']:,.0f}",
            f"{one['index'] / one['text']:.2f}",
            ratio(one["seconds"] / one["articles"], ours["seconds"] / ours["articles"]),
        ]
        for name, one in figures.items()
    ]
    return table(header, rows)


def asked(kinds: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> list[str]:
    """Return the table of one way of asking; medians over the queries of a kind."""
    peers = [name for name in names if name != OURS]
    rows = []
    for kind, times in kinds.items():
        if OURS not in times:
            continue
        ours = median(times[OURS]["best"])
        row = [kind, milliseconds(ours), milliseconds(median(times[OURS]["first"]))]
        rows.append(row + [ratio(median(times[p]["best"]), ours) if p in times else MISSING for p in peers])
    return table(["", "ours, ms", "first time, ms", *(f"{peer} / ours" for peer in peers)], rows)


def agreement(totals: Mapping[str, Mapping[str, Sequence[int | None]]], names: Sequence[str]) -> list[str]:
    """Return the table of matches: how many all queries of a kind have, and how many more others find."""
    peers = [name for name in names if name != OURS]
    rows = []
    for kind, each in totals.items():
        counted = {name: _sum(found) for name, found in each.items()}
        ours = counted[OURS]
        row = [kind, MISSING if ours is None else f"{ours:,}"]
        rows.append(row + [_share(counted[peer], ours) for peer in peers])
    return table(["", "articles, ours", *(f"{peer} / ours" for peer in peers)], rows)


def _sum(found: Sequence[int | None]) -> int | None:
    counts = [count for count in found if count is not None]
    return sum(counts) if len(counts) == len(found) else None


def _share(theirs: int | None, ours: int | None) -> str:
    return MISSING if theirs is None or not ours else f"{theirs / ours:.3f}"


def added(seconds: Mapping[str, Sequence[float]]) -> list[str]:
    """Return the table of updates."""
    ours = median(seconds[OURS])
    rows = [[name, milliseconds(median(each)), ratio(median(each), ours)] for name, each in seconds.items()]
    return table(["", "ms", "time / ours"], rows)


def cold(kinds: Mapping[str, Mapping[str, Sequence[Run]]], names: Sequence[str]) -> list[str]:
    """Return the table of whole processes; memory is the most of all kinds."""
    peers = [name for name in names if name != OURS]
    rows = []
    for kind, runs in kinds.items():
        ours = median(one.wall for one in runs[OURS])
        processor, memory = (median(getattr(one, what) for one in runs[OURS]) for what in ("cpu", "memory"))
        row = [kind, f"{ours * 1e3:.0f}", f"{processor * 1e3:.0f}", f"{memory:.0f}"]
        for peer in peers:
            theirs, memory = (median(getattr(one, what) for one in runs[peer]) for what in ("wall", "memory"))
            row.append(f"{ratio(theirs, ours)} ({theirs * 1e3:.0f} ms, {memory:.0f} MB)")
        rows.append(row)
    return table(["", "ours, ms", "processor, ms", "MB", *(f"{peer} / ours" for peer in peers)], rows)
