"""What exactly did the reader ask for? Checks that the options go together, before any archive is opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from indexer.cli.arguments import doubts

FORMATS = ("text", "json", "jsonl", "paths")
SORTS = ("relevance", "newest", "oldest")

# Options that choose among articles, and so mean nothing where one article is asked for by its id.
_CHOOSING = ("since", "until", "on", "any", "limit", "page", "sort", "passages", "count", "explain")


@dataclass(frozen=True, slots=True)
class Request:
    """One run of ``search``; the fields are the options of the same name."""

    query: str
    since: str | None
    until: str | None
    on: str | None
    any: bool
    limit: int
    page: int
    sort: str | None
    passages: int | None  # None = all
    count: bool
    explain: bool
    read: str | None
    format: str
    nul: bool
    quiet: bool
    color: str
    archive: str | None
    update: bool
    next_page: str  # the command line that shows the page after this one
    doubts: tuple[str, ...]  # words that may have been meant otherwise


def check(ctx: click.Context, given: dict[str, Any], next_page: str) -> Request:
    """The request; raises click.UsageError for options that contradict each other."""
    words = given.pop("words")
    chosen = _format(given.pop("as_json"), given.pop("as_paths"), given.pop("format"))
    request = Request(
        query=" ".join(words), format=chosen, next_page=next_page, doubts=tuple(doubts(words)), **given
    )
    for complaint in _contradictions(request, _typed(ctx)):
        raise click.UsageError(complaint, ctx)
    return request


def _format(as_json: bool, as_paths: bool, named: str | None) -> str:
    asked = {named, "json" if as_json else None, "paths" if as_paths else None} - {None}
    if len(asked) > 1:
        raise click.UsageError(f"one format at a time, not {' and '.join(sorted(filter(None, asked)))}")
    return asked.pop() or "text" if asked else "text"


def _typed(ctx: click.Context) -> set[str]:
    """Names of the options that stand on the command line."""
    source = click.core.ParameterSource.COMMANDLINE
    return {name for name in ctx.params if ctx.get_parameter_source(name) is source}


def _contradictions(request: Request, typed: set[str]) -> Iterator[str]:
    dated = request.since is not None or request.until is not None
    if request.on is not None and dated:
        yield "--on is a whole period; it does not go with --since or --until"
    if request.nul and request.format != "paths":
        yield "-0 is for paths: write -l -0"
    if request.limit == 0 and request.page > 1:
        yield "there is only page 1 where --limit is 0"
    if request.read is not None:
        for name in _CHOOSING:
            if name in typed:
                yield f"--read shows one article, so --{name} does nothing there"
    elif not request.query.strip() and not dated and request.on is None:
        yield "nothing to look for. Type words, or a date: search gaza   search --on yesterday"
