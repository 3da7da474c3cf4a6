"""What does the keeper of an archive type? The command ``indexer`` and its subcommands."""

from collections.abc import Callable

import click

from indexer.cli.ending import Ending, debug_option
from indexer.cli.manual import Listed, Manual
from indexer.cli.numbers import Number
from indexer.cli.opening import archive_option, version_option

CONTEXT = {"help_option_names": ["-h", "--help"]}
GROUP = "Options"
SHELLS = ("bash", "zsh", "fish")
COMPLETION = (
    ("bash", "indexer completion bash >> ~/.bashrc"),
    ("zsh", "indexer completion zsh >> ~/.zshrc"),
    ("fish", "indexer completion fish > ~/.config/fish/conf.d/search.fish"),
)
WAIT = 10.0  # seconds for another writer to finish
EXIT_STATUS = (
    ("0", "done; for status: up to date; for check: sound"),
    ("1", "done, but some documents were refused; for status: out of date; for check: not sound"),
    ("2", "the command line makes no sense"),
    ("3", "failed; searches go on with what was there before"),
)


class Keeper(Ending, click.Group):
    """The group; it ends as ``search`` does."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the exit codes."""
        with formatter.section("Exit status"):
            formatter.write_dl(EXIT_STATUS)


@click.group("indexer", cls=Keeper, context_settings=CONTEXT, params=[version_option()])
def main() -> None:
    """Keep the index of an archive in step with the articles in seeds/.

    A search does this by itself; these commands are for schedules, for large changes, and to see what was
    understood and what was refused.
    """


def command(name: str, *own: click.Parameter) -> Callable[[Callable[..., int]], click.Command]:
    """Make a function a subcommand with its own options and the common ones."""
    params = [*own, archive_option(GROUP), debug_option()]
    return main.command(name, cls=Manual, context_settings=CONTEXT, params=params)


def shrink_option() -> Listed:
    """The option --allow-shrink."""
    return Listed(["--allow-shrink"], group=GROUP, is_flag=True, help="Retire articles, however many.")


def wait_option() -> Listed:
    """The option --wait."""
    text = f"How long to wait for another writer [{WAIT:g}]."
    seconds = click.FloatRange(0)
    return Listed(["--wait"], group=GROUP, metavar="SECONDS", type=seconds, default=WAIT, help=text)


def processes_option() -> Listed:
    """The option --processes."""
    text = "How many build a large index together [one for each core, at most 4]."
    return Listed(["--processes"], group=GROUP, metavar="N", type=Number(1), default=None, help=text)


def deep_option() -> Listed:
    """The option --deep of ``check``."""
    text = "Also read every seed again and compare what comes of it with what is stored."
    return Listed(["--deep"], group=GROUP, is_flag=True, help=text)


def json_option() -> Listed:
    """The option --json of ``status`` and ``check``."""
    return Listed(["--json", "as_json"], group=GROUP, is_flag=True, help="One JSON object, for programs.")


def file_parameters() -> list[click.Parameter]:
    """FILE and --line of ``show``."""
    text = "The record on this line only."
    line = Listed(["--line"], group=GROUP, metavar="N", type=Number(1), help=text)
    return [click.Argument(["file"], metavar="FILE", type=click.Path(exists=True, dir_okay=False)), line]


@command("update", shrink_option(), wait_option(), processes_option())
def update(archive: str | None, allow_shrink: bool, wait: float, processes: int | None) -> int:
    """Index new and changed articles, retire removed ones."""
    from indexer.cli import keeping

    return keeping.update(archive, allow_shrink, wait, processes)


@command("build", wait_option(), processes_option())
def build(archive: str | None, wait: float, processes: int | None) -> int:
    """Index everything afresh. Searches use the old index until the new one is complete."""
    from indexer.cli import keeping

    return keeping.build(archive, wait, processes)


@command("status", json_option())
def status(archive: str | None, as_json: bool) -> int:
    """Tell what is indexed, pending and refused."""
    from indexer.cli import keeping

    return keeping.status(archive, as_json)


@command("check", deep_option(), json_option())
def check(archive: str | None, deep: bool, as_json: bool) -> int:
    """Verify the whole index, and that it holds what seeds/ holds. Changes nothing.

    What is found damaged is noted beside the index; the next update builds it anew.
    """
    from indexer.cli import keeping

    return keeping.check(archive, deep, as_json)


@command("show", *file_parameters())
def show(archive: str | None, file: str, line: int | None) -> int:
    """Show how a seed is understood: each part, and by which rule."""
    from indexer.cli import keeping

    return keeping.show(archive, file, line)


@main.command(
    "completion",
    cls=Manual,
    context_settings=CONTEXT,
    params=[click.Argument(["shell"], type=click.Choice(SHELLS), metavar="SHELL")],
    closing=[("Once, and in every new shell what you type is completed", COMPLETION)],
)
def completion(shell: str) -> int:
    """Print what bash, zsh or fish reads to complete what you type."""
    from indexer.cli import completion, streams

    streams.write(completion.script(shell))
    return 0
