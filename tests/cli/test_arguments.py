"""Promise: a word with a dash in front is left out of the answer; only a lone letter is an option."""

import shlex

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cli.arguments import Arguments, again, arrange
from indexer.cli.search import main

OPTIONS = main.takes_value(click.Context(main, **main.context_settings))
SHORT = sorted(name[1] for name in OPTIONS if not name.startswith("--"))

# For each short option, words a reader may want to leave out that begin with its letter.
DASHED = {
    "s": ["-summit", "-soldier", "-s2023", "-s400"],
    "u": ["-us", "-un", "-u2", "-ukraine", "-u2023-11"],
    "n": ["-nato", "-news", "-n", "-n5th", "-no10", "-n-5", "-n=5"],
    "p": ["-pause", "-putin", "-pall", "-p2p", "-p"],
    "c": ["-ceasefire", "-china", "-c3", "-cq", "-c4"],
    "f": ["-f16", "-france", "-fjson", "-ftse"],
    "l": ["-london", "-lc", "-l0"],
    "0": ["-007", "-0x", "-00"],
    "q": ["-quiet", "-qatar", "-q4"],
    "h": ["-help", "-hamas", "-h1n1"],
}


def test_every_short_option_is_covered_here():
    assert sorted(DASHED) == SHORT


@pytest.mark.parametrize("word", [word for words in DASHED.values() for word in words if len(word) > 2])
def test_a_dashed_word_belongs_to_the_query(word):
    assert arrange(["gaza", word], OPTIONS) == Arguments((), ("gaza", word))
    assert arrange([word, "gaza"], OPTIONS) == Arguments((), (word, "gaza"))


@pytest.mark.parametrize("letter", [letter for letter in SHORT if not OPTIONS[f"-{letter}"]])
def test_a_lone_letter_is_an_option_wherever_it_stands(letter):
    assert arrange([f"-{letter}", "gaza"], OPTIONS) == Arguments(((f"-{letter}",),), ("gaza",))
    assert arrange(["gaza", f"-{letter}"], OPTIONS) == Arguments(((f"-{letter}",),), ("gaza",))


@pytest.mark.parametrize("letter", [letter for letter in SHORT if OPTIONS[f"-{letter}"]])
@pytest.mark.parametrize("value", ["all", "2023-11-01", "-n", "--", "nov 2023"])
def test_the_value_of_an_option_is_the_next_word_whatever_it_is(letter, value):
    assert arrange(["gaza", f"-{letter}", value, "tokyo"], OPTIONS) == Arguments(
        ((f"-{letter}", value),), ("gaza", "tokyo")
    )


@pytest.mark.parametrize("word", ["-n5", "-n0", "-n100", "-p2", "-p0"])
def test_a_number_may_be_attached(word):
    assert arrange([word, "gaza"], OPTIONS) == Arguments(((word[:2], word[2:]),), ("gaza",))


@pytest.mark.parametrize("word", ["-n٥", "-n½", "-p²"])
def test_digits_of_other_scripts_are_words(word):
    assert arrange([word], OPTIONS).words == (word,)


def test_after_two_dashes_everything_is_query():
    assert arrange(["-c", "--", "-n", "--limit", "--", "-c"], OPTIONS) == Arguments(
        (("-c",),), ("-n", "--limit", "--", "-c")
    )


@pytest.mark.parametrize("word", ["-", "–pause", "−pause", "a-b", "", '-"a b"'])
def test_other_dashes_are_words(word):
    assert arrange([word], OPTIONS).words == (word,)


def test_long_options_take_their_value_from_either_side_of_the_sign():
    assert arrange(["--limit", "-5", "--since=2023", "x"], OPTIONS) == Arguments(
        (("--limit", "-5"), ("--since=2023",)), ("x",)
    )


@pytest.mark.parametrize("words", [["gaza", "-n"], ["--since"], ["-f"]])
def test_a_missing_value_is_named(words):
    with pytest.raises(click.UsageError, match=f"{words[-1]} needs a value"):
        arrange(words, OPTIONS)


def test_a_letter_that_is_no_option_tells_how_to_search_for_it():
    with pytest.raises(click.UsageError, match="no option -x; if it is part of the query, write it behind --"):
        arrange(["gaza", "-x"], OPTIONS)


WORD = st.sampled_from(["gaza", "-pause", "-n5", "-n", "-c", "--json", "--page", "--page=3", "2", "--", "-x", "--foo", "'\"a b\"'", "", "$x"])


@given(st.lists(WORD, max_size=6))
def test_the_next_page_is_the_same_search(words):
    try:
        given = arrange(words, OPTIONS)
    except click.UsageError:
        return
    name, *others = shlex.split(again(given, ("--page",), "--page", "4"))
    found = arrange(others, OPTIONS)
    assert name == "search"
    assert found.words == given.words
    others = tuple(option for option in given.options if not option[0].startswith("--page"))
    assert found.options == (*others, ("--page", "4"))
