"""Promise: JSON is ASCII, always valid, and its keys never go missing or change type."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.present import records
from indexer.present.clip import PASSAGE as PASSAGE_LIMIT
from indexer.present.clip import clip
from indexer.search.results import Advice, Hit, Passage, Reading, Results, Suggestion

WORDS = st.text(max_size=20)
MARKS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple)
PASSAGE = st.builds(
    Passage, paragraph=st.integers(1, 9), line=st.integers(1, 9), text=WORDS, marks=MARKS, exact=st.booleans()
)
HIT = st.builds(
    Hit,
    rank=st.integers(1, 99),
    id=WORDS,
    day=st.none() | st.integers(date.min.toordinal(), date.max.toordinal()),
    headline=WORDS,
    headline_marks=MARKS,
    summary=WORDS,
    summary_marks=MARKS,
    source=st.none() | WORDS,
    path=WORDS,
    score=st.floats(0, 100),
    exact=st.booleans(),
    copies=st.lists(WORDS, max_size=2).map(tuple),
    passages=st.lists(PASSAGE, max_size=2).map(tuple),
)
EMPTY = Results("q", 0, None, (), 1, 10, None, None, 0, False, None, None, ())
TYPES = {
    "rank": int, "id": str, "date": str | None, "headline": str, "headline_marks": list, "summary": str,
    "summary_marks": list, "source": str | None, "path": str, "score": float, "exact": bool, "copies": list,
    "passages": list,
}  # fmt: skip
PASSAGE_TYPES = {"paragraph": int, "line": int, "text": str, "marks": list, "excerpt": list, "exact": bool}


def check(hit, record):
    assert list(record) == list(TYPES)
    assert all(isinstance(record[name], kind) for name, kind in TYPES.items())
    assert record["headline"] == hit.headline
    assert record["date"] is None or date.fromisoformat(record["date"]).toordinal() == hit.day
    for passage, shown in zip(hit.passages, record["passages"], strict=True):
        assert {name: type(value) for name, value in shown.items()} == PASSAGE_TYPES
        assert shown["text"] == passage.text
        assert shown["marks"] == [list(mark) for mark in passage.marks]


@settings(max_examples=40)
@given(st.lists(HIT, max_size=3).map(tuple), st.none() | st.integers(0, 9))
def test_a_document_round_trips(hits, exact_total):
    printed = "\n".join(records.document(EMPTY._replace(hits=hits, total=len(hits), exact_total=exact_total)))
    assert printed.isascii()
    read = json.loads(printed)
    assert list(read) == ["query", "total", "exact_total", "advice", "results"]
    assert read["advice"] is None
    assert (read["total"], read["exact_total"]) == (len(hits), exact_total or 0)
    for hit, record in zip(hits, read["results"], strict=True):
        check(hit, record)


@settings(max_examples=40)
@given(st.lists(HIT, max_size=3).map(tuple))
def test_lines_are_one_hit_each(hits):
    lines = list(records.lines(EMPTY._replace(hits=hits)))
    assert not any("\n" in line for line in lines)
    for hit, line in zip(hits, lines, strict=True):
        check(hit, json.loads(line))


def test_every_field_of_a_hit_has_a_key():
    assert set(Hit._fields) - {"day"} == set(TYPES) - {"date"}
    assert set(Passage._fields) | {"excerpt"} == set(PASSAGE_TYPES)


def test_a_passage_is_whole_and_says_what_a_short_list_shows_of_it():
    text = "In the beginning there was a clause, " + "then came many more of them, " * 20 + "and a pause at last."
    mark = (text.index("pause"), text.index("pause") + 5)
    hit = Hit(1, "a", None, "b", (), "", (), None, "p", 0.0, False, (), (Passage(1, 3, text, (mark,), False),))
    (passage,) = records.record(hit)["passages"]
    assert passage["text"] == text
    shown, _ = clip(text, (mark,), PASSAGE_LIMIT)
    assert [text[a:b] for a, b in passage["excerpt"]] == [shown.removeprefix("… ")]


def test_nothing_found_is_a_whole_document():
    assert list(records.document(EMPTY)) == ['{"query":"q","total":0,"exact_total":0,"advice":null,"results":[]}']
    assert list(records.lines(EMPTY)) == []


def test_advice_is_an_object_whose_keys_are_always_there():
    other = Suggestion("gaza", 2, 738832, None)
    read = json.loads("".join(records.document(EMPTY._replace(advice=Advice(words=(("gaza", 0),), corrections=(other,))))))
    suggestion = {"query": "gaza", "total": 2, "first": "2023-11-08", "last": None}
    assert read["advice"] == {
        "words": [{"text": "gaza", "total": 0}], "corrections": [suggestion], "other_dates": None, "any_word": 0,
    }  # fmt: skip
    read = json.loads("".join(records.document(EMPTY._replace(advice=Advice(other_dates=other, any_word=3)))))
    assert (read["advice"]["other_dates"], read["advice"]["any_word"]) == (suggestion, 3)


def test_control_characters_are_escaped_by_json_itself():
    hit = Hit(1, "a", None, "\x1b]0;x\x07\u202e\udcff", (), "", (), None, "p", 0.0, False, (), ())
    line = next(iter(records.lines(EMPTY._replace(hits=(hit,)))))
    assert '"headline":"\\u001b]0;x\\u0007\\u202e\\udcff"' in line


def test_a_score_that_json_does_not_know_is_an_error():
    with pytest.raises(ValueError, match="JSON compliant"):
        records.dump({"score": float("nan")})


@settings(max_examples=40)
@given(HIT, st.lists(PASSAGE, max_size=3).map(tuple))
def test_a_whole_article_is_a_hit_with_all_its_paragraphs(hit, paragraphs):
    record = json.loads(records.article(Reading(hit, paragraphs)))
    check(hit._replace(passages=paragraphs), record)
