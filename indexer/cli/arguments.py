"""Which of the words typed are options, and which belong to the query?

A reader leaves a word out by typing ``-word``, so a dash alone cannot make an option:

    -n 5   -n5          a short option: one letter, or a numeric option with its number attached
    -pause  -us  -f16   the query's: short options never cluster and take no other attached value
    --limit 5           a long option
    --                  whatever follows is the query's
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import click

NUMERIC = ("-n", "-p")  # these take an attached number


class Arguments(NamedTuple):
    """What was typed, sorted."""

    options: tuple[tuple[str, ...], ...]  # each with its value, if that is a word of its own
    words: tuple[str, ...]

    def for_click(self) -> list[str]:
        """The same in an order that no query word can disturb."""
        return [*chain.from_iterable(self.options), "--", *self.words]


def arrange(typed: Iterable[str], options: Mapping[str, bool]) -> Arguments:
    """Sort the words typed. ``options`` maps each known option to whether it takes a value.

    Raises click.UsageError for a short option that does not exist and for a value that is missing.
    """
    known: list[tuple[str, ...]] = []
    words: list[str] = []
    rest = iter(typed)
    for word in rest:
        if word == "--":
            words.extend(rest)
        elif is_option(word):
            known.append(_with_value(word, rest, options))
        else:
            words.append(word)
    return Arguments(tuple(known), tuple(words))


def is_option(word: str) -> bool:
    """Whether a word before ``--`` is an option.

    >>> [is_option(word) for word in ("-n", "-n5", "--limit", "-nato", "-f16", "-", "5")]
    [True, True, True, False, False, False, False]
    """
    if word.startswith("--") or (len(word) == 2 and word[0] == "-"):
        return True
    return word.startswith(NUMERIC) and word[2:].isascii() and word[2:].isdigit()


def doubts(words: Iterable[str]) -> Iterator[str]:
    """Remarks on words of a query that may have been meant otherwise.

    >>> list(doubts(["-s2023"]))
    ['-s2023 leaves out the word s2023; for a date limit write -s 2023']
    """
    for word in words:
        rest = word[2:]
        if word[:2] in ("-s", "-u") and rest[:4].isdigit():
            yield f"{word} leaves out the word {word[1:]}; for a date limit write {word[:2]} {rest}"
        elif word[:1] == "-" and " " in word.strip() and '"' not in word:
            first = word.split()[0]
            yield f"{first} leaves out one word; for the whole phrase write '-\"{word[1:]}\"'"


def _with_value(word: str, rest: Iterator[str], options: Mapping[str, bool]) -> tuple[str, ...]:
    """The option with its value, taken from ``rest`` where it is not attached."""
    if word.startswith("--"):
        if "=" in word or not options.get(word):
            return (word,)  # an unknown one is left to Click, which suggests what was meant
    elif len(word) > 2:
        return word[:2], word[2:]
    elif word not in options:
        raise click.UsageError(f"there is no option {word}; if it is part of the query, write it behind --")
    elif not options[word]:
        return (word,)
    value = next(rest, None)
    if value is None:
        raise click.UsageError(f"{word} needs a value")
    return word, value


def again(given: Arguments, without: Collection[str], *more: str) -> str:
    """The command line, ready for a shell, with the options ``more`` in place of those named ``without``."""
    from shlex import join

    others = [option for option in given.options if option[0].partition("=")[0] not in without]
    flat = [*chain.from_iterable(others), *more]
    ambiguous = any(is_option(word) for word in given.words)  # it stood behind --
    return f"search {join([*flat, '--', *given.words] if ambiguous else [*given.words, *flat])}"
