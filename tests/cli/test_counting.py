"""Promise: ``search --by`` prints the counts of what a search would find, and how to open a row."""

import json
import shlex

import pytest
from conftest import DAY, NOTHING

from indexer.search.histogram import Histogram, Row

WHOLE = Row(24286, "2023-11", DAY - 7, DAY + 22, 66, True)
CUT = Row(24287, "2023-12", DAY + 23, DAY + 30, 99, False)
COUNTS = Histogram("a", "month", 165, (WHOLE, CUT), (), DAY, DAY + 30, 0, 0, None, None, ("a note",))


@pytest.fixture
def counted(archive):
    archive.counts = COUNTS
    return archive


def test_the_options_reach_the_archive(run, counted):
    assert run("a", "--by", "month", "-s", "2023", "-u", "2024", "--any").exit_code == 0
    assert counted.call("histogram") == {"query": "a", "by": "month", "since": "2023", "until": "2024", "on": None, "any": True}


@pytest.mark.parametrize(("rows", "dates"), [((WHOLE,), ["--on", "2023-11"]), ((WHOLE, CUT), ["--since", "2023-12-01", "--until", "2023-12-08"])])
def test_the_command_of_a_row_is_the_same_search_on_its_days(run, counted, rows, dates):
    counted.counts = COUNTS._replace(rows=rows)
    result = run("gaza", "-tokyo", "--by=month", "--since", "2023", "-u", "2024-01-01", "-f", "text", env={"COLUMNS": "200"})
    command = result.stdout.splitlines()[-1].removeprefix("the articles of a row: ")
    assert shlex.split(command) == ["search", "gaza", "-tokyo", *dates]


@pytest.mark.parametrize(
    ("words", "query"),
    [(["gaza"], ["gaza"]), (["gaza", "OR", "aid"], ["(gaza OR aid)"]), (["--on", "2023"], [])],
)
def test_the_command_of_a_source_asks_for_it_as_well(run, counted, words, query):
    counted.counts = COUNTS._replace(by="source", rows=(), sources=(("The Hill", 3),))
    result = run(*words, "--by", "source")
    command = result.stdout.splitlines()[-1].removeprefix("the articles of a row: ")
    dates = ["--on", "2023"] if "--on" in words else []
    assert shlex.split(command) == ["search", *query, 'source:"The Hill"', *dates]
    assert "the articles of a row" not in run(*words, "--any", "--by", "source").stdout


def test_formats(run, counted):
    assert json.loads(run("a", "--by", "month", "--json").stdout)["total"] == 165
    assert [json.loads(line)["total"] for line in run("a", "--by", "month", "-f", "jsonl").stdout.splitlines()] == [66, 99]
    assert run("a", "--by", "month", "-f", "csv").stdout.splitlines()[1] == "2023-11,2023-11-01,2023-11-30,66"
    result = run("a", "--by", "month")
    assert result.stderr == "note: a note\n"
    assert run("a", "--by", "month", "-q").output == ""


def test_of_nothing_the_search_says_why(run, counted):
    counted.counts = COUNTS._replace(total=0, rows=())
    counted.answer = NOTHING._replace(query="a")
    result = run("a", "--by", "month")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "No articles match  a.\n")
    result = run("a", "--by", "month", "--json")
    assert (result.exit_code, json.loads(result.stdout)["rows"]) == (1, [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a", "--by", "decade"], "--by: 'decade' is not one of"),
        (["a", "--by", "month", "-n", "3"], "--by counts all articles, so --limit does nothing there"),
        (["a", "--by", "month", "-p", "all"], "so --passages does nothing there"),
        (["a", "--by", "month", "-l"], "--by counts articles: take text, json, jsonl or csv, not paths"),
        (["a", "--by", "month", "--read", "3f"], "--read shows one article, so --by does nothing there"),
    ],
)
def test_what_does_not_go_with_counts_is_refused(run, archive, words, message):
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert archive.asked == []
