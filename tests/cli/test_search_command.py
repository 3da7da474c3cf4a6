"""Promise: ``search`` passes on what was asked, prints answers on stdout and nothing else there."""

import json
from types import SimpleNamespace

import pytest
from conftest import ANSWER, DAY, MARKETS, NOTHING, PAUSES

from indexer.errors import ArchiveDamaged, DateError, NoArchive, QueryError
from indexer.search.results import Advice, Suggestion


def test_words_are_joined_and_the_defaults_passed_on(run, archive):
    assert run("humanitarian", "pauses").exit_code == 0
    assert archive.call("search") == {
        "query": "humanitarian pauses", "since": None, "until": None, "on": None, "any": False, "limit": 10,
        "page": 1, "sort": None, "passages": 2, "advice": True, "explain": False, "all_copies": False, "like": None,
    }  # fmt: skip
    assert archive.call("open") == {"folder": None}


def test_every_option_reaches_the_archive(run, archive):
    options = ["--any", "--all-copies", "--like", "3f31", "-n", "0", "--sort", "oldest", "-p", "all"]
    run("a", "-s", "nov 2023", "-u", "2023-12", *options, "--archive", "/x")
    assert archive.call("search") == {
        "query": "a", "since": "nov 2023", "until": "2023-12", "on": None, "any": True, "limit": 0, "page": 1,
        "sort": "oldest", "passages": None, "advice": True, "explain": False, "all_copies": True, "like": "3f31",
    }  # fmt: skip
    assert archive.call("open") == {"folder": "/x"}


def test_long_and_attached_forms(run, archive):
    run("a", "--on=2023-11", "-n5", "-p0", "--page", "3")
    asked = archive.call("search")
    assert (asked["on"], asked["limit"], asked["passages"], asked["page"]) == ("2023-11", 5, 0, 3)


def test_the_archive_may_come_from_the_environment(run, archive):
    run("a", env={"SEARCH_ARCHIVE": "/elsewhere"})
    assert archive.call("open") == {"folder": "/elsewhere"}


@pytest.mark.parametrize("word", ["-ceasefire", "-summit", "-nato", "-us", "-f16", "-london", "-quiet", "-pause", "-007", "-hamas"])
def test_a_dashed_word_reaches_the_query(run, archive, word):
    assert run("gaza", word).exit_code == 0
    assert archive.call("search")["query"] == f"gaza {word}"


@pytest.mark.parametrize("date", [("--on", "yesterday"), ("--since", "2023"), ("-u", "2023")])
def test_a_date_is_enough(run, archive, date):
    assert run(*date).exit_code == 0
    assert archive.call("search")["query"] == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to look for"),
        (["  "], "nothing to look for"),
        (["a", "--on", "2023", "-s", "2022"], "--on is a whole period; it does not go with --since or --until"),
        (["a", "--on", "2023", "-u", "2022"], "--on is a whole period"),
        (["a", "-0"], "-0 is for paths: write -l -0"),
        (["a", "--json", "-l"], "one format at a time, not json and paths"),
        (["a", "-f", "text", "--json"], "one format at a time, not json and text"),
        (["a", "--explain", "-f", "csv"], "--explain is for text and json, not csv"),
        (["a", "-n", "0", "--page", "2"], "there is only page 1 where --limit is 0"),
        (["a", "-n", "-5"], "--limit: '-5' is not a whole number from 0 on"),
        (["a", "-n", "1_0"], "--limit: '1_0' is not a whole number"),
        (["a", "--page", "0"], "--page: '0' is not a whole number from 1 on"),
        (["a", "-p", "half"], "--passages: 'half' is neither a whole number nor all"),
        (["a", "-n", "9" * 5000], "is not a whole number"),
        (["a", "--sort", "date"], "--sort: 'date' is not one of"),
        (["a", "--after", "2023"], "there is no option --after; did you mean --since?"),
        (["a", "--limitt", "3"], "did you mean '--limit'?"),
        (["--read", "3f", "--on", "2023"], "--read shows one article, so --on does nothing there"),
        (["--read", "3f", "-c"], "so --count does nothing there"),
        (["a", "-x"], "there is no option -x"),
        (["a", "\x1b]0;x\x07", "-p", "\x1b[2J"], "'␛[2J'"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(run, archive, words, message):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    first, hint = result.stderr.splitlines()
    assert first.startswith("search: ")
    assert message.lower() in first.lower().replace("\\x1b", "␛")
    assert hint == "Try 'search --help'."
    assert archive.asked == []


def test_no_hits_exit_1_and_say_so_on_stderr(run, archive):
    archive.answer = NOTHING._replace(query="gaza", since=DAY, until=DAY)
    result = run("gaza", "--on", "2023-11-08")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "No articles match  gaza  on Wed 8 Nov 2023.\n"


def test_few_hits_may_come_with_another_spelling_on_stderr(run, archive):
    other = Suggestion("blinken", 40, DAY, DAY)
    archive.answer = ANSWER._replace(total=2, advice=Advice(corrections=(other,)))
    result = run("blinkin")
    assert (result.exit_code, result.stderr) == (0, "  Did you mean  blinken ?  40 articles\n")
    assert "blinken" not in result.stdout


def test_nobody_pays_for_advice_that_is_not_shown(run, archive):
    for option in ("-q", "-l"):
        run("blinkin", option)
        assert archive.call("search")["advice"] is False


def test_an_empty_archive_says_where_articles_go(run, archive):
    archive.answer, archive.articles = NOTHING, 0
    result = run("gaza")
    assert result.exit_code == 1
    assert result.stderr == f"The archive is empty: put articles into {archive.root}/seeds, then search again.\n"


def test_a_page_behind_the_last_exits_1(run, archive):
    archive.answer = ANSWER._replace(total=12, hits=(), page=3)
    result = run("a", "--page", "3")
    assert (result.exit_code, result.stderr) == (1, "No page 3: 12 articles fill 2 pages.\n")


def test_text_is_plain_in_a_pipe(run, archive):
    result = run("humanitarian", "pauses")
    assert result.stdout.splitlines()[0] == "2 articles, 8 Nov 2023 – 1 Feb 2024 · exact phrase in 1"
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_the_next_page_can_be_typed_as_shown(run, archive):
    archive.answer = ANSWER._replace(total=23, limit=2)
    result = run("humanitarian pauses", "-n2", "-tokyo")
    assert result.stdout.splitlines()[-1] == "1–2 of 23 · next: search 'humanitarian pauses' -tokyo -n 2 --page 2"


@pytest.mark.parametrize("words", [("--json",), ("-f", "json")])
def test_json(run, archive, words):
    read = json.loads(run("a", *words).stdout)
    assert [hit["id"] for hit in read["results"]] == ["3f31db6b", "91c07a2e"]
    archive.answer = NOTHING
    result = run("a", *words)
    assert (result.exit_code, json.loads(result.stdout)["results"], result.stderr) == (1, [], "")


def test_json_lines(run, archive):
    lines = run("a", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["rank"] for line in lines] == [1, 2]
    archive.answer = NOTHING
    assert run("a", "-f", "jsonl").stdout == ""


def test_paths(run, archive, monkeypatch):
    archive.answer = ANSWER._replace(hits=(PAUSES, MARKETS, MARKETS._replace(rank=3)))
    monkeypatch.chdir(archive.root)
    assert run("a", "-l").stdout == f"{PAUSES.path}\n{MARKETS.path}\n"
    assert run("a", "-f", "paths", "-0").stdout == f"{PAUSES.path}\0{MARKETS.path}\0"
    assert archive.call("search")["passages"] == 0


def test_count(run, archive):
    assert run("a", "-c", "--any", "--on", "2023").stdout == "2\n"
    assert archive.call("count") == {"query": "a", "since": None, "until": None, "on": "2023", "any": True, "like": None}
    archive.answer = NOTHING
    result = run("a", "-c")
    assert (result.exit_code, result.stdout) == (1, "0\n")


def test_quiet_prints_nothing_and_asks_for_little(run, archive):
    archive.notes = ("something",)
    archive.answer = ANSWER._replace(notes=("else",))
    result = run("a", "-q")
    assert (result.exit_code, result.output) == (0, "")
    assert (archive.call("search")["limit"], archive.call("search")["passages"]) == (1, 0)
    archive.answer = NOTHING
    result = run("a", "-q")
    assert (result.exit_code, result.output) == (1, "")


def test_reading_one_article(run, archive):
    result = run("--read", "3f31", "pause")
    assert result.exit_code == 0
    assert archive.call("read") == {"id_prefix": "3f31", "query": "pause"}
    assert result.stdout.startswith(PAUSES.headline)
    assert "¶5  Japan and the UK also" in result.stdout
    assert json.loads(run("--read", "3f31", "--json").stdout)["id"] == PAUSES.id
    assert run("--read", "3f31", "-l").stdout.endswith("000_3f31db6b9962369a.txt\n")
    assert run("--read", "3f31", "-q").output == ""


def test_an_unknown_article_is_exit_1(run, archive):
    result = run("--read", "ffff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "search: no article has the id ffff\n"


def test_the_archive_is_brought_up_to_date_first(run, archive):
    archive.notes = ("another process is updating\x1b[2J",)
    result = run("a")
    assert [name for name, _ in archive.asked] == ["open", "refresh", "search"]
    assert result.stderr == "note: another process is updating␛[2J\n"
    archive.asked.clear()
    assert run("a", "--no-update").stderr == ""
    assert [name for name, _ in archive.asked] == ["open", "search"]


def test_remarks_on_the_query_go_to_stderr(run, archive):
    archive.answer = ANSWER._replace(notes=("the quote was closed",))
    result = run('"a', "--json")
    assert result.stderr == "note: the quote was closed\n"
    assert json.loads(result.stdout)["total"] == 2


def test_a_word_that_may_have_been_an_option_is_remarked_on(run, archive):
    assert run("a", "-s2023").stderr.startswith("note: -s2023 leaves out the word s2023; for a date limit write -s 2023")
    assert run("a", "-two words").stderr.startswith("note: -two leaves out one word; for the whole phrase write '-\"two words\"'")


def test_a_query_error_points_at_the_place(run, archive):
    archive.error = QueryError("a bracket is not closed", column=5)
    result = run("gaza", "(truce")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == ["search: a bracket is not closed", "  gaza (truce", "       ^"]


@pytest.mark.parametrize("query", ["停火 \t(truce", "\x1b[2J(truce", "x" * 4000 + " (truce"])
def test_the_caret_stands_under_the_character_meant(run, archive, query):
    from indexer.present.width import columns

    archive.error = QueryError("here", column=query.index("("))
    _, shown, caret = run(query).stderr.splitlines()
    assert "\x1b" not in shown and columns(shown) <= 80
    assert columns(shown[: shown.index("(")]) == caret.index("^")


def test_a_date_error_is_one_line(run, archive):
    archive.error = DateError("--since 2023-11-31: November 2023 has 30 days.")
    result = run("a", "-s", "2023-11-31")
    assert (result.exit_code, result.stderr) == (2, "search: --since 2023-11-31: November 2023 has 30 days.\n")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NoArchive("there is no archive here"), 3, "there is no archive here"),
        (ArchiveDamaged("segment\x1b[2J is damaged"), 3, "segment␛[2J is damaged"),
        (PermissionError(13, "Permission denied", "/x\ny"), 3, "the operating system refused /x␊y: Permission denied"),
        (MemoryError(), 3, "there is not enough memory for this"),
        (RecursionError("deep"), 3, "this should not happen: RecursionError: deep (--debug shows where)"),
        (KeyError("a"), 3, "this should not happen: KeyError: 'a'"),
    ],
)
def test_whatever_goes_wrong_is_one_line(run, archive, error, code, said):
    archive.error = error
    result = run("a")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(f"search: {said}")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_debug_shows_where(run, archive):
    archive.error = KeyError("a")
    assert isinstance(run("a", "--debug").exception, KeyError)


def test_ctrl_c_is_130(run, archive):
    archive.error = KeyboardInterrupt()
    result = run("a")
    assert (result.exit_code, result.output) == (130, "")


def test_version(run, archive):
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("search ")
    assert archive.asked == []


def test_the_width_follows_columns_and_stays_readable(run, archive):
    for columns, widest in (("40", 40), ("80", 80), ("300", 100), ("5", 24)):
        lines = run("a", env={"COLUMNS": columns}).stdout.splitlines()
        assert widest * 0.7 < max(map(len, lines)) <= widest


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1", "TERM": "dumb"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ([], {"FORCE_COLOR": ""}, False),
    ],
)
def test_who_decides_on_colour(run, archive, words, environment, coloured):
    assert ("\x1b[1;4;31m" in run("a", *words, env=environment).stdout) is coloured


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"added": 1}, ""),
        ({"refused": ("a", "b")}, ""),
        ({"refused": ("a", "b"), "changed": 1}, "note: 2 documents refused: indexer status tells which and why\n"),
        ({"notes": ("a segment was damaged",)}, "note: a segment was damaged\n"),
    ],
)
def test_an_update_on_the_way_is_remarked_on_where_it_matters(run, archive, changes, said):
    quiet = {"added": 0, "changed": 0, "removed": 0, "refused": (), "notes": ()}
    archive.report = SimpleNamespace(**quiet | changes)
    assert run("a").stderr == said
    assert run("a", "-q").stderr == ""


def test_csv_and_markdown(run, archive):
    rows = run("a", "-f", "csv").stdout.splitlines()
    assert rows[0].startswith("rank,date,source,id,headline,")
    assert [row[:24] for row in rows[1:]] == ["1,2023-11-08,Bloomberg,3", "2,,,91c07a2e,Markets Wra"]
    quoted = run("a", "-f", "md").stdout
    assert quoted.startswith("1. **Japan, U.S. To Seek Gaza")
    assert "for “**humanitarian pauses**” in" in quoted
    assert run("--read", "3f31", "-f", "md").stdout.startswith("# Japan, U.S. To Seek Gaza")
    assert len(run("--read", "3f31", "-f", "csv").stdout.splitlines()) == 2


def test_of_nothing_csv_is_a_header_and_markdown_says_so_on_stderr(run, archive):
    archive.answer = NOTHING._replace(query="gaza")
    result = run("gaza", "-f", "csv")
    assert (result.exit_code, len(result.stdout.splitlines()), result.stderr) == (1, 1, "")
    result = run("gaza", "-f", "md")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "No articles match  gaza.\n")


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_all_passages_in_order_of_days_are_a_line_for_each_mention_of_all_articles(run, archive, order):
    lines = run("pauses", "-p", "all", "--sort", order).stdout.splitlines()
    assert archive.call("search")["limit"] == 0
    assert lines[0].endswith("· 6 mentions")
    assert len(lines) == 2 + 6
    assert all("ause" in line for line in lines[2:])
    run("pauses", "-p", "all", "--sort", order, "-n", "3")
    assert archive.call("search")["limit"] == 3


def test_all_passages_by_relevance_or_without_words_stay_with_their_articles(run, archive):
    assert "mentions" not in run("pauses", "-p", "all").stdout
    assert archive.call("search")["limit"] == 10
    assert "mentions" not in run("--on", "2023", "-p", "all", "--sort", "oldest").stdout
    assert archive.call("search")["limit"] == 10


def test_a_concordance_as_csv(run, archive):
    rows = run("pauses", "-p", "all", "--sort", "oldest", "-f", "csv").stdout.splitlines()
    assert rows[0] == "date,source,id,headline,path,line,place,before,mention,after"
    assert len(rows) == 1 + 6
    assert ",3,¶1,Japan and the US said they would work for “,humanitarian pauses," in rows[2]
