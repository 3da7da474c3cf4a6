"""What exactly did the reader ask for? Checks that the options go together, before any archive is opened."""

from collections.abc import Iterable, Iterator
from typing import Any

import click

from indexer.cli.arguments import Arguments, again, doubts

FORMATS = ("text", "json", "jsonl", "csv", "md", "paths")
SORTS = ("relevance", "newest", "oldest")
KINDS = ("day", "week", "month", "quarter", "year", "source")  # of a histogram

# Options that choose among articles, and so mean nothing where one article is asked for by its id.
_CHOOSING = (
    *("since", "until", "on", "any", "all_copies", "like", "limit", "page", "sort"),
    *("passages", "count", "explain", "by"),
)

# Options that choose what is shown of an article, and so mean nothing where articles are only counted.
_SHOWING = ("all_copies", "like", "limit", "page", "sort", "passages", "count", "explain")


class Request:
    """One run of ``search``; the fields are the options of the same name.

    No dataclass: to define one takes as long as to answer.
    """

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)

    query: str
    since: str | None
    until: str | None
    on: str | None
    any: bool
    all_copies: bool
    like: str | None
    limit: int
    page: int
    sort: str | None
    passages: int | None  # None = all
    count: bool
    explain: bool
    by: str | None
    read: str | None
    format: str
    nul: bool
    quiet: bool
    color: str
    pager: bool
    archive: str | None
    update: bool
    typed: Arguments  # the command line
    doubts: tuple[str, ...]  # words that may have been meant otherwise

    @property
    def next_page(self) -> str:
        """The command line that shows the page after this one."""
        return again(self.typed, ("--page",), "--page", str(self.page + 1))

    @property
    def every_mention(self) -> bool:
        """Whether all passages are wanted in the order of days: a line for each mention, of all articles."""
        return self.passages is None and self.sort in ("newest", "oldest") and bool(self.query.strip())


def check(ctx: click.Context, given: dict[str, Any], typed: Arguments) -> Request:
    """The request; raises click.UsageError for options that contradict each other."""
    words = given.pop("words")
    chosen = _format(given.pop("as_json"), given.pop("as_paths"), given.pop("format"))
    request = Request(query=" ".join(words), format=chosen, typed=typed, doubts=tuple(doubts(words)), **given)
    names = _typed(ctx)
    for complaint in _contradictions(request, names):
        raise click.UsageError(complaint, ctx)
    if request.every_mention and "limit" not in names:
        request.limit = 0
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
        yield from _idle("--read shows one article", _CHOOSING, typed)
    elif not request.query.strip() and not dated and request.on is None and request.like is None:
        yield "nothing to look for. Type words, or a date: search gaza   search --on yesterday"
    if request.explain and request.format not in ("text", "json"):
        yield f"--explain is for text and json, not {request.format}"
    if request.by is not None:
        yield from _idle("--by counts all articles", _SHOWING, typed)
        if request.format in ("md", "paths"):
            yield f"--by counts articles: take text, json, jsonl or csv, not {request.format}"


def _idle(why: str, options: Iterable[str], typed: set[str]) -> Iterator[str]:
    for name in options:
        if name in typed:
            yield f"{why}, so --{name.replace('_', '-')} does nothing there"
