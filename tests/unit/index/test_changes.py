"""Only what changed is parsed, and it is known exactly what that is."""

import json
from datetime import date
from pathlib import Path

import pytest
from indexes import LONG_AGO, Workbench

from indexer.index.changes import Changes, Tally
from indexer.index.report import UpdateReport
from indexer.index.seeds import SeedFolder


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)


def line(number: int, body: str = "A story.", **fields: object) -> str:
    return json.dumps({"headline": f"Story {number}", "date": "2023-11-08", "body": body} | fields) + "\n"


def tally(report: UpdateReport) -> Tally:
    return Tally(report.added, report.changed, report.removed, report.unchanged)


def test_a_line_appended_to_ten_thousand_is_one_record_parsed(bench: Workbench) -> None:
    many = "".join(line(number) for number in range(10_000))
    bench.write("wire.jsonl", many)
    first = Changes({}, bench.seeds, bench.seeds.discover()[0])
    assert sum(1 for _ in first.articles()) == first.parsed == 10_000
    bench.write("wire.jsonl", many + line(10_000))
    again = Changes(first.ledger, bench.seeds, bench.seeds.discover()[0])
    assert again.ahead() == len(line(10_000))
    assert [article.line for article in again.articles()] == [10_001]
    assert again.parsed == 1
    assert again.tally() == Tally(added=1, unchanged=10_000)


def test_nothing_changed_parses_nothing(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.write("b.jsonl", line(1) + line(2))
    assert bench.update().parsed == 3
    report = bench.update()
    assert (report.parsed, report.generation) == (0, 1)
    assert tally(report) == Tally(unchanged=3)


def test_a_touched_file_is_read_but_not_parsed(bench: Workbench) -> None:
    bench.write("b.jsonl", line(1) + line(2))
    bench.update()
    bench.touch("b.jsonl")
    report = bench.update()
    assert (report.parsed, report.generation) == (0, 2)
    assert tally(report) == Tally(unchanged=2)
    assert bench.update().generation == 2


def test_a_line_pushed_down_is_parsed_for_its_new_place_and_counts_as_unchanged(bench: Workbench) -> None:
    bench.write("b.jsonl", line(1) + line(2))
    bench.update()
    bench.write("b.jsonl", line(0) + line(1) + line(2))
    report = bench.update()
    assert report.parsed == 3
    assert tally(report) == Tally(added=1, unchanged=2)


def test_an_edited_text_is_a_change_not_a_loss_and_a_gain(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.write("b.jsonl", line(1, id="one") + line(2))
    bench.update()
    bench.write("a.txt", "A story\n\nIts better body.\n")
    bench.write("b.jsonl", line(1, "Better.", id="one") + line(2, "Better, too."))
    assert tally(bench.update()) == Tally(changed=3)


def test_a_renamed_file_is_removed_and_added(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update()
    bench.rename("a.txt", "b.txt")
    assert tally(bench.update()) == Tally(added=1, removed=1)


def test_equal_records_are_told_apart_by_their_occurrence(bench: Workbench) -> None:
    bench.write("b.jsonl", line(1) + line(1) + line(2))
    bench.update()
    bench.write("b.jsonl", line(1) + line(1) + line(2) + line(1))
    report = bench.update()
    assert report.parsed == 1
    assert tally(report) == Tally(added=1, unchanged=3)


def test_files_that_stay_are_set_aside_without_a_look_at_their_records(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write("a.jsonl", line(1) + line(2, id="own") + "nonsense\n")
    bench.write("c.jsonl", line(3, date=None) + line(4, date="2020-01-01"))
    bench.update()
    unpacked: list[object] = []
    monkeypatch.setattr("indexer.index.records._unpack", lambda packed: unpacked.append(packed) or [])
    bench.write("b.jsonl", line(5) + line(6))
    report = bench.update()
    assert (tally(report), report.parsed) == (Tally(added=2, unchanged=4), 2)
    assert len(unpacked) <= 1, "only the file with a refusal, to tell of it"
    monkeypatch.undo()
    assert bench.contents() == bench.rebuilt()
    with bench.snapshot() as snapshot:
        manifest = snapshot.manifest
    assert (manifest.undated, manifest.first_day) == (1, date(2020, 1, 1).toordinal())


@pytest.mark.parametrize("path", ["0.jsonl", "b.jsonl", "z.jsonl"])
def test_a_new_article_with_the_id_of_one_set_aside_is_resolved_as_by_a_build(bench: Workbench, path: str) -> None:
    bench.write("a.jsonl", line(1, id="one") + line(2, id="two"))
    bench.write("c.jsonl", line(3, id="three") + line(4, id="four"))
    bench.update()
    for number in range(3):
        bench.write(path, line(5 + number, id="one") + line(6, id="four") + line(7, id="four") + line(8, id=f"{number}"))
        bench.update()
        assert bench.contents() == bench.rebuilt()
    bench.write("d.jsonl", line(9))
    bench.update()
    bench.remove(path)
    assert len(bench.update().superseded) == 0
    assert bench.contents() == bench.rebuilt()


def test_a_file_that_has_grown_otherwise_does_not_hide_the_id_of_another(bench: Workbench) -> None:
    bench.write("a.jsonl", line(1))
    bench.write("b.jsonl", line(2, id="one") + line(3))
    bench.update()
    bench.write("a.jsonl", line(4, "Another story.", id="one") + line(5, "Another story."))
    report = bench.update()
    assert [(old.path, old.by_path) for old in report.superseded] == [("a.jsonl", "b.jsonl")]
    assert bench.contents() == bench.rebuilt()


def test_lines_appended_are_all_that_is_looked_at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(line(number) for number in range(50)) + "\n"
    bench.write("wire.jsonl", many)
    bench.update()
    split: list[str] = []
    monkeypatch.setattr(SeedFolder, "split", lambda self, path, data: split.append(path))
    monkeypatch.setattr(SeedFolder, "read", lambda self, path: split.append(path))
    for number in range(3):
        many += line(7) + line(100 + number) + "nonsense\n" * (number == 2)
        bench.write("wire.jsonl", many)
        report = bench.update()
        assert (tally(report), report.parsed) == (Tally(added=2, unchanged=50 + 2 * number), 2)
    assert split == []
    assert [refusal.line for refusal in report.refused] == [58]
    monkeypatch.undo()
    assert bench.contents() == bench.rebuilt()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (line(1) + line(2), line(1) + line(3) + line(4)),
        (line(1) + line(2)[:-1], line(1) + line(2) + line(3)),
        (line(1) + line(2)[:-1], line(1) + line(2)[:-1] + " \n" + line(3)),
        (line(1, id="one"), line(1, id="one") + line(2, id="one")),
        (line(1, id="one"), line(1, id="one") + line(2, id="one") + line(3, id="two") + line(3, id="one")),
        (line(1), line(1) + "\n \n"),
        (line(1), line(1) + line(2)[:-1]),
        (line(1), line(1) + line(2).replace("\n", "\r") + line(3)[:-1]),
        (line(1), line(1) + "\ufeff" + line(2)),
        (line(1) + "nonsense\n", line(1) + "nonsense\n" + line(2)),
    ],
)
def test_a_file_that_has_grown_is_indexed_as_by_a_build(bench: Workbench, before: str, after: str) -> None:
    bench.write("wire.jsonl", before)
    bench.update()
    bench.write("wire.jsonl", after)
    bench.update()
    assert bench.contents() == bench.rebuilt()
    bench.write("wire.jsonl", after + line(9) + line(1))
    bench.update()
    assert bench.contents() == bench.rebuilt()


def test_of_equal_ids_the_last_wins_and_the_other_comes_back(bench: Workbench) -> None:
    bench.write("a.jsonl", line(1, "First.", id="one"))
    bench.write("b.jsonl", line(1, "Second.", id="one") + line(1, "Third.", id="one"))
    report = bench.update()
    assert tally(report) == Tally(added=1)
    assert [(old.path, old.line, old.by_path, old.by_line) for old in report.superseded] == [
        ("a.jsonl", 1, "b.jsonl", 2),
        ("b.jsonl", 1, "b.jsonl", 2),
    ]
    assert bench.contents()["articles"]["one"][0].body == "Third."
    assert bench.update().parsed == 0
    bench.write("b.jsonl", line(1, "Second.", id="one"))
    report = bench.update()
    assert bench.contents()["articles"]["one"][0].body == "Second."
    assert (tally(report), report.parsed) == (Tally(changed=1), 1)
    bench.remove("b.jsonl")
    report = bench.update()
    assert bench.contents()["articles"]["one"][0].body == "First."
    assert (tally(report), report.superseded) == (Tally(changed=1), ())


def test_two_records_on_one_line_with_one_id_are_one_article(bench: Workbench) -> None:
    bench.write("b.json", json.dumps([{"id": "one", "headline": "A", "body": "a"}, {"id": "one", "headline": "B", "body": "b"}]))
    report = bench.update()
    assert tally(report) == Tally(added=1)
    assert len(report.superseded) == 1
    assert bench.contents()["articles"]["one"][0].headline == "B"


def test_the_same_record_twice_on_one_line_is_one_article(bench: Workbench) -> None:
    bench.write("b.json", json.dumps([{"id": "one", "headline": "A", "body": "a"}] * 2))
    report = bench.update()
    assert (tally(report), len(report.superseded)) == (Tally(added=1), 1)
    assert bench.update().parsed == 0


def test_what_is_refused_is_remembered_with_its_reason(bench: Workbench) -> None:
    bench.write("a.txt", b"\x00\x01\x02\x00binary\x00\x00")
    bench.write("b.jsonl", line(1) + "nonsense\n" + line(2))
    first = bench.update()
    assert [(refusal.path, refusal.line) for refusal in first.refused] == [("a.txt", 0), ("b.jsonl", 2)]
    bench.write("b.jsonl", line(1) + "nonsense\n" + line(2) + line(3))
    report = bench.update()
    assert report.refused == first.refused
    assert report.parsed == 1


class Clock:
    """A clock that stands still until it is moved; seconds after LONG_AGO."""

    def __init__(self) -> None:
        self.seconds = 1.0

    def __call__(self) -> int:
        return LONG_AGO + int(self.seconds * 1e9)


def test_an_edit_that_keeps_size_and_time_is_seen_while_the_clock_is_coarse(bench: Workbench) -> None:
    clock = Clock()
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update(clock=clock)
    stamp = bench.seeds.discover()[0]
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.racy_until == clock() + 2_000_000_000
        assert not snapshot.is_current(stamp, snapshot.manifest.fingerprint)
    bench._age = 0
    bench.write("a.txt", "A story\n\nIts boby.\n")
    assert bench.seeds.discover()[0] == stamp
    assert bench.update(clock=clock).changed == 1


def test_a_racy_file_is_read_once_more_and_then_believed(bench: Workbench) -> None:
    clock = Clock()
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update(clock=clock)
    assert bench.update(clock=clock).generation == 1
    clock.seconds += 2.1
    assert bench.update(clock=clock).generation == 2
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.racy_until == 0
        assert snapshot.is_current(bench.seeds.discover()[0], snapshot.manifest.fingerprint)
    assert bench.update(clock=clock).generation == 2


def test_a_time_in_the_future_does_not_stay_racy_for_ever(bench: Workbench) -> None:
    clock = Clock()
    clock.seconds = -1000
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update(clock=clock)
    clock.seconds += 3
    bench.update(clock=clock)
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.racy_until == 0


def test_a_clock_set_back_settles_too(bench: Workbench) -> None:
    clock = Clock()
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update(clock=clock)
    clock.seconds = -1e6
    bench.update(clock=clock)
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.racy_until == 0


def test_a_file_that_could_not_be_read_is_tried_again(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.documents.refusal import Refusal

    bench.write("a.txt", "A story\n\nIts body.\n")
    monkeypatch.setattr(type(bench.seeds), "read", lambda seeds, path: Refusal(path, 0, "cannot be read"))
    assert [refusal.reason for refusal in bench.update().refused] == ["cannot be read"]
    monkeypatch.undo()
    report = bench.update()
    assert (report.added, report.refused) == (1, ())
