"""Which numbers may an option take? Plain digits, from a smallest one on."""

import click

MOST_DIGITS = 9


class Number(click.ParamType[int]):
    """A whole number of at least ``least``."""

    name = "N"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Raises click.BadParameter for anything else, ``1_000`` and digits of other scripts among it."""
        if isinstance(value, int):  # a default
            return value
        if is_number(value) and int(value) >= self.least:
            return int(value)
        raise click.BadParameter(f"{value!r} is not a whole number from {self.least} on", ctx, param)


class NumberOrAll(click.ParamType[int | None]):
    """A whole number from 0 on, or "all", which is None."""

    name = "N|all"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | None:
        """Raises click.BadParameter for anything else."""
        if isinstance(value, int):
            return value
        if value == "all":
            return None
        if is_number(value):
            return int(value)
        raise click.BadParameter(f"{value!r} is neither a whole number nor all", ctx, param)


def is_number(text: str) -> bool:
    """
    >>> is_number("10"), is_number("1_0"), is_number("-1"), is_number("")
    (True, False, False, False)
    """
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
