"""Promise: in a concordance every mention has its line, the words found under one another, at any width."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present import concordance, table
from indexer.present.canvas import COLOUR, Canvas
from indexer.present.concordance import mentions, render
from indexer.present.escape import legible
from indexer.present.width import columns
from indexer.search.results import Hit, Passage, Results

MARK = re.compile(r"\x1b\[1;4;31m(.*?)\x1b\[0m")
WORDS = st.sampled_from(["pause", "a", "停火", "longerword", "“quoted”", "x" * 40, "e\u0301", "tab\tbed", "\x1b[2J"])
TEXT = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


def marks_of(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in re.finditer("pause|停火", text))


def article(*texts: str, headline: str = "No news", day: int | None = 738832, id: str = "3f31db6b") -> Hit:
    passages = tuple(Passage(number, number + 2, text, marks_of(text), False) for number, text in enumerate(texts, 1))
    return Hit(1, id, day, headline, marks_of(headline), "", (), "Wire", "seeds/a.txt", 1.0, False, (), passages)


def results(*hits: Hit, total: int | None = None) -> Results:
    total = len(hits) if total is None else total
    hits = tuple(hit._replace(rank=rank) for rank, hit in enumerate(hits, 1))
    return Results("pause", total, None, hits, 1, 0, 738832, 738832, 0, False, None, None, ())


def shown(found: Results, width: int, next_page: str = "") -> list[str]:
    """The lines below the header."""
    lines = list(render(found, list(mentions(found.hits)), Canvas(width, COLOUR), next_page))
    return lines[lines.index("") + 1 :]


def plain(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


@given(st.lists(TEXT, min_size=1, max_size=3), st.sampled_from([24, 40, 60, 80, 140, 200]))
def test_marks_stand_under_one_another_and_every_line_fits(texts, width):
    found = results(article(*texts), article(*texts, headline="A pause", day=None, id="a-long-id-of-its-own"))
    lines = [line for line in shown(found, width) if MARK.search(line)]
    assert len(lines) == len(list(mentions(found.hits))) == sum(len(marks_of(text)) for text in texts) * 2 + 1
    assert all(columns(plain(line)) <= width for line in lines)
    assert len({columns(plain(line[: MARK.search(line).start()])) for line in lines}) == 1


@given(TEXT, st.sampled_from([40, 80, 200]))
def test_what_stands_beside_a_mark_is_its_sentence(text, width):
    found = results(article(text))
    for mention, line in zip(mentions(found.hits), (line for line in shown(found, width) if MARK.search(line)), strict=True):
        start, end = MARK.search(line).span()
        before = plain(line[:start]).split("¶1", 1)[1].lstrip()
        after = line[end:]
        assert legible(text[: mention.start])[0].rstrip().endswith(before.removeprefix("…").rstrip())
        assert legible(text[mention.end :])[0].startswith(after.removesuffix("…"))
        assert before.startswith("…") or before.rstrip() == legible(text[: mention.start])[0].strip()
        assert after.endswith("…") or after.rstrip() == legible(text[mention.end :])[0].rstrip()


def test_lines_are_cut_between_words():
    text = "Japan and the US called on Wednesday for a humanitarian pause in the war in Gaza so that aid may reach civilians."
    (line,) = shown(results(article(text)), 80)
    assert plain(line) == " 8 Nov 2023  3f31db6b  ¶1     …for a humanitarian pause in the war in Gaza so…"


def test_a_narrow_page_names_the_article_above_its_mentions():
    found = results(article("A pause.", "No pause."), article("One pause.", day=None))
    assert list(map(plain, shown(found, 40))) == [
        "8 Nov 2023 · 3f31db6b", "¶1               A pause.", "¶2              No pause.", "undated · 3f31db6b", "¶1             One pause.",
    ]  # fmt: skip


def test_a_wide_page_names_the_source():
    assert plain(shown(results(article("A pause.")), 140)[0]).startswith(" 8 Nov 2023  Wire  3f31db6b  ¶1  ")


def test_the_header_counts_and_more_pages_are_announced():
    found = results(article("A pause and a pause."), total=12)
    lines = list(render(found, list(mentions(found.hits)), Canvas(80), "search pause --page 2"))
    assert lines[0] == "12 articles, 8 Nov 2023 · 2 mentions"
    assert lines[-1] == "1 of 12 · next: search pause --page 2"


def test_an_endless_sentence_takes_no_longer_than_a_line():
    text = "pause " * 3000
    assert max(columns(plain(line)) for line in shown(results(article(text)), 80)) <= 80


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_csv_has_the_whole_sentence_around_each_mention(texts):
    hits = [article(*texts, headline="A pause")]
    names, *rows = csv.reader(io.StringIO("\n".join(table.mentions(mentions(hits)))))
    assert tuple(names) == table.MENTION
    assert len(rows) == len(list(mentions(hits)))
    assert rows[0][3:] == ["A pause", "seeds/a.txt", "", "head", "A ", "pause", ""]
    for row, mention in zip(rows, mentions(hits), strict=True):
        assert "".join(cell.removeprefix("'") for cell in row[-3:]) == legible(mention.text)[0]


@pytest.mark.parametrize("room", range(12))
def test_cuts_fit_any_room(room):
    for text in ("word another word", "停火协议停火协议", "x" * 30, "e\u0301" * 20):
        assert columns(concordance._start_of(text, room)) <= room
        assert columns(concordance._end_of(text, room)) <= room
