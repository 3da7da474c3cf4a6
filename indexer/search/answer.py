"""What is the answer to this query? From a query as understood to one page of hits with passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.analysis.analyzer import Analyzer
from indexer.query.build import Meaning
from indexer.query.dates import Period
from indexer.search.collector import Match, page
from indexer.search.evaluator import Evaluator
from indexer.search.passages import Clauses, marks, passages, whole
from indexer.search.results import Hit, Reading, Results

if TYPE_CHECKING:
    from indexer.documents.article import Article
    from indexer.index.reader import Snapshot


@dataclass(frozen=True, slots=True)
class Request:
    """What the reader asked for besides the words; ``limit`` 0 is all, ``passages`` None is all."""

    period: Period | None = None
    limit: int = 10
    page: int = 1
    sort: str = "relevance"
    passages: int | None = 2


def answer(evaluator: Evaluator, meaning: Meaning, request: Request, analyzer: Analyzer) -> Results:
    """Return the page of hits that ``request`` asks for. Raises QueryError where a limit is passed."""
    snapshot = evaluator.snapshot
    found = evaluator.matches(meaning, request.period)
    on_page = page(found, request.sort, request.limit, request.page, snapshot.id)
    spans = [span for one in found if (span := one.span()) is not None]
    clauses = Clauses(meaning.clauses, meaning.exact)
    first_rank = 1 + (request.page - 1) * request.limit
    return Results(
        query=meaning.text,
        total=sum(len(one.docs) for one in found),
        exact_total=None if meaning.exact is None else sum(int(one.exact.sum()) for one in found),
        hits=tuple(
            _hit(snapshot, match, rank, clauses, analyzer, request.passages)
            for rank, match in enumerate(on_page, first_rank)
        ),
        page=request.page,
        limit=request.limit,
        first_day=min((first for first, _ in spans), default=None),
        last_day=max((last for _, last in spans), default=None),
        undated_left_out=evaluator.undated(meaning) if request.period else 0,
        phrase=meaning.exact is not None,
        since=request.period.first if request.period else None,
        until=request.period.last if request.period else None,
        notes=(*snapshot.notes, *meaning.notes),
    )


def count(evaluator: Evaluator, meaning: Meaning, period: Period | None) -> int:
    """Return how many articles match; nothing is scored or fetched."""
    return sum(len(one.docs) for one in evaluator.matches(meaning, period, scored=False))


def read(snapshot: Snapshot, doc: int, clauses: Clauses, analyzer: Analyzer) -> Reading:
    """Return the whole of document ``doc`` with the marks of ``clauses``."""
    hit = _hit(snapshot, Match(doc, 0.0, snapshot.day(doc), False), 1, clauses, analyzer, 0)
    stored = snapshot.article(doc)
    return Reading(hit, whole(stored.body, clauses, analyzer, _lines(stored)))


def _hit(
    snapshot: Snapshot, match: Match, rank: int, clauses: Clauses, analyzer: Analyzer, wanted: int | None
) -> Hit:
    stored = snapshot.article(match.doc)
    return Hit(
        rank=rank,
        id=snapshot.shown_id(stored.id, stored.own_id),
        day=match.day,
        headline=stored.headline,
        headline_marks=marks(stored.headline, clauses, analyzer),
        summary=stored.summary,
        summary_marks=marks(stored.summary, clauses, analyzer),
        source=stored.source,
        path=f"seeds/{stored.path}",
        score=match.score,
        exact=match.exact,
        copies=(),
        passages=passages(stored.body, clauses, analyzer, wanted, _lines(stored)),
    )


def _lines(stored: Article) -> Callable[[int], int]:
    """Return the function from an offset in the body to the line of the file."""
    if stored.body_line == stored.line:  # a record of a many-article file stands on one line
        return lambda offset: stored.line
    return lambda offset: stored.body_line + stored.body.count("\n", 0, offset)
