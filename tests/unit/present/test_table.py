"""Promise: CSV is read back by any reader, a record a line, and no cell of it is a formula."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present import records, table
from indexer.present.escape import legible
from indexer.search.results import Hit, Passage

TEXT = st.text(st.sampled_from("ab,;\"'=+-@\t\r\n\x1b ＝停"), max_size=12)
PASSAGE = st.builds(Passage, st.just(1), st.just(3), TEXT, st.just(()), st.just(False))
HIT = st.builds(
    Hit, rank=st.integers(1, 9), id=TEXT, day=st.none() | st.just(738832), headline=TEXT, headline_marks=st.just(()),
    summary=TEXT, summary_marks=st.just(()), source=st.none() | TEXT, path=TEXT, score=st.floats(0, 9), exact=st.booleans(),
    copies=st.lists(st.sampled_from(["b2", "c3"])).map(tuple), passages=st.lists(PASSAGE, max_size=2).map(tuple),
)  # fmt: skip


def read(lines) -> list[list[str]]:
    return list(csv.reader(io.StringIO("\n".join(lines))))


@given(st.lists(HIT, max_size=3))
def test_hits_are_read_back(hits):
    lines = list(table.hits(hits))
    assert len(lines) == len(hits) + 1  # no line feed is in a cell
    names, *rows = read(lines)
    assert tuple(names) == table.HIT
    for hit, row in zip(hits, rows, strict=True):
        found = dict(zip(names, row, strict=True))
        assert found["headline"].removeprefix("'") == legible(hit.headline)[0].removeprefix("'")
        assert found["date"] == ("2023-11-08" if hit.day else "")
        assert (int(found["rank"]), float(found["score"])) == (hit.rank, pytest.approx(hit.score, abs=1e-6))
        assert found["exact"] == str(int(hit.exact))
        assert found["copies"].split() == list(hit.copies)


@given(st.lists(HIT, min_size=1, max_size=2))
def test_no_cell_is_a_formula_nor_a_control_character(hits):
    for row in read(table.hits(hits))[1:]:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
            assert cell.isprintable()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=HYPERLINK(1)", "'=HYPERLINK(1)"), (" +1", "' +1"), ("-5 degrees", "'-5 degrees"), ("a=b", "a=b"), (-1, -1), (None, None)],
)
def test_only_text_that_would_be_a_formula_gets_an_apostrophe(cell, shown):
    assert table.safe(cell) == shown


def test_what_the_header_names_json_has_too():
    hit = Hit(1, "a", None, "b", (), "", (), None, "c", 0.0, False, (), ())
    assert set(table.HIT) <= set(json.loads(json.dumps(records.record(hit))))


def test_of_nothing_there_is_a_header():
    assert list(table.hits([])) == [",".join(table.HIT)]
