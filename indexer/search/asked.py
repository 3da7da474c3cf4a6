"""What do the words, dates and ids that a reader gives ask for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import QueryError, UnknownArticle
from indexer.limits import Limits

if TYPE_CHECKING:
    from indexer.analysis.analyzer import Analyzer
    from indexer.index.reader import Snapshot
    from indexer.query.build import Meaning
    from indexer.query.dates import Period


def days(since: str | None, until: str | None, on: str | None) -> Period | None:
    """Return the days that the options allow, None where they are not given. Raises DateError."""
    if since is None and until is None and on is None:
        return None  # and the grammar of dates need not be loaded
    from indexer.query.dates import limits

    return limits(since, until, on)


def meaning(query: str, any_word: bool, period: Period | None, analyzer: Analyzer, limits: Limits) -> Meaning:
    """Return what a query stands for. Raises QueryError, also where there is neither word nor day."""
    from indexer.query.build import build
    from indexer.query.parser import parse

    if not query.strip() and period is None:
        raise QueryError("nothing to look for: give words or a date.")
    return build(query, parse(query, limits), analyzer, any_word)


def check_page(limit: int, page: int, sort: str | None) -> None:
    """Raise QueryError where no such page can be shown."""
    from indexer.search.collector import SORTS

    if limit < 0 or page < 1:
        raise QueryError("limit must be 0 (all) or more, and pages count from 1.")
    if sort is not None and sort not in SORTS:
        raise QueryError(f"sort is one of {', '.join(SORTS)}, not {sort}.")


def only(snapshot: Snapshot, id_prefix: str) -> int:
    """Return the document whose id starts so. Raises UnknownArticle unless there is just one."""
    prefix = id_prefix.strip()
    ids = snapshot.ids(prefix) if prefix else []
    if len(ids) > 1:
        some = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
        raise UnknownArticle(
            f"several articles have an id that starts with {prefix}: {some}. Write more of it."
        )
    doc = snapshot.find(ids[0]) if ids else None
    if doc is None:
        raise UnknownArticle(f"no article has the id {prefix or '(empty)'}. Ids stand in the search results.")
    return doc
