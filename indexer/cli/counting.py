"""How are the articles of each period, or each source, counted and listed?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from indexer.cli.answer import canvas, notes, show
from indexer.cli.arguments import Arguments, again
from indexer.present import days, table
from indexer.present import histogram as present

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.cli.request import Request
    from indexer.search.histogram import Histogram, Row

DATES = ("-s", "--since", "-u", "--until", "--on")
OTHERS = ("--by", "-f", "--format", "--json")  # that the articles of a row are not listed with


def histogram(archive: Archive, request: Request, by: str) -> int:
    """Print the counts; the value is how many articles there are. Of nothing, no text is printed."""
    found = archive.histogram(
        request.query, by=by, since=request.since, until=request.until, on=request.on, any=request.any
    )
    if request.quiet or (request.format == "text" and not found.total):
        return found.total
    notes((*found.notes, *archive.warnings), request)
    show(_lines(found, archive, request), request)
    return found.total


def _lines(found: Histogram, archive: Archive, request: Request) -> Iterable[str]:
    if request.format == "json":
        return present.document(found)
    if request.format == "jsonl":
        return present.records(found)
    if request.format == "csv":
        return table.histogram(found)
    return present.render(found, canvas(request, archive), lambda row: opening(request, row))


def opening(request: Request, row: Row | str) -> str:
    """The command that lists the articles of a period, or of a source; empty where there is none."""
    if isinstance(row, str):
        return _of_source(request, row)
    first, last = str(days.iso(row.first)), str(days.iso(row.last))
    period = ("--on", row.label) if row.whole else ("--since", first, "--until", last)
    return again(request.typed, (*OTHERS, *DATES), *period)


def _of_source(request: Request, name: str) -> str:
    if request.any or '"' in name:
        return ""
    words = request.typed.words
    if " OR " in request.query:
        words = (f"({request.query})",)
    return again(Arguments(request.typed.options, (*words, f'source:"{name}"')), OTHERS)
