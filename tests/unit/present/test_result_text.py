"""Promise: a page of hits reads as documented, at any width, and hides nothing without saying so."""

from datetime import date

import pytest

from indexer.present import advice, reading, text
from indexer.present.canvas import COLOUR, PLAIN, Canvas
from indexer.present.width import columns
from indexer.search.results import Advice, Hit, Passage, Reading, Results, Suggestion

DAY = date(2023, 11, 8).toordinal()
PASSAGES = (
    Passage(1, 3, "Japan and the US said they would work for “humanitarian pauses” in Israel’s war.", ((43, 62),), True),
    Passage(12, 14, "They agreed on the need for a “pause”.", ((31, 36),), False),
)
HIT = Hit(
    1, "3f31db6b", DAY, "To Seek Gaza ‘Pauses’", ((14, 20),), "They met in Tokyo.", (), "Bloomberg",
    "seeds/a.txt", 7.9, True, (), PASSAGES,
)  # fmt: skip
RESULTS = Results(
    "humanitarian pauses", 2, 1, (HIT, HIT._replace(rank=2, day=None, source=None)), 1, 10, DAY, DAY + 85, 0, True,
    None, None, (),
)  # fmt: skip


def page(results=RESULTS, width=80, style=PLAIN, wanted=2, next_page="search x --page 2"):
    return list(text.render(results, Canvas(width, style), wanted, next_page))


def test_the_whole_page():
    assert page(RESULTS._replace(hits=RESULTS.hits[:1], total=1, first_day=DAY, last_day=DAY)) == [
        "1 article, 8 Nov 2023 · exact phrase in 1",
        "",
        " 1  To Seek Gaza ‘Pauses’",
        "    Wed 8 Nov 2023 · Bloomberg · 3f31db6b",
        "    ¶1   Japan and the US said they would work for “humanitarian pauses” in",
        "         Israel’s war.",
        "    ¶12  They agreed on the need for a “pause”.",
    ]


def test_marks_are_bold_and_underlined_as_well_as_coloured():
    lines = page(style=COLOUR)
    assert "\x1b[2m¶12  \x1b[0mThey agreed on the need for a “\x1b[1;4;31mpause\x1b[0m”." in lines[6]


def test_a_mark_in_a_headline_keeps_the_rest_of_it_bold():
    assert "\x1b[1mTo Seek Gaza ‘\x1b[0m\x1b[1;4;31mPauses\x1b[0m\x1b[1m’\x1b[0m" in page(style=COLOUR)[2]


def test_a_mark_over_a_line_end_is_closed_and_opened_again():
    long = PASSAGES[0]._replace(text="word " * 8 + "humanitarian pauses", marks=((40, 59),))
    lines = page(RESULTS._replace(hits=(HIT._replace(passages=(long,)),)), width=64, style=COLOUR)
    assert lines[4].endswith("\x1b[1;4;31mhumanitarian\x1b[0m")
    assert lines[5] == "        \x1b[1;4;31mpauses\x1b[0m"


@pytest.mark.parametrize("width", [24, 40, 59, 60, 80, 100])
def test_no_line_is_wider_than_the_page(width):
    assert max(columns(line) for line in page(width=width)) <= width


def test_on_a_narrow_page_text_runs_under_the_paragraph_number():
    assert page(width=40)[6:9] == ["    ¶1 Japan and the US said they would", "    work for “humanitarian pauses” in", "    Israel’s war."]


def test_the_narrow_page_marks_the_same_words():
    joined = "\n".join(page(width=40, style=COLOUR))
    assert "\x1b[1;4;31mhumanitarian pauses\x1b[0m" in joined


def test_an_undated_article_says_so_and_a_missing_source_leaves_no_gap():
    assert "    undated · 3f31db6b" in page()


def test_more_pages_are_announced_with_the_command():
    assert page(RESULTS._replace(total=23))[-1] == "1–2 of 23 · next: search x --page 2"
    last = RESULTS._replace(total=23, hits=(HIT._replace(rank=23),), page=3)
    assert page(last)[-1] == "23 of 23"


def test_nothing_is_announced_when_all_is_shown():
    assert "next" not in page()[-1]


def test_the_header_tells_when_the_phrase_is_nowhere():
    assert page(RESULTS._replace(exact_total=0))[0].endswith("· exact phrase in none")


def test_a_query_that_is_no_phrase_says_nothing_of_phrases():
    assert page(RESULTS._replace(phrase=False, exact_total=None))[0] == "2 articles, 8 Nov 2023 – 1 Feb 2024"


def test_undated_articles_left_out_are_counted():
    assert page(RESULTS._replace(undated_left_out=1))[0].endswith("· 1 undated left out")


def test_the_summary_stands_in_for_a_missing_passage_when_it_has_a_mark():
    marked = HIT._replace(summary_marks=((12, 17),), passages=PASSAGES[:1])
    assert "    They met in Tokyo." in page(RESULTS._replace(hits=(marked,)))
    assert "    They met in Tokyo." not in page(RESULTS._replace(hits=(marked._replace(passages=PASSAGES),)))
    assert "    They met in Tokyo." not in page(RESULTS._replace(hits=(HIT._replace(passages=PASSAGES[:1]),)))


def test_the_summary_tells_what_an_article_without_passages_is_about():
    bare = RESULTS._replace(hits=(HIT._replace(passages=()),))
    assert "    They met in Tokyo." in page(bare)
    assert "    They met in Tokyo." not in page(bare, wanted=0)


@pytest.mark.parametrize(("entries", "said"), [(None, "9 articles,"), (9, "9 articles,"), (8, "9 articles (1 is a copy),"), (6, "9 articles (3 are copies),")])
def test_the_header_tells_how_many_articles_are_copies(entries, said):
    assert page(RESULTS._replace(total=9, entries=entries))[0].startswith(said)


def test_copies_are_counted():
    assert "· +1 copy" in page(RESULTS._replace(hits=(HIT._replace(copies=("b",)),)))[3]
    assert "· +2 copies" in page(RESULTS._replace(hits=(HIT._replace(copies=("b", "c")),)))[3]


def test_an_endless_passage_is_cut_around_its_mark():
    endless = Passage(1, 1, "word " * 20_000 + "pause" + " word" * 20_000, ((100_000, 100_005),), False)
    lines = page(RESULTS._replace(total=1, hits=(HIT._replace(passages=(endless,)),)), style=COLOUR)
    assert len(lines) < 16
    assert any("\x1b[1;4;31mpause\x1b[0m" in line for line in lines)
    assert lines[4].startswith("    \x1b[2m¶1  \x1b[0m… word")
    assert lines[-1].endswith(" …")


def test_ranks_of_four_digits_keep_the_columns_straight():
    lines = page(RESULTS._replace(hits=(HIT._replace(rank=998), HIT._replace(rank=1000))))
    assert lines[2].startswith(" 998  To") and lines[8].startswith("1000  To")


def test_no_hits_name_the_query_the_period_and_the_undated():
    nothing = RESULTS._replace(query="gaza ceasefire", total=0, hits=(), since=DAY - 7, until=DAY + 22, undated_left_out=3)
    assert list(text.nothing_found(nothing)) == [
        "No articles match  gaza ceasefire  in November 2023.",
        "  3 undated articles would; a date limit leaves them out.",
    ]


@pytest.mark.parametrize(
    ("query", "since", "until", "said"),
    [
        ("gaza", None, None, "No articles match  gaza."),
        ("", DAY, DAY, "No articles on Wed 8 Nov 2023."),
        ("gaza", DAY, date.max.toordinal(), "No articles match  gaza  since 8 Nov 2023."),
        ("gaza", date.min.toordinal(), DAY, "No articles match  gaza  until 8 Nov 2023."),
        ("\x1b[2J", None, None, "No articles match  ␛[2J."),
    ],
)
def test_no_hits_in_other_words(query, since, until, said):
    nothing = RESULTS._replace(query=query, total=0, hits=(), since=since, until=until)
    assert list(text.nothing_found(nothing)) == [said]


def test_no_hits_come_with_advice():
    nothing = RESULTS._replace(
        query="ceasfire tokyo", total=0, hits=(), since=DAY + 23, until=DAY + 53,
        advice=Advice(
            (("ceasfire", 0), ("tokyo", 41)),
            (Suggestion("ceasefire tokyo", 3, DAY, DAY), Suggestion("\x1b[2J tokyo", 1200, DAY, DAY)),
            Suggestion("ceasefire tokyo", 19, DAY, DAY + 85),
            44,
        ),
    )  # fmt: skip
    assert list(text.nothing_found(nothing)) == [
        "No articles match  ceasfire tokyo  in December 2023.",
        "  ceasfire 0 · tokyo 41",
        "  Did you mean  ceasefire tokyo ?  3 articles in December 2023",
        "  or            ␛[2J tokyo ?  1,200 articles in December 2023",
        "  Other dates   search ceasefire tokyo   19 articles, 8 Nov 2023 – 1 Feb 2024",
        "  Any word      search --any ceasfire tokyo   44 articles",
    ]


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("gaza aid", "search gaza aid"),
        ('"gaza aid"', "search '\"gaza aid\"'"),
        ("-gaza aid", "search -gaza aid"),
        ("-n5 aid", "search -- '-n5 aid'"),
        ("gaza -aid", "search gaza -aid"),
        ("it's (a b)", "search 'it'\"'\"'s (a b)'"),
    ],
)
def test_a_suggested_search_can_be_pasted_into_a_shell(query, typed):
    assert advice.command(query) == typed


def test_a_page_behind_the_last_says_how_many_there_are():
    behind = RESULTS._replace(total=23, hits=(), page=7)
    assert list(text.nothing_found(behind)) == ["No page 7: 23 articles fill 3 pages."]


def test_a_whole_article_is_never_cut():
    endless = Passage(2, 9, "word " * 1000 + "end.", (), False)
    lines = list(reading.render(Reading(HIT, (PASSAGES[0], endless)), Canvas(80)))
    assert lines[:4] == ["To Seek Gaza ‘Pauses’", "Wed 8 Nov 2023 · Bloomberg · 3f31db6b · seeds/a.txt", "", "They met in Tokyo."]
    assert lines[5].startswith("¶1  Japan and the US")
    assert lines[-1].endswith("end.")
    assert sum(line.count("word") for line in lines) == 1000


def test_paragraph_numbers_of_a_whole_article_line_up():
    numbered = tuple(PASSAGES[1]._replace(paragraph=number) for number in (9, 10))
    lines = [line for line in reading.render(Reading(HIT, numbered), Canvas(80)) if "¶" in line]
    assert lines == [" ¶9  They agreed on the need for a “pause”.", "¶10  They agreed on the need for a “pause”."]
