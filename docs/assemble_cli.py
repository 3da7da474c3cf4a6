"""What are docs/cli.md and the manual pages made of? What the commands say of themselves.

python docs/assemble_cli.py
"""

import sys
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer.cli.keeper import EXIT_STATUS, Keeper
from indexer.cli.keeper import main as keeper
from indexer.cli.manual import Manual, Rows
from indexer.cli.search import main as search

DOCS = Path(__file__).resolve().parent
COMMANDS: dict[str, click.Command] = {"search": search, "indexer": keeper}
PURPOSES = {"search": "full-text search over dated news articles", "indexer": "keep the index of an archive"}
ENVIRONMENT = (
    ("SEARCH_ARCHIVE", "The archive, where --archive does not name one."),
    ("SEARCH_TODAY", "The day that is today, as 2023-11-08."),
    ("NO_COLOR", "No colour and no links on a terminal, unless --color always."),
    ("FORCE_COLOR", "Colour where standard output is no terminal, too."),
    ("NO_HYPERLINKS", "No links on a terminal: headlines do not lead to their files."),
    ("FORCE_HYPERLINKS", "Links wherever there is colour."),
    ("PAGER", "What shows an answer that is longer than the screen [less]; cat or empty for none."),
    ("LESS", "Options of less [FRX]."),
    ("COLUMNS", "The width to write in, if not the terminal's. A line has at most 100, a concordance 200."),
    ("TERM", "dumb: no colour, no links, no pager. linux: no links."),
)
FILES = (
    ("seeds/", "The articles. They are only ever read."),
    ("index_data/", "The index, which may be deleted at any time."),
    ("archive.toml", "The language of the archive, and spellings that mean the same."),
)
PAGE = """\
# The command line

`search` is for whoever reads, `indexer` for whoever keeps the archive. This page and the manual pages
`search(1)` and `indexer(1)` are put together by `docs/assemble_cli.py` from what the commands say of
themselves; a test compares them. [The query language](query-syntax.md) has a page of examples.

{commands}
## Environment

| variable | what it does |
|---|---|
{environment}

## What programs get

{formats}"""
FORMATS = {
    "`-f json` and `-f jsonl`": "indexer.present.records",
    "`--by` with `-f json`": "indexer.present.histogram.document",
    "`-f csv`": "indexer.present.table",
    "`-f md`": "indexer.present.citations",
}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its whole name."""
    yield from COMMANDS.items()
    for name, command in sorted(keeper.commands.items()):
        yield f"indexer {name}", command


def help_of(name: str, command: click.Command) -> str:
    """Return what ``--help`` prints on 80 columns."""
    return command.get_help(context(command, info_name=name, terminal_width=80, max_content_width=80))


def context(command: click.Command, **more: Any) -> click.Context:
    """Return a context with the settings of the command, which it remembers from the first context."""
    return click.Context(command, **command.context_settings, **more)


def page() -> str:
    """Return docs/cli.md."""
    helps = [f"## `{name}`\n\n```text\n{help_of(name, command)}\n```\n" for name, command in commands()]
    rows = "\n".join(f"| `{name}` | {text} |" for name, text in ENVIRONMENT)
    formats = [f"### {title}\n\n```text\n{docstring(name)}\n```\n" for title, name in FORMATS.items()]
    return PAGE.format(commands="\n".join(helps), environment=rows, formats="\n".join(formats))


def docstring(name: str) -> str:
    """The docstring of a module, or of a function in one."""
    try:
        text = import_module(name).__doc__
    except ModuleNotFoundError:
        module, _, function = name.rpartition(".")
        text = getattr(import_module(module), function).__doc__
    return cleandoc(text or "")


def manual(name: str, command: click.Command) -> str:
    """Return a manual page in the macros of man(7)."""
    lines = [f'.TH {name.upper()} 1 "" "news-archive-search {_version()}" "User Commands"']
    lines += [".SH NAME", rf"{name} \- {PURPOSES[name]}", *_synopsis(name, command)]
    lines += [".SH DESCRIPTION", *_paragraphs(command.help or "")]
    if isinstance(command, Keeper):
        lines += [".SH COMMANDS"]
        for sub, one in sorted(command.commands.items()):
            usage = " ".join(one.collect_usage_pieces(context(one)))
            lines += [f".SS {roff(f'{name} {sub} {usage}')}", *_paragraphs(one.help or ""), *_options(one)]
            for title, rows in one.closing if isinstance(one, Manual) else ():
                lines += [".PP", roff(title), *(line for row in rows for line in _row(*row))]
        lines += _section("EXIT STATUS", EXIT_STATUS)
    elif isinstance(command, Manual):
        lines += _section("EXAMPLES", command.examples)
        lines += [".SH OPTIONS", *_options(command)]
        for title, rows in command.closing:
            lines += _section(title.upper(), rows)
    lines += _section("ENVIRONMENT", ENVIRONMENT) + _section("FILES", FILES)
    other = next(one for one in PURPOSES if one != name)
    return "\n".join([*lines, ".SH SEE ALSO", f".BR {other} (1)", ""])


def _synopsis(name: str, command: click.Command) -> list[str]:
    pieces = " ".join(command.collect_usage_pieces(context(command)))
    return [".SH SYNOPSIS", f".B {name}", roff(pieces)]


def _paragraphs(text: str) -> list[str]:
    paragraphs = [roff(" ".join(part.split())) for part in cleandoc(text).split("\n\n")]
    return "\n.PP\n".join(paragraphs).split("\n")


def _options(command: click.Command) -> list[str]:
    """The options; those of a command with examples have so many that they stand in groups."""
    lines: list[str] = []
    group = "Options"
    ctx = context(command)
    for option in command.get_params(ctx):
        row = option.get_help_record(ctx) if isinstance(option, click.Option) else None
        if row is None:
            continue
        own = getattr(option, "group", group)
        if own != group:
            lines.append(f".SS {roff(own)}")
        group = own
        lines += _row(*row)
    return lines


def _section(title: str, rows: Rows) -> list[str]:
    return [f".SH {title}", *(line for row in rows for line in _row(*row))]


def _row(typed: str, text: str) -> Sequence[str]:
    return [".TP", rf"\fB{roff(typed)}\fR".replace(r"\fB\&", r"\&\fB"), roff(text)]


def roff(text: str) -> str:
    """``text`` as letters: no sign of it is an order to roff.

    >>> roff(".x -y \\\\")
    '\\\\&.x \\\\-y \\\\e'
    """
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    return rf"\&{text}" if text[:1] == "." else text


def _version() -> str:
    settings = ConfigParser()
    settings.read(DOCS.parent / "setup.cfg", encoding="utf-8")
    return settings["metadata"]["version"]


def files() -> dict[Path, str]:
    """Every file that is put together here, and what it holds."""
    manuals = {DOCS / "man" / f"{name}.1": manual(name, command) for name, command in COMMANDS.items()}
    return {DOCS / "cli.md": page(), **manuals}


if __name__ == "__main__":
    for file, text in files().items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
