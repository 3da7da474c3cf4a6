"""What does a shell need to complete what is typed?

Click asks the command itself, through variables of the environment, and only then loads what answers; the
scripts tell the shell to do so. ``indexer completion SHELL`` prints those for both commands.
"""

from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem, get_completion_class

COMMANDS = ("search", "indexer")
DATES = ("today", "yesterday", "7d", "4w", "3m", "1y", "monday", "january")


def script(shell: str) -> Iterator[str]:
    """What ``shell`` (bash, zsh or fish) has to read."""
    kind = get_completion_class(shell)
    assert kind is not None, shell
    for name in COMMANDS:
        yield kind(click.Command(name), {}, name, f"_{name.upper()}_COMPLETE").source()


def dates(typed: str) -> list[CompletionItem]:
    """Some dates that start so."""
    return [CompletionItem(word) for word in DATES if word.startswith(typed)]


def folders(typed: str) -> list[CompletionItem]:
    """The folders, which the shell knows best."""
    return [CompletionItem(typed, type="dir")]
