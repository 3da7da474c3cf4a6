"""How is a search answered? From the archive to the presenter that was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from indexer.cli import opening, streams
from indexer.cli.progress import Bar
from indexer.cli.request import Request
from indexer.present import advice, formats, text
from indexer.present.canvas import COLOUR, Canvas
from indexer.present.escape import visible

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.index.report import UpdateReport
    from indexer.search.results import Hit, Reading, Results

FOUND, NONE = 0, 1
READ = ("text", "md")  # by people
PROGRAMS = ("json", "jsonl", "csv")  # valid where nothing was found


def answer(request: Request) -> int:
    """Print what was asked for; the value is the exit code. Raises ArchiveError and OSError."""
    archive = opening.open_archive(request.archive)
    notes(request.doubts, request)
    if request.update:
        with Bar(quiet=request.quiet) as bar:
            freshness = archive.refresh(progress=bar)
        notes((*freshness.notes, *_remarks(freshness.report)), request)
    if request.read is not None:
        return _read(archive, request, request.read)
    if request.by is not None:
        from indexer.cli import counting  # only where counts are asked for

        total = counting.histogram(archive, request, request.by)
        if total or request.format != "text":  # else the search says why there is nothing to count
            return FOUND if total else NONE
    return _count(archive, request) if request.count else _search(archive, request)


def _remarks(report: UpdateReport | None) -> list[str]:
    """What to know of an update that this search made, said by the search that changed something."""
    if report is None:
        return []
    remarks = list(report.notes)
    if report.refused and (report.added or report.changed or report.removed):
        count = text.plural(len(report.refused), "document")
        remarks.append(f"{count} refused: indexer status tells which and why")
    return remarks


def _read(archive: Archive, request: Request, name: str) -> int:
    found = archive.read(name, request.query)
    if request.quiet:
        return FOUND
    notes(archive.warnings, request)
    if request.format == "paths":
        _print_paths(request, archive, [found.hit])
    else:
        show(_article(found, archive, request), request)
    return FOUND


def _article(found: Reading, archive: Archive, request: Request) -> Iterable[str]:
    if request.format != "text":
        return formats.of_article(request.format, found)
    from indexer.present import reading

    return reading.render(found, canvas(request, archive))


def _count(archive: Archive, request: Request) -> int:
    total = archive.count(
        request.query,
        since=request.since,
        until=request.until,
        on=request.on,
        any=request.any,
        like=request.like,
    )
    notes(archive.warnings, request)
    if not request.quiet:
        streams.write([str(total)])
    return FOUND if total else NONE


def _search(archive: Archive, request: Request) -> int:
    bare = request.quiet or request.format == "paths"
    results = archive.search(
        request.query,
        since=request.since,
        until=request.until,
        on=request.on,
        any=request.any,
        like=request.like,
        all_copies=request.all_copies or bare or request.every_mention,
        limit=1 if request.quiet else request.limit,
        page=request.page,
        sort=request.sort,
        passages=0 if bare else request.passages,
        advice=not bare,
        explain=request.explain and not bare,
    )
    if not request.quiet:
        if results.explanation is None or request.format != "text":  # the page says them itself
            notes(results.notes, request)
        _show(results, archive, request)
    return FOUND if results.hits else NONE


def _show(results: Results, archive: Archive, request: Request) -> None:
    """Print the hits. That there are none is a remark, on standard error: the output is empty, or valid."""
    if request.format == "paths":
        _print_paths(request, archive, results.hits)
    elif request.format in PROGRAMS or (results.hits and request.format == "md"):
        show(formats.of_results(request.format, results, request.every_mention), request)
    elif results.explanation is not None:
        from indexer.present import explanation  # only where one is asked for

        show(explanation.render(results, canvas(request, archive)), request)
    elif results.hits:
        show(_list(results, archive, request), request)
        streams.remark(advice.corrections(results))
    else:
        streams.remark(_empty(archive) or text.nothing_found(results))


def _list(results: Results, archive: Archive, request: Request) -> Iterable[str]:
    if request.every_mention:
        from indexer.present import concordance  # hardly any search asks for one

        if found := list(concordance.mentions(results.hits)):  # there is none without words
            page = canvas(request, archive, streams.TABLE)
            return concordance.render(results, found, page, request.next_page)
    return text.render(results, canvas(request, archive), request.passages, request.next_page)


def _empty(archive: Archive) -> list[str]:
    """What to say where nothing could have been found."""
    if archive.count("*", since=None, until=None, on=None, any=False):
        return []
    seeds = visible(str(archive.root / "seeds"))
    return [f"The archive is empty: put articles into {seeds}, then search again."]


def _print_paths(request: Request, archive: Archive, hits: Iterable[Hit]) -> None:
    from indexer.present import paths

    names = paths.paths(hits, archive.root)
    streams.write_bytes(paths.encode(names, terminal=streams.is_terminal(sys.stdout), nul=request.nul))


def show(lines: Iterable[str], request: Request) -> None:
    """Print an answer; what people read goes through the pager where it is longer than the screen."""
    if request.pager and request.format in READ and streams.is_capable(sys.stdout, os.environ):
        from indexer.cli import pager

        pager.write(lines)
    else:
        streams.write(lines)


def canvas(request: Request, archive: Archive, widest: int = streams.MEASURE) -> Canvas:
    """The page that standard output is."""
    width = streams.page_width(widest)
    if not streams.colourful(request.color, sys.stdout, os.environ):
        return Canvas(width)
    if not streams.follows_links(sys.stdout, os.environ):
        return Canvas(width, COLOUR)
    from indexer.present.links import opener

    return Canvas(width, COLOUR, opener(archive.root))


def notes(remarks: Iterable[str], request: Request) -> None:
    """Say what to know of the answer, on standard error."""
    if not request.quiet:
        streams.remark(f"note: {visible(note)}" for note in remarks)
