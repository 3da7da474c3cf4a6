"""When were the matching articles published, and by whom?

Documents are in the order of their days, so those of a period are one run of the matches: they are counted
where they stand, and no article is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.arrays import run_starts
from indexer.search import periods
from indexer.search.kernels import Array

if TYPE_CHECKING:
    from indexer.query.build import Meaning
    from indexer.query.dates import Period
    from indexer.search.evaluator import Evaluator
    from indexer.search.part import Part

SOURCE = "source"
KINDS = (*periods.KINDS, SOURCE)


class Row(NamedTuple):
    """The matching articles of one period."""

    number: int  # see ``periods``
    label: str  # "2023-11", as date options take it
    first: int  # of its days within the date limits; ordinals, inclusive
    last: int
    total: int
    whole: bool  # False where the date limits cut the period


class Histogram(NamedTuple):
    """How many matching articles each period has, or each source. Without matches there are no rows."""

    query: str
    by: str  # one of KINDS
    total: int  # matching articles, the undated ones among them
    rows: tuple[Row, ...]  # periods with articles, ascending; none by source
    sources: tuple[tuple[str | None, int], ...]  # most articles first; none by period
    first_day: int | None  # span over all matching articles, ordinals
    last_day: int | None
    undated: int  # of the total
    undated_left_out: int  # matching articles that a date limit leaves out because they have no date
    since: int | None  # the date limits as understood, ordinals, inclusive
    until: int | None
    notes: tuple[str, ...]

    def all_rows(self) -> Iterator[Row]:
        """Yield every period from the first to the last, those without articles as well."""
        for before, row in zip((None, *self.rows), self.rows, strict=False):
            for number in range(before.number + 1 if before else row.number, row.number):
                yield _row(number, self.by, 0, self.since, self.until)
            yield row


def histogram(evaluator: Evaluator, meaning: Meaning, period: Period | None, by: str) -> Histogram:
    """Count what matches within ``period`` by one of KINDS. Raises QueryError where a limit is passed."""
    since, until = (period.first, period.last) if period else (None, None)
    found = list(evaluator.docs(meaning.tree, period))
    total = sum(len(docs) for _, docs in found)
    dated = [days for part, docs in found if len(days := _days(part, docs))]
    return Histogram(
        query=meaning.text,
        by=by,
        total=total,
        rows=() if by == SOURCE else _rows(dated, by, since, until),
        sources=_sources(found) if by == SOURCE else (),
        first_day=min((int(days[0]) for days in dated), default=None),
        last_day=max((int(days[-1]) for days in dated), default=None),
        undated=total - sum(map(len, dated)),
        undated_left_out=evaluator.undated(meaning) if period else 0,
        since=since,
        until=until,
        notes=(*evaluator.snapshot.notes, *meaning.notes),
    )


def _days(part: Part, docs: Array) -> Array:
    """Return the days, ascending, of those of ``docs`` that have one; they come first."""
    n = np.searchsorted(docs, docs.dtype.type(part.segment.n_dated))
    return part.segment.documents.days.array()[docs[:n]]


def _rows(dated: Iterable[Array], by: str, since: int | None, until: int | None) -> tuple[Row, ...]:
    counts: Counter[int] = Counter()
    for days in dated:
        numbers = periods.numbers(days, by)
        starts = run_starts(numbers)
        sizes = np.diff(starts, append=len(numbers))
        counts.update(dict(zip(numbers[starts].tolist(), sizes.tolist(), strict=True)))
    return tuple(_row(number, by, counts[number], since, until) for number in sorted(counts))


def _row(number: int, by: str, total: int, since: int | None, until: int | None) -> Row:
    first, last = periods.bounds(number, by)
    since, until = max(first, since or first), min(last, until or last)
    return Row(number, periods.label(number, by), since, until, total, (since, until) == (first, last))


def _sources(found: Iterable[tuple[Part, Array]]) -> tuple[tuple[str | None, int], ...]:
    counts: Counter[str | None] = Counter()
    for part, docs in found:
        counts.update(part.segment.sources.counts(docs))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or "")))
