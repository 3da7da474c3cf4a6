"""Which archive is meant, and which version of the tool is this?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from indexer.cli.manual import Listed

if TYPE_CHECKING:
    from indexer.archive import Archive

VARIABLE = "SEARCH_ARCHIVE"


def open_archive(folder: str | None) -> Archive:
    """The archive in ``folder``, or else (None or empty) the nearest one upwards. Raises NoArchive.

    The engine is imported here, not before: help and usage errors do not wait for it.
    """
    # NumPy's algebra library starts a thread for every core while it is loaded: a third of the time that it
    # takes to load. Nothing here multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from indexer.archive import Archive

    return Archive(folder) if folder else Archive.find()


def archive_option(group: str = "Archive") -> Listed:
    """The option --archive, the same for every command."""
    text = f"Where seeds/ and index_data/ are, if not here or above [{VARIABLE}]."
    return Listed(["--archive"], group=group, completes="folders", metavar="DIR", envvar=VARIABLE, help=text)


def version_option() -> Listed:
    """The option --version."""
    return Listed(
        ["--version"],
        group="Archive",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help="Show the version.",
    )


def help_option() -> Listed:
    """The option --help as Click has it, which would look for translations of its text first."""
    return Listed(
        ["-h", "--help"],
        group="Archive",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help="Show this message and exit.",
    )


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("news-archive-search")
    except PackageNotFoundError:
        number = "(not installed)"
    click.echo(f"{ctx.find_root().info_name} {number}")
    ctx.exit()
