"""Passages are whole sentences that show why an article matched, found by the lists or, the same, by its text."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Archive
from indexer.query.build import build
from indexer.query.parser import parse
from indexer.search.marking import Clauses, locate, markers
from indexer.search.passages import passages
from indexer.search.results import Passage

BODY = """TOKYO (Harbour Wire) -- Japan and the U.S. asked for pauses. Nobody objected on Oct. 7 in the hall.

A pause is short, Mr. Ito said. “Humanitarian pauses” are what the G-7 wants. Then they left for the
airport.

The cease-fire came late. It was a ceasefire, and a humanitarian one, in Gaza."""
TEXT = f" date 2023-11-08 Talks On A Pause\nMinisters of seven countries met for two days.\n{BODY}\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("passages")
    (root / "seeds").mkdir()
    (root / "seeds" / "a.txt").write_text(TEXT, encoding="utf-8")
    (root / "seeds" / "b.txt").write_text(TEXT.replace("Gaza", "Sudan").replace("2023", "2024"), encoding="utf-8")
    archive = Archive(root)
    archive.update()
    return archive


def shown(archive: Archive, query: str, wanted: int | None = 2) -> tuple[Passage, ...]:
    return archive.search(query, on="2023", passages=wanted).hits[0].passages


def marked(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


def test_a_passage_is_a_whole_sentence_with_its_paragraph_and_line(archive: Archive) -> None:
    (passage,) = shown(archive, "objected")
    assert passage.text == "Nobody objected on Oct. 7 in the hall."
    assert (passage.paragraph, passage.line) == (1, 3)
    (passage,) = shown(archive, "airport")
    assert passage.text == "Then they left for the\nairport."
    assert (passage.paragraph, passage.line) == (2, 5)


def test_the_exact_phrase_comes_first_and_is_one_mark(archive: Archive) -> None:
    (passage,) = shown(archive, "humanitarian pauses", 1)
    assert marked(passage) == ["Humanitarian pauses"]
    assert passage.exact


def test_passages_cover_the_words_and_come_in_the_order_of_the_text(archive: Archive) -> None:
    found = shown(archive, "gaza japan")
    assert [marked(passage) for passage in found] == [["Japan"], ["Gaza"]]


def test_every_spelling_is_marked(archive: Archive) -> None:
    found = shown(archive, "ceasefire", None)
    assert [marked(passage) for passage in found] == [["cease-fire"], ["ceasefire"]]
    assert [marked(passage) for passage in shown(archive, "US g7", None)] == [["U.S"], ["G-7"]]


def test_what_is_only_in_the_headline_has_its_mark_there(archive: Archive) -> None:
    hit = archive.search("talks", on="2023").hits[0]
    assert hit.passages == ()
    assert [hit.headline[start:end] for start, end in hit.headline_marks] == ["Talks"]


def test_a_phrase_over_the_end_of_a_sentence_shows_both(archive: Archive) -> None:
    (passage,) = shown(archive, '"pauses nobody"')
    assert passage.text.startswith("TOKYO (Harbour Wire) -- Japan") and passage.text.endswith("in the hall.")
    assert marked(passage) == ["pauses. Nobody"]


WORDS = ["pause", "japan", "humanitarian", "gaza", "ceasefire", "cease-fire", "US", "nobody", "g7", "the", '"cease fire"', '"the hall"', "=pauses"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from([1, 2, 5, None]))
@settings(max_examples=60, deadline=None)
def test_the_lists_and_the_text_show_the_same(archive: Archive, words: list[str], wanted: int | None) -> None:
    query = " OR ".join(words)
    meaning = build(query, parse(query), archive.analyzer)
    clauses = Clauses(meaning.clauses, meaning.exact)
    archive.count("*")
    evaluator = archive._evaluator
    assert evaluator is not None
    for part in evaluator.parts:
        docs = np.arange(part.n_docs)
        by_lists = locate(part, docs, clauses)
        by_text = by_lists._replace(words=None)
        assert by_lists.words is not None
        shown_by = []
        for located in (by_lists, by_text):
            marking = markers(docs, clauses, archive.analyzer, located)
            shown_by.append(passages(part, docs, part.segment.rows(docs.tolist()), clauses, marking, located, wanted))
        assert shown_by[0] == shown_by[1]


def test_every_hit_of_the_samples_has_a_mark(make_archive: Callable[..., Archive]) -> None:
    archive = make_archive(a=TEXT, b="Undated note\n\nHumanitarian aid came.\n")
    archive.update()
    for query in ("humanitarian", "pause*", "talks OR aid", "minist*", "note"):
        for hit in archive.search(query).hits:
            assert hit.headline_marks or hit.summary_marks or any(passage.marks for passage in hit.passages), query
