"""What is the answer to this query? From a query as understood to one page of hits with passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.analysis.analyzer import Analyzer
from indexer.query.build import Meaning
from indexer.search.collector import Match, Matches
from indexer.search.copies import Group, fold, unfolded
from indexer.search.evaluator import Evaluator
from indexer.search.marking import Clauses, Marker, locate, markers, whole
from indexer.search.passages import passages
from indexer.search.places import TOGETHER
from indexer.search.results import Advice, Explanation, Hit, Passage, Reading, Results

if TYPE_CHECKING:
    from indexer.codec.segment import Row
    from indexer.documents.article import Article
    from indexer.index.reader import Snapshot
    from indexer.query.dates import Period
    from indexer.search.explain import Watch
    from indexer.search.part import Part


FEW = 2  # articles up to which a reader may want advice


class Request(NamedTuple):
    """What the reader asked for besides the words; ``limit`` 0 is all, ``passages`` None is all."""

    period: Period | None = None
    limit: int = 10
    page: int = 1
    sort: str = "relevance"
    passages: int | None = 2
    advice: bool = True
    explain: bool = False
    all_copies: bool = False


def answer(evaluator: Evaluator, meaning: Meaning, request: Request, analyzer: Analyzer) -> Results:
    """Return the page of hits that ``request`` asks for. Raises QueryError where a limit is passed."""
    snapshot = evaluator.snapshot
    watch = _watch(evaluator) if request.explain else None
    folding = unfolded if request.all_copies else fold
    find = partial(_matches, evaluator, meaning, request)
    found, groups, entries = folding(evaluator, find, request.sort, request.limit, request.page)
    evaluator.allow_time()
    on_page = [group.match for group in groups]
    total = sum(len(one.docs) for one in found)
    spans = [span for one in found if (span := one.span()) is not None]
    clauses = Clauses(meaning.clauses, meaning.exact if any(match.exact for match in on_page) else None)
    first_rank = 1 + (request.page - 1) * request.limit
    hits = _hits(evaluator, dict(enumerate(on_page, first_rank)), clauses, analyzer, request.passages)
    return Results(
        query=meaning.text,
        total=total,
        exact_total=None if meaning.exact is None else sum(len(one.exact) for one in found),
        hits=tuple(map(partial(_with_copies, snapshot), hits, groups)),
        page=request.page,
        limit=request.limit,
        first_day=min((first for first, _ in spans), default=None),
        last_day=max((last for _, last in spans), default=None),
        undated_left_out=evaluator.undated(meaning) if request.period else 0,
        phrase=meaning.exact is not None,
        since=request.period.first if request.period else None,
        until=request.period.last if request.period else None,
        notes=(*snapshot.notes, *meaning.notes),
        entries=entries,
        explanation=_explanation(evaluator, meaning, request, on_page, watch, analyzer),
        advice=_advice(evaluator, meaning, request, total, analyzer),
    )


def _matches(evaluator: Evaluator, meaning: Meaning, request: Request, most: int | None) -> list[Matches]:
    """Return what matches. Its time is limited; that for comparing what was found is not."""
    found = evaluator.matches(meaning, request.period, request.sort == "relevance", most)
    evaluator.take_time()
    return found


def _with_copies(snapshot: Snapshot, hit: Hit, group: Group) -> Hit:
    """Return a hit that knows the ids of its copies."""
    if not group.copies:
        return hit
    places = map(snapshot.place, group.copies)
    rows = [row for one, inside in places for row in one.segment.rows([inside])]
    return hit._replace(copies=tuple(snapshot.shown_id(row.id or "", bool(row.own)) for row in rows))


def _advice(
    evaluator: Evaluator, meaning: Meaning, request: Request, total: int, analyzer: Analyzer
) -> Advice | None:
    if total > FEW or not request.advice:
        return None
    from indexer.search.suggest import advise  # most searches need none

    return advise(evaluator, meaning, request.period, total, analyzer)


def _watch(evaluator: Evaluator) -> Watch:
    from indexer.search.explain import Watch  # most searches are not explained

    return Watch(evaluator.parts)


def _explanation(
    evaluator: Evaluator,
    meaning: Meaning,
    request: Request,
    on_page: Sequence[Match],
    watch: Watch | None,
    analyzer: Analyzer,
) -> Explanation | None:
    if watch is None:
        return None
    from indexer.search.explain import explain

    return explain(evaluator, meaning, request.period, on_page, watch.stop(), analyzer)


def count(evaluator: Evaluator, meaning: Meaning, period: Period | None) -> int:
    """Return how many articles match; nothing is scored or fetched."""
    return sum(len(one.docs) for one in evaluator.matches(meaning, period, scored=False))


def read(evaluator: Evaluator, doc: int, clauses: Clauses, analyzer: Analyzer) -> Reading:
    """Return the whole of document ``doc`` with the marks of ``clauses``."""
    part = next(part for part in reversed(evaluator.parts) if part.base <= doc)
    inside = doc - part.base
    docs = np.array([inside])
    (marker,) = markers(docs, clauses, analyzer, locate(part, docs, clauses))
    match = Match(doc, 0.0, evaluator.snapshot.day(doc), False)
    (row,) = part.segment.rows([inside])
    hit = _hit(evaluator, part, match, 1, row, marker, ())
    stored = evaluator.snapshot.article(doc)
    return Reading(hit, whole(stored.body, marker, row.body_at, _lines(stored)))


def _hits(
    evaluator: Evaluator,
    on_page: Mapping[int, Match],
    clauses: Clauses,
    analyzer: Analyzer,
    wanted: int | None,
) -> tuple[Hit, ...]:
    """Return the hits of matches by rank, found part by part."""
    found: dict[int, Hit] = {}
    for part in evaluator.parts:
        mine = [
            (match.doc - part.base, rank, match)
            for rank, match in on_page.items()
            if part.base <= match.doc < part.base + part.n_docs
        ]
        mine.sort()
        for low in range(0, len(mine), TOGETHER):
            docs, ranks, matches = zip(*mine[low : low + TOGETHER], strict=True)
            inside, rows = np.array(docs, np.int64), part.segment.rows(docs)
            located = locate(part, inside, clauses)
            marking = markers(inside, clauses, analyzer, located)
            chosen = passages(part, inside, rows, clauses, marking, located, wanted)
            columns = zip(ranks, matches, rows, marking, chosen, strict=True)
            for rank, match, row, marker, shown in columns:
                found[rank] = _hit(evaluator, part, match, rank, row, marker, shown)
    return tuple(found[rank] for rank in on_page)


def _hit(
    evaluator: Evaluator,
    part: Part,
    match: Match,
    rank: int,
    row: Row,
    marker: Marker,
    shown: tuple[Passage, ...],
) -> Hit:
    text = part.segment.text.read(row.text, row.text + row.headline + row.summary)
    headline, summary = text[: row.headline], text[row.headline :]
    return Hit(
        rank=rank,
        id=evaluator.snapshot.shown_id(row.id or "", bool(row.own)),
        day=match.day,
        headline=headline,
        headline_marks=marker.marks(headline, 0, row.summary_at),
        summary=summary,
        summary_marks=marker.marks(summary, row.summary_at, row.body_at),
        source=row.source,
        path=f"seeds/{row.path}",
        score=match.score,
        exact=match.exact,
        copies=(),
        passages=shown,
    )


def _lines(stored: Article) -> Callable[[int], int]:
    """Return the function from an offset in the body to the line of the file."""
    if stored.body_line == stored.line:  # a record of a many-article file stands on one line
        return lambda offset: stored.line
    return lambda offset: stored.body_line + stored.body.count("\n", 0, offset)
