"""An update leaves what a fresh build would, or leaves everything as it was."""

import errno
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexes import FINGERPRINT, Workbench, contents

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.settings import Settings
from indexer.documents.article import Article
from indexer.errors import ArchiveLocked, ShrinkRefused, StorageError
from indexer.index.id_length import hash_length, id_length
from indexer.index.manifest import generation_of
from indexer.index.reader import open_snapshot
from indexer.index.records import hashes_of
from indexer.index.report import pending
from indexer.index.writer import update
from indexer.limits import LIMITS
from indexer.storage.lock import Lock

REPO = Path(__file__).resolve().parents[3]


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)


def line(number: int, **fields: object) -> str:
    day = f"2023-{number % 12 + 1:02d}-01"
    return json.dumps({"headline": f"Story {number}", "date": day, "body": f"Body {number}."} | fields) + "\n"


words = st.sampled_from(["Gaza", "U.S.", "cease-fire", "pauses", "the", "May", "G-7", "talks", "über", "O'Neill"])
sentences = st.lists(words, min_size=1, max_size=6).map(" ".join)
dates = st.sampled_from([None, "2023-11-08", "1987-02-26", "2024-02-29"])
wire_lines = st.fixed_dictionaries(
    {"headline": sentences, "body": sentences, "date": dates},
    optional={"id": st.sampled_from(["a", "b", "c"]), "source": st.sampled_from(["Reuters", "AP"]), "summary": sentences},
)
steps = st.one_of(
    st.tuples(st.just("text"), st.sampled_from("123"), sentences),
    st.tuples(st.just("wire"), st.sampled_from("12"), st.lists(wire_lines, max_size=4)),
    st.tuples(st.just("remove"), st.integers(0, 9), st.none()),
    st.tuples(st.just("rename"), st.integers(0, 9), st.sampled_from("345")),
    st.tuples(st.just("touch"), st.integers(0, 9), st.none()),
    st.tuples(st.just("update"), st.none(), st.none()),
)


def take(bench: Workbench, step: tuple[str, object, object]) -> None:
    """Do one step of a history."""
    kind, which, what = step
    present = sorted(file.name for file in bench.folder.iterdir())
    if kind == "text":
        bench.write(f"t{which}.txt", f" date 2023-11-08 {what}\n\n{what} again.\n")
    elif kind == "wire":
        assert isinstance(what, list)
        bench.write(f"w{which}.jsonl", "".join(json.dumps(record) + "\n" for record in what))
    elif kind == "update":
        bench.update()
    elif present:
        assert isinstance(which, int)
        name = present[which % len(present)]
        if kind == "remove":
            bench.remove(name)
        elif kind == "rename":
            bench.rename(name, f"r{what}{Path(name).suffix}")
        else:
            bench.touch(name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(steps, min_size=2, max_size=14))
def test_any_history_ends_where_a_fresh_build_does(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, object, object]]
) -> None:
    bench = Workbench(tmp_path_factory.mktemp("history"))
    for step in history:
        take(bench, step)
    bench.update()
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()


def test_many_small_updates_leave_few_segments_and_the_same_index(bench: Workbench) -> None:
    rng = random.Random(3)
    for number in range(60):
        bench.write(f"{rng.randrange(45)}.txt", f"Story {number}\n\nBody {number} of it.\n")
        bench.update()
    with bench.snapshot() as snapshot:
        assert len(snapshot.manifest.segments) <= 6
    assert bench.contents() == bench.rebuilt()


def test_the_lengths_that_scores_rest_on_do_not_drift_with_merges(bench: Workbench) -> None:
    for number in range(16):
        bench.write(f"{number:02d}.txt", f"Story {number}\n\n" + "Words of some length. " * (30 + 7 * number))
        bench.update()
    with bench.snapshot() as merged:
        assert len(merged.manifest.segments) < 8
        lengths = {field: merged.reader.field_length(field) for field in ("text", "text_exact")}
    bench.build()
    with bench.snapshot() as fresh:
        assert lengths == {field: fresh.reader.field_length(field) for field in ("text", "text_exact")}


def test_a_build_replaces_the_index_in_one_step(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update()
    before = bench.contents()
    report = bench.build()
    assert (report.added, report.generation) == (1, 2)
    assert bench.contents() == before


def test_an_archive_without_seeds_has_an_empty_index(bench: Workbench) -> None:
    report = bench.update()
    assert (report.generation, report.added) == (1, 0)
    assert bench.update().generation == 1
    assert bench.contents()["articles"] == {}


def test_ten_thousand_records_compressed_are_indexed(bench: Workbench) -> None:
    import gzip

    lines = "".join(json.dumps({"id": str(n), "headline": f"H{n}", "body": f"b{n % 100}"}) + "\n" for n in range(10_000))
    bench.write("wire.jsonl.gz", gzip.compress(lines.encode(), 1))
    done: list[tuple[int, int]] = []
    assert bench.update(progress=lambda *counts: done.append(counts)).added == 10_000
    assert done[0] == (1, 10_000) and done[-1] == (10_000, 10_000)
    with bench.snapshot() as snapshot:
        assert snapshot.manifest.articles == 10_000
        doc = snapshot.find("9999")
        assert doc is not None and snapshot.article(doc).line == 10_000


def test_progress_foresees_how_many_articles_there_are(bench: Workbench) -> None:
    for number in range(20):
        bench.write(f"{number:02d}.txt", f"Story {number:02d}\n\nBody {number:02d}.\n")
    done: list[tuple[int, int]] = []
    bench.update(progress=lambda *counts: done.append(counts))
    assert done == [(number, 20) for number in range(1, 21)]


def test_foreign_files_are_never_touched(bench: Workbench) -> None:
    bench.directory.make()
    foreign = {".gitignore": b"*\n", "20231108-notes.txt": b"mine", "00000001-photo": b"", "_MAIN_1.toc": b"\x80"}
    for name, data in foreign.items():
        (bench.directory.path / name).write_bytes(data)
    (bench.directory.path / "00000001-segment").mkdir()
    for number in range(4):
        bench.write("a.txt", f"A story\n\nIts body {number}.\n")
        bench.update()
    for name, data in foreign.items():
        assert (bench.directory.path / name).read_bytes() == data
    assert (bench.directory.path / "00000001-segment").is_dir()


def test_a_stock_table_of_contents_is_never_opened(bench: Workbench) -> None:
    bench.directory.make()
    bomb = bench.root / "exploded"
    payload = f"cos\nsystem\n(S'touch {bomb}'\ntR.".encode()
    (bench.directory.path / "_MAIN_1.toc").write_bytes(payload)
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update()
    assert len(bench.contents()["articles"]) == 1
    assert not bomb.exists()


class TestShrinking:
    """An archive does not vanish by accident."""

    @pytest.fixture
    def wire(self, bench: Workbench) -> Workbench:
        for number in range(6):
            bench.write(f"{number}.jsonl", "".join(line(number * 20 + at, id=f"{number}-{at}") for at in range(20)))
        bench.update()
        return bench

    def test_more_than_a_fifth_gone_is_refused(self, wire: Workbench) -> None:
        before = wire.contents()
        wire.remove("1.jsonl")
        wire.remove("2.jsonl")
        with pytest.raises(ShrinkRefused, match=r"40 of 120 articles are gone from seeds.*--allow-shrink"):
            wire.update()
        assert wire.contents() == before
        assert wire.faults() == ()

    def test_a_fifth_gone_is_not(self, wire: Workbench) -> None:
        wire.write("1.jsonl", "")
        assert wire.update().removed == 20

    def test_it_is_done_when_asked_for(self, wire: Workbench) -> None:
        wire.remove("1.jsonl")
        wire.remove("2.jsonl")
        assert wire.update(allow_shrink=True).removed == 40

    def test_replaced_is_not_gone(self, wire: Workbench) -> None:
        for number in range(3):
            wire.rename(f"{number}.jsonl", f"x{number}.jsonl")
        assert wire.update().unchanged == 120

    def test_small_archives_are_not_watched(self, bench: Workbench) -> None:
        bench.write("a.jsonl", "".join(line(number) for number in range(LIMITS.shrink_from)))
        bench.update()
        bench.remove("a.jsonl")
        assert bench.update().removed == LIMITS.shrink_from
        with bench.snapshot() as snapshot:
            assert (snapshot.manifest.articles, snapshot.manifest.segments) == (0, ())

    def test_a_missing_folder_of_seeds_is_refused(self, wire: Workbench) -> None:
        before = wire.contents()
        wire.folder.rename(wire.root / "elsewhere")
        with pytest.raises(ShrinkRefused, match="the folder of seeds is missing, so all 120 articles are gone"):
            wire.update()
        assert wire.contents() == before
        assert wire.update(allow_shrink=True).removed == 120

    def test_damage_does_not_lift_the_guard(self, wire: Workbench) -> None:
        for name in wire.directory.names():
            if "segment" in name:
                wire.directory.delete(name)
        wire.folder.rename(wire.root / "elsewhere")
        wire.folder.mkdir()
        with pytest.raises(ShrinkRefused, match="120 of 120"):
            wire.update()


class TestDamage:
    """What is damaged is noticed, told and built anew."""

    @pytest.fixture
    def twice(self, bench: Workbench) -> Workbench:
        bench.write("a.jsonl", "".join(line(number) for number in range(5)))
        bench.update()
        bench.write("b.txt", "A story\n\nIts body.\n")
        bench.update()
        return bench

    def spoil(self, bench: Workbench, name: str) -> None:
        path = bench.directory.path / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x10
        path.write_bytes(data)

    def test_a_damaged_manifest_is_replaced_starting_from_the_one_before(self, twice: Workbench) -> None:
        self.spoil(twice, "00000002-manifest")
        report = twice.update()
        assert (report.parsed, report.added, report.generation) == (1, 1, 3)
        assert "00000002-manifest is damaged" in report.notes[0]
        assert twice.contents() == twice.rebuilt()
        assert twice.update().notes == ()
        assert twice.faults() == ()

    def test_without_any_good_manifest_all_is_built_anew(self, twice: Workbench) -> None:
        self.spoil(twice, "00000001-manifest")
        self.spoil(twice, "00000002-manifest")
        report = twice.update()
        assert (report.parsed, report.added, len(report.notes)) == (6, 6, 3)
        assert report.notes[-1] == "all articles were indexed anew"
        assert twice.contents() == twice.rebuilt()

    def test_a_damaged_ledger_is_not_believed(self, twice: Workbench) -> None:
        self.spoil(twice, "00000002-ledger")
        assert "00000002-ledger is damaged" in twice.update().notes[0]
        assert twice.contents() == twice.rebuilt()

    def test_a_damaged_segment_is_never_merged(self, twice: Workbench) -> None:
        self.spoil(twice, "00000001-segment.0")
        for number in range(4):
            twice.write(f"c{number}.txt", f"A story\n\nIts body {number}.\n")
            report = twice.update()
            if report.notes:
                break
        assert "00000001-segment.0 is damaged at byte" in report.notes[0]
        assert twice.contents() == twice.rebuilt()

    def test_a_damaged_manifest_is_replaced_even_where_seeds_are_as_before_it(self, bench: Workbench) -> None:
        bench.write("a.txt", "A story\n\nIts body.\n")
        bench.update()
        before = (bench.folder / "a.txt").stat().st_mtime_ns
        bench.touch("a.txt")
        bench.update()
        os.utime(bench.folder / "a.txt", ns=(before, before))
        self.spoil(bench, "00000002-manifest")
        report = bench.update()
        assert (report.generation, report.unchanged, len(report.notes)) == (3, 1, 1)
        assert bench.update().notes == ()

    def test_a_missing_file_starts_from_the_generation_that_has_all(self, twice: Workbench) -> None:
        twice.directory.delete("00000002-segment.0")
        report = twice.update()
        assert (report.parsed, report.generation) == (1, 3)
        assert "00000002-segment.0 is missing" in report.notes[0]

    def test_an_index_of_another_format_is_built_anew(self, twice: Workbench) -> None:
        from indexer.index.manifest import FORMAT_VERSION, encode, read_manifest
        from indexer.storage import frame

        manifest = read_manifest(twice.directory, 2)
        data = frame("manifest", FORMAT_VERSION + 1, encode(manifest))
        (twice.directory.path / "00000002-manifest").write_bytes(data)
        twice.directory.delete("00000001-manifest")
        report = twice.update()
        assert (report.parsed, report.generation) == (6, 3)
        assert f"has format {FORMAT_VERSION + 1}, this version of the tool reads {FORMAT_VERSION}" in report.notes[0]
        assert twice.faults() == ()

    def test_other_settings_build_anew(self, twice: Workbench) -> None:
        german = Analyzer(Settings(language="german"))
        report = update(twice.seeds, twice.directory, german)
        assert (report.parsed, report.generation) == (6, 3)
        assert "written under other settings" in report.notes[0]


class Cancelled(Exception):
    pass


def test_an_error_half_way_leaves_everything_as_it_was(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update()
    before, names = bench.contents(), sorted(bench.directory.names())
    for number in range(5):
        bench.write(f"b{number}.txt", f"Story {number}\n\nBody {number}.\n")

    def cancel(done: int, todo: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        bench.update(progress=cancel)
    assert sorted(bench.directory.names()) == names
    assert bench.contents() == before
    assert bench.update().added == 5
    assert bench.contents() == bench.rebuilt()


def test_an_article_that_fails_does_not_poison_its_neighbour(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.index import builder

    bench.write("a.txt", "Poison\n\nToxic body.\n")
    bench.write("b.txt", "Healthy\n\nSound body.\n")
    original = builder.arrays_of

    def fail(articles: list[Article], bulk: object) -> object:
        if any(article.headline == "Poison" for article in articles):
            raise ValueError("bad article")
        return original(articles, bulk)  # type: ignore[arg-type]

    monkeypatch.setattr(builder, "arrays_of", fail)
    with pytest.raises(ValueError, match="bad article"):
        bench.update()
    monkeypatch.undo()
    bench.update()
    assert bench.contents() == bench.rebuilt()


def test_a_second_writer_is_told_who_writes(bench: Workbench) -> None:
    bench.directory.make()
    code = "import sys, pathlib; from indexer.storage.lock import Lock; Lock(pathlib.Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(bench.directory.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPO) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(ArchiveLocked, match=f"process {holder.pid} on"):
            bench.update()
        assert holder.stdin is not None
        holder.stdin.close()
        assert bench.update(wait=10).generation == 1


def test_the_lock_is_free_after_success_and_failure(bench: Workbench) -> None:
    bench.update()
    with Lock(bench.directory.path):
        pass
    bench.folder.rename(bench.root / "elsewhere")
    with pytest.raises(ShrinkRefused):
        bench.update()
    with Lock(bench.directory.path):
        pass


def test_pending_says_what_an_update_would_do_and_writes_nothing(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    report = pending(bench.seeds, bench.directory, FINGERPRINT)
    assert (report.added, report.generation) == (1, 0)
    assert not bench.directory.path.exists()
    bench.update()
    bench.write("a.txt", "A story\n\nIts better body.\n")
    bench.write("b.txt", "Another\n\nIts body.\n")
    names = sorted(bench.directory.names())
    report = pending(bench.seeds, bench.directory, FINGERPRINT)
    assert (report.added, report.changed, report.removed) == (1, 1, 0)
    assert sorted(bench.directory.names()) == names


def test_a_folder_that_is_a_file_is_told(bench: Workbench) -> None:
    bench.directory.path.write_bytes(b"mine")
    with pytest.raises(StorageError, match="it exists and is not a folder") as refusal:
        bench.update()
    assert refusal.value.error.errno == errno.ENOTDIR


def test_names_do_not_depend_on_chance(tmp_path: Path) -> None:
    names = []
    for attempt in range(2):
        bench = Workbench(tmp_path / str(attempt))
        for number in range(3):
            random.seed(1)
            bench.write(f"{number}.txt", f"Story {number}\n\nBody.\n")
            bench.update()
        names.append(sorted(bench.directory.names()))
    assert names[0] == names[1]
    assert all(generation_of(name) or name == "lock" for name in names[0])


def test_a_generation_is_never_used_twice(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update()
    bench.directory.write("00000007-segment.trm", b"left by an attempt that was killed")
    bench.write("a.txt", "A story\n\nIts better body.\n")
    seen: list[str] = []
    assert bench.update(progress=lambda done, todo: seen.extend(bench.directory.names())).generation == 8
    assert seen and "00000007-segment.trm" not in seen, "room was not made before anything was written"


def test_the_shown_id_is_long_enough_to_be_the_only_one() -> None:
    from indexer.index.ledger import Known

    def known(id: str, own: bool = False) -> Known:
        return Known(0, 1, id, own, None)

    assert id_length([]) == 8
    assert id_length([known("0123456789abcdef")]) == 8
    assert id_length([known("0123456789abcdef"), known("0123456789ffffff")]) == 11
    few = [known(id) for id in ("0123456789abcdef", "1123456789abcdef", "0123456789ffffff")]
    assert hash_length(hashes_of(few)) == id_length(few) == 11
    assert id_length([known("own-identity-1", True), known("own-identity-2", True)]) == 8
    assert id_length([known("0123456789abcdef"), known("0123456789", True)]) == 11


def test_an_update_while_a_snapshot_is_open_does_not_change_it(bench: Workbench) -> None:
    bench.write("a.txt", "A story\n\nIts body.\n")
    bench.update()
    with open_snapshot(bench.directory, FINGERPRINT) as snapshot:
        before = contents(snapshot)
        for number in range(4):
            bench.write("a.txt", f"A story\n\nIts body {number}.\n")
            bench.update()
        assert "00000001-segment.trm" not in bench.directory.names()
        assert contents(snapshot) == before


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was(bench: Workbench, enabled: bool) -> None:
    import gc

    def refuse(done: int, todo: int) -> None:
        raise RuntimeError(f"collecting: {gc.isenabled()}")

    bench.write("a.txt", "A story\n\nIts body.\n")
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with pytest.raises(RuntimeError, match="collecting: False"):
            bench.update(progress=refuse)
        bench.update()
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_an_update_makes_no_cycles_that_hold_memory(bench: Workbench) -> None:
    import gc

    bench.write("a.jsonl", "".join(line(number) for number in range(300)))
    bench.update()
    gc.collect()
    bench.write("a.jsonl", "".join(line(number, body=f"New {number}") for number in range(300)))
    gc.disable()
    try:
        bench.update()
        assert gc.collect() < 200, "more than a few objects for the whole of an update"
    finally:
        gc.enable()
