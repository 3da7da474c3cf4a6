"""How is the help laid out? Examples first, then options in named groups, 80 columns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Rows = Sequence[tuple[str, str]]  # (what to type, what it does)
_GAP = 2


class Listed(click.Option):
    """An option that is listed under ``group`` in the help, with its help text and nothing else."""

    def __init__(self, *arguments: Any, group: str, completes: str = "", **settings: Any) -> None:
        """``completes``: dates or folders, in ``completion``, for shells; choices complete by themselves."""
        super().__init__(*arguments, **settings)
        self.group = group
        self.completes = completes

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list["CompletionItem"]:
        """What the value may be, as far as typed."""
        from indexer.cli import completion  # a search does not wait for it

        if self.completes:
            found: list[CompletionItem] = getattr(completion, self.completes)(incomplete)
            return found
        return super().shell_complete(ctx, incomplete)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The row without Click's remarks on defaults and ranges: the texts say what matters."""
        row = super().get_help_record(ctx)
        return None if row is None else (row[0], self.help or "")


class Manual(click.Command):
    """A command whose help shows ``examples`` first, then options by group, then ``closing`` lists."""

    def __init__(
        self,
        *arguments: Any,
        examples: Rows = (),
        closing: Sequence[tuple[str, Rows]] = (),
        **settings: Any,
    ) -> None:
        super().__init__(*arguments, **settings)
        self.examples = examples
        self.closing = closing

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        _write(formatter, [("Examples", self.examples)])
        _write(formatter, list(self._groups(ctx).items()))
        for section in self.closing:
            _write(formatter, [section])

    def _groups(self, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        group = "Options"
        for parameter in self.get_params(ctx):
            if not isinstance(parameter, click.Option):
                continue
            group = getattr(parameter, "group", group)  # the help option joins the last group
            if (row := parameter.get_help_record(ctx)) is not None:
                groups.setdefault(group, []).append(row)
        return groups


def _write(formatter: click.HelpFormatter, sections: Sequence[tuple[str, Rows]]) -> None:
    """Write sections whose second columns line up with one another."""
    widest = max((len(row[0]) for _, rows in sections for row in rows), default=0)
    for title, rows in sections:
        if rows:
            spacing = widest - max(len(row[0]) for row in rows) + _GAP
            with formatter.section(title):
                formatter.write_dl(rows, col_max=widest, col_spacing=spacing)
