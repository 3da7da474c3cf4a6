"""Does the judge of passages notice what is wrong with one?"""

import json

import pytest

from benchmarks.passages.evidence import judge
from benchmarks.passages.sampler import KINDS, draw
from indexer import Archive, Hit
from indexer.query.build import build
from indexer.query.parser import parse
from indexer.search.marking import Clauses

BODY = "A pause was agreed. The aid convoys crossed into Gaza. Nobody spoke of a truce.\n\nThe pause held."
QUERY = "pause gaza"


@pytest.fixture
def archive(make_archive) -> Archive:
    made = make_archive()
    record = {"date": "2023-11-08", "headline": "Pause agreed", "body": BODY}
    (made.root / "seeds" / "one.json").write_text(json.dumps(record))
    made.update()
    return made


@pytest.fixture
def hit(archive: Archive) -> Hit:
    return archive.search(QUERY).hits[0]


def judged(archive: Archive, hit: Hit):
    meaning = build(QUERY, parse(QUERY), archive.analyzer)
    return judge(hit, BODY, Clauses(meaning.clauses, meaning.exact), archive.analyzer)


def test_good_passages_have_no_fault_and_cover_both_words(archive, hit):
    assert judged(archive, hit) == ((), True, True)


def test_one_passage_of_two_does_not_cover(archive, hit):
    assert judged(archive, hit._replace(passages=hit.passages[:1])) == ((), True, False)


def test_a_hit_without_marks_is_a_fault(archive, hit):
    bare = tuple(passage._replace(marks=()) for passage in hit.passages)
    assert judged(archive, hit._replace(headline_marks=(), passages=bare)).faults == ("no mark",)


def test_a_mark_on_another_word_is_a_fault(archive, hit):
    moved = hit._replace(headline_marks=((6, 12),))
    assert judged(archive, moved).faults == ("mark on 'agreed'",)


@pytest.mark.parametrize(("text", "fault"), [("pause was agreed.", ""), ("ause was agreed.", "inside a word"), ("pause, agreed", "not in paragraph 1")])
def test_a_passage_that_is_cut_or_changed_is_a_fault(archive, hit, text, fault):
    changed = hit._replace(passages=(hit.passages[0]._replace(text=text, marks=()),))
    faults = judged(archive, changed).faults
    assert [fault in one for one in faults] == ([True] if fault else [])


def test_passages_that_overlap_are_a_fault(archive, hit):
    first = hit.passages[0]
    longer = first._replace(text=BODY.partition("\n")[0][2:], marks=())
    assert "passages overlap" in judged(archive, hit._replace(passages=(first, longer))).faults


def test_queries_are_drawn_by_the_seed_in_every_kind():
    texts = [f"{BODY} One more sentence with several other words in it."] * 3
    queries = draw(texts, 1, 20 * len(KINDS))
    assert queries == draw(texts, 1, 20 * len(KINDS))
    for sign in (" OR ", " -", '"', "*", "~", "=", "headline:", " w/", " pre/3 "):
        assert any(sign in query for query in queries)
