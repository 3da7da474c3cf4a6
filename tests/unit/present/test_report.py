"""Promise: the keeper learns what an update did, what is pending, and what was refused and why."""

import json
from types import SimpleNamespace

import pytest

from indexer.documents.refusal import Refusal, Superseded
from indexer.present import report
from indexer.present.canvas import Canvas

REFUSED = (Refusal("scan.pdf", 0, "not a text format (.pdf)"), Refusal("wire.jsonl", 14, "not \x1bJSON"))
SUPERSEDED = (Superseded("a.jsonl", 2, "x1", "b.jsonl", 7),)
STATE = SimpleNamespace(
    root="/news", generation=14, articles=19043, undated=12, first_day=738832, last_day=738917,
    sources=(("Bloomberg", 12000), ("A", 5), ("B", 4), ("C", 3), ("D", 2), ("E", 1), ("F", 1)),
    added=12, changed=1, removed=0, refused=REFUSED, superseded=SUPERSEDED, index_bytes=45_200_000,
    notes=("a file is in the way",), up_to_date=False, glanced=0,
)  # fmt: skip


def update(**changes):
    return SimpleNamespace(**{"added": 12, "changed": 1, "removed": 0, "refused": (), "superseded": (), "seconds": 0.42} | changes)


def test_one_line_for_an_update():
    assert report.summary(update(refused=REFUSED)) == (
        "12 added, 1 changed, 0 removed · 2 refused (indexer status lists them) · 0.4 s"
    )
    assert report.summary(update(superseded=SUPERSEDED)) == (
        "12 added, 1 changed, 0 removed · 1 superseded by another with the same id · 0.4 s"
    )


def test_the_whole_status():
    assert list(report.status(STATE, Canvas(80))) == [
        "Archive   /news",
        "Articles  19,043 · 12 undated",
        "Days      8 Nov 2023 – 1 Feb 2024",
        "Sources   Bloomberg 12,000 · A 5 · B 4 · C 3 · D 2 · 2 more",
        "Index     45.2 MB, generation 14",
        "Pending   12 to add, 1 changed, 0 to remove: indexer update",
        "Note      a file is in the way",
        "",
        "Refused: 2 documents",
        "  scan.pdf  not a text format (.pdf)",
        "  wire.jsonl:14  not ␛JSON",
        "",
        "Superseded: 1 document",
        "  a.jsonl:2  has the id x1, as has b.jsonl:7",
    ]


def test_an_index_in_step_says_so():
    lines = list(report.status(SimpleNamespace(**vars(STATE) | {"up_to_date": True, "refused": ()}), Canvas(80)))
    assert "Pending   nothing: the index is up to date" in lines
    assert not any(line.startswith("Refused") for line in lines)


def test_status_as_json():
    read = json.loads(report.status_json(STATE))
    assert read["first_day"] == "2023-11-08"
    assert read["pending"] == {"added": 12, "changed": 1, "removed": 0}
    assert read["refused"][1] == {"path": "wire.jsonl", "line": 14, "reason": "not \x1bJSON"}
    assert read["up_to_date"] is False


def test_the_keeper_learns_that_searches_do_not_look_at_every_file():
    state = SimpleNamespace(**vars(STATE) | {"glanced": 1_000})
    shown = " ".join(" ".join(report.status(state, Canvas(80))).split())
    assert "Note searches look at folders and at the 1,000 files that changed last; edits of other" in shown
    assert json.loads(report.status_json(state))["glanced"] == 1_000
    assert json.loads(report.status_json(STATE))["glanced"] is None


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "1 byte"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"), (5_000_000_000_000, "5,000.0 GB")],
)
def test_sizes(count, shown):
    assert report.size(count) == shown
