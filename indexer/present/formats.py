"""Which presenter writes which format? Each is loaded where it is asked for: nearly all answers are text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.search.results import Reading, Results


def of_results(format: str, results: Results, every_mention: bool = False) -> Iterable[str]:
    """The lines of an answer as json, jsonl, csv or md; in csv one for each hit, or ``every_mention``."""
    if format == "csv":
        from indexer.present import concordance, table

        return (
            table.mentions(concordance.mentions(results.hits)) if every_mention else table.hits(results.hits)
        )
    if format == "md":
        from indexer.present import citations

        return citations.render(results.hits)
    from indexer.present import records

    return records.document(results) if format == "json" else records.lines(results)


def of_article(format: str, reading: Reading) -> Iterable[str]:
    """The lines of one whole article as json, jsonl, csv or md."""
    if format == "csv":
        from indexer.present import table

        return table.hits([reading.hit._replace(passages=reading.paragraphs)])
    if format == "md":
        from indexer.present import citations

        return citations.article(reading)
    from indexer.present import records

    return [records.article(reading)]
