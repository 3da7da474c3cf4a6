"""What does a reader type? The command ``search``."""

from typing import Any

import click

from indexer.cli import arguments
from indexer.cli.ending import Ending, end_at_once
from indexer.cli.manual import Manual
from indexer.cli.options import search_options
from indexer.cli.request import check

PURPOSE = "All words are required, in any form; the exact phrase comes first."
EXAMPLES = (
    ("search gaza ceasefire", "both words, in any form"),
    ("search '\"humanitarian pauses\"'", "exactly these words, in this order"),
    ("search blinken -tokyo", "without a word"),
    ('search tokyo --since "last week"', "whole days, today included"),
    ("search --on 2023-11 -l", "the files of a month"),
    ("search aid -p all --sort oldest", "every mention, one under the other"),
    ("search gaza --by month", "how many articles in each month"),
    ("search --read 3f31db6b gaza", "one whole article, gaza marked"),
)
DATES = (
    ("2023-11-08  2023-11  2023-q4  2023", "a day, a month, a quarter, a year"),
    ('yesterday  "nov 2023"  "last week"', "in words"),
    ("10d  2w  3m", "the last days, weeks, months"),
)
QUERY = (
    ("OR  NOT  -word  ( )", "in capitals; side by side means and"),
    ('"two words"  =word', "as written, in no other form"),
    ("paus*  wom?n  *", "any ending, any letter, every article"),
    ("word~  word~2", "one or two letters off"),
    ('a w/5 b  "a b"~5', "at most five apart; a pre/5 b: in this order"),
    ("a w/s b  a w/p b", "in one sentence, in one paragraph"),
    ("atleast3(a)  a^2", "three times or more; counts double"),
    ("headline:a  lead:(a OR b)", "in a part; also summary: body:"),
    ("source:ap  path:2023/", "about the article; also id:"),
    ("date:2023-11  date:none", "also since: until: and date:2023-11..2024-02"),
    ("\\", "before a sign: it is a letter"),
    ("--", "whatever follows is query; elsewhere write -c -l, not -cl"),
)
EXIT_STATUS = (
    ("0", "articles found"),
    ("1", "none found"),
    ("2", "the command line, the query or a date makes no sense"),
    ("3", "no archive here, or it is damaged or cannot be read"),
)


class Search(Ending, Manual):
    """Takes the words typed apart before Click does: see indexer/cli/arguments.py."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sort what was typed into options and query."""
        if ctx.resilient_parsing:  # a shell asks for completions
            return super().parse_args(ctx, args)
        given = arguments.arrange(args, self.takes_value(ctx))
        ctx.meta["arguments"] = given
        return super().parse_args(ctx, given.for_click())

    def takes_value(self, ctx: click.Context) -> dict[str, bool]:
        """Each option as it is typed, and whether a value follows it."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        return {name: not option.is_flag for option in options for name in option.opts}


@click.command(
    "search",
    cls=Search,
    help=PURPOSE,
    params=search_options(),
    examples=EXAMPLES,
    closing=(("Dates", DATES), ("Query", QUERY), ("Exit status", EXIT_STATUS)),
    add_help_option=False,  # it is one of the options
)
@click.pass_context
def main(ctx: click.Context, /, **given: Any) -> int:
    """Answer one search; the value is the exit code."""
    request = check(ctx, given, ctx.meta["arguments"])
    ctx.meta["query"] = request.query

    from indexer.cli.answer import answer  # the presenters are not needed for --help

    return answer(request)


def process() -> None:
    """The command ``search`` as installed."""
    end_at_once(main)
