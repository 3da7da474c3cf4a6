"""Which options does ``search`` have? In the order and groups of its help."""

import click

from indexer.cli.ending import debug_option
from indexer.cli.manual import Listed
from indexer.cli.numbers import Number, NumberOrAll
from indexer.cli.opening import archive_option, help_option, version_option
from indexer.cli.request import FORMATS, KINDS, SORTS

WHICH = "Which articles"


def search_options() -> list[click.Parameter]:
    """Fresh parameters for the command."""
    return [*_which(), *_how_many(), *_what(), *_output(), *_archive(), debug_option()]


def _which() -> list[click.Parameter]:
    group = WHICH
    return [
        click.Argument(["words"], nargs=-1, metavar="[QUERY]...", type=click.UNPROCESSED),
        _dated(["-s", "--since"], "DATE", "From this day on."),
        _dated(["-u", "--until"], "DATE", "Up to and including this day."),
        _dated(["--on"], "PERIOD", "In this period: 2023-11, yesterday."),
        Listed(["--any"], group=group, is_flag=True, help="Any of the words will do."),
        Listed(["--all-copies"], group=group, is_flag=True, help="Wire copies one by one, not folded."),
        Listed(["--like"], group=group, metavar="ID", help="Articles like this one; words restrict them."),
    ]


def _dated(names: list[str], metavar: str, text: str) -> Listed:
    return Listed(names, group=WHICH, completes="dates", metavar=metavar, help=text)


def _how_many() -> list[click.Parameter]:
    group = "How many"
    count, page = Number(0), Number(1)
    text = "Articles a page, 0 for all [10]."
    return [
        Listed(["-n", "--limit"], group=group, metavar="N", type=count, default=10, help=text),
        Listed(["--page"], group=group, metavar="N", type=page, default=1, help="Which page [1]."),
        Listed(
            ["--sort"],
            group=group,
            metavar="ORDER",
            type=click.Choice(SORTS),
            help="relevance, newest or oldest; without words newest.",
        ),
    ]


def _what() -> list[click.Parameter]:
    group = "What to show"
    text = "Passages an article, 0 for headlines only [2]; all with --sort oldest: a line a mention."
    counts = "Counts by day, week, month, quarter, year, or source."
    return [
        Listed(["-p", "--passages"], group=group, metavar="N|all", type=NumberOrAll(), default=2, help=text),
        Listed(["--by"], group=group, metavar="PERIOD|source", type=click.Choice(KINDS), help=counts),
        Listed(["-c", "--count"], group=group, is_flag=True, help="The number of articles and nothing else."),
        Listed(
            ["--explain"], group=group, is_flag=True, help="How the query was read, and why each hit scored."
        ),
        Listed(["--read"], group=group, metavar="ID", help="One whole article, the query marked in it."),
    ]


def _output() -> list[click.Parameter]:
    group = "Output"
    formats, when = click.Choice(FORMATS), ("auto", "always", "never")
    return [
        Listed(
            ["-f", "--format"],
            group=group,
            metavar="FORMAT",
            type=formats,
            help="text, json, jsonl, csv, md or paths [text].",
        ),
        Listed(["--json", "as_json"], group=group, is_flag=True, help="The same as -f json."),
        Listed(["-l", "as_paths"], group=group, is_flag=True, help="The same as -f paths: the files found."),
        Listed(["-0", "nul"], group=group, is_flag=True, help="End each path with NUL, for xargs -0."),
        Listed(["-q", "--quiet"], group=group, is_flag=True, help="Print nothing; the exit status tells."),
        Listed(
            ["--color"],
            group=group,
            metavar="WHEN",
            type=click.Choice(when),
            default="auto",
            help="auto, always or never [auto].",
        ),
        Listed(
            ["--no-pager", "pager"],
            group=group,
            flag_value=False,
            default=True,
            help="Show no pager, however long the answer.",
        ),
    ]


def _archive() -> list[click.Parameter]:
    text = "Search what is indexed; do not look for new seeds."
    return [
        archive_option(),
        Listed(["--no-update", "update"], group="Archive", flag_value=False, default=True, help=text),
        version_option(),
        help_option(),
    ]
