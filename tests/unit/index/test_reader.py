"""A snapshot answers from one generation, whole, and says so when it is not the newest."""

import json
import threading
from pathlib import Path

import pytest
from indexes import FINGERPRINT, Workbench, contents
from whoosh import query
from whoosh.searching import Searcher

from indexer.errors import ArchiveDamaged, StorageError
from indexer.index.reader import looks_current, open_snapshot
from indexer.storage import FileDirectory


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)


def record(id: str | None = None, date: str | None = None, source: str | None = None, text: str = "Gaza") -> str:
    fields = {"id": id, "date": date, "source": source, "headline": text, "body": f"{text} body."}
    return json.dumps({key: value for key, value in fields.items() if value is not None}) + "\n"


def test_an_index_that_was_never_built_is_empty(bench: Workbench) -> None:
    for _ in range(2):
        with bench.snapshot() as snapshot:
            assert (snapshot.generation, snapshot.manifest.articles, snapshot.notes) == (0, 0, ())
            assert list(Searcher(snapshot.reader).docs_for_query(query.Term("text", "gaza"))) == []
            assert (snapshot.ids("a"), snapshot.find("a"), snapshot.sources()) == ([], None, [])
        bench.directory.make()


def test_counts_and_days_stand_in_the_manifest(bench: Workbench) -> None:
    bench.write("a.jsonl", record("1", "2023-11-08") + record("2") + record("3", "1987-02-26") + record("4"))
    bench.update()
    with bench.snapshot() as snapshot:
        manifest = snapshot.manifest
        assert (manifest.articles, manifest.undated) == (4, 2)
        assert (manifest.first_day, manifest.last_day) == (725_428, 738_832)


def test_the_day_of_a_document_is_right_in_every_segment(bench: Workbench) -> None:
    days = {}
    for number, date in enumerate([None, "0001-01-01", None, "9999-12-31", "1969-12-31", None]):
        bench.write(f"{number}.jsonl", record(str(number), date))
        bench.update()
        days[str(number)] = date
    with bench.snapshot() as snapshot:
        assert len(snapshot.manifest.segments) > 1
        for id, date in days.items():
            doc = snapshot.find(id)
            assert doc is not None
            day = snapshot.day(doc)
            assert day == snapshot.article(doc).day
            assert (day is None) == (date is None)
        assert {snapshot.day(doc) for doc in snapshot.reader.all_doc_ids()} == {None, 1, 3_652_059, 719_162}
        stock = snapshot.reader.column_reader("day")
        for doc in snapshot.reader.all_doc_ids():
            assert stock[doc] == (snapshot.day(doc) or 2**31 - 1)


def test_sources_are_counted_without_the_deleted(bench: Workbench) -> None:
    lines = [record(str(number), source=source) for number, source in enumerate(["AP", "Reuters", "AP", "AFP", "AFP", "AFP"])]
    bench.write("a.jsonl", "".join(lines))
    bench.update()
    with bench.snapshot() as snapshot:
        assert snapshot.sources() == [("AFP", 3), ("AP", 2), ("Reuters", 1)]
    bench.write("a.jsonl", "".join(lines[:1] + lines[2:]))
    bench.update()
    with bench.snapshot() as snapshot:
        assert snapshot.sources() == [("AFP", 3), ("AP", 2)]


def test_ids_are_found_by_their_start(bench: Workbench) -> None:
    bench.write("a.jsonl", "".join(record(id) for id in ("wire-1", "wire-10", "wire-2", "cable")) + record())
    bench.update()
    with bench.snapshot() as snapshot:
        assert snapshot.ids("wire") == ["wire-1", "wire-10", "wire-2"]
        assert snapshot.ids("wire", most=2) == ["wire-1", "wire-10"]
        assert snapshot.ids("wire-1") == ["wire-1"]
        assert snapshot.ids("c") == ["cable"]
        assert snapshot.ids("x") == []
        (hashed,) = (article.id for article in map(snapshot.article, snapshot.reader.all_doc_ids()) if not article.own_id)
        assert snapshot.ids(snapshot.shown_id(hashed, False)) == [hashed]
        assert len(snapshot.shown_id(hashed, False)) == 8
        assert snapshot.shown_id("wire-10", True) == "wire-10"


def test_ids_that_are_gone_are_not_found(bench: Workbench) -> None:
    bench.write("a.jsonl", "".join(record(f"wire-{number}") for number in range(9)))
    bench.update()
    bench.write("a.jsonl", "".join(record(f"wire-{number}") for number in range(8)))
    bench.update()
    with bench.snapshot() as snapshot:
        assert snapshot.reader.has_deletions()
        assert (snapshot.find("wire-8"), snapshot.ids("wire-8")) == (None, [])


def test_an_article_is_shown_without_its_seed(bench: Workbench) -> None:
    bench.write("a.txt", " date 2023-11-08 Story\nA summary of it.\n\nBody line one.\n\nBody line two.\n")
    bench.update()
    (stamp,) = bench.seeds.discover()[0]
    data = bench.seeds.read(stamp.path)
    assert isinstance(data, bytes)
    article = bench.seeds.parse("a.txt", bench.seeds.split("a.txt", data).records[0], 0)  # type: ignore[arg-type]
    bench.remove("a.txt")
    with bench.snapshot() as snapshot:
        stored = snapshot.article(0)
    assert stored.rules == ()
    assert [getattr(stored, name) for name in stored.__slots__ if name != "rules"] == [
        getattr(article, name) for name in stored.__slots__ if name != "rules"
    ]


def test_several_articles_are_read_together_in_any_order(bench: Workbench) -> None:
    for name in ("a", "b", "c"):
        bench.write(f"{name}.jsonl", "".join(record(f"{name}-{number}") for number in range(30)))
        bench.update()
    with bench.snapshot() as snapshot:
        assert len(snapshot.segments) > 1
        docs = [5, 70, 0, 89, 5, 31]
        assert snapshot.articles(docs) == [snapshot.article(doc) for doc in docs]
        assert snapshot.articles([]) == []


def test_phrases_do_not_reach_from_one_part_into_the_next(bench: Workbench) -> None:
    bench.write("a.jsonl", json.dumps({"headline": "Talks in Gaza", "summary": "pauses agreed", "body": "Aid arrived"}) + "\n")
    bench.update()
    with bench.snapshot() as snapshot:
        searcher = Searcher(snapshot.reader)

        def found(*words: str) -> list[int]:
            return list(searcher.docs_for_query(query.Phrase("text_exact", list(words))))

        assert found("in", "gaza") == found("pauses", "agreed") == found("aid", "arrived") == [0]
        assert found("gaza", "pauses") == found("agreed", "aid") == []


@pytest.fixture
def twice(bench: Workbench) -> Workbench:
    bench.write("a.jsonl", record("1"))
    bench.update()
    bench.write("b.jsonl", record("2"))
    bench.update()
    return bench


@pytest.mark.parametrize("damage", ["flip", "empty", "short", "absent segment", "short segment", "other settings"])
def test_the_generation_before_answers_when_the_newest_cannot(twice: Workbench, damage: str) -> None:
    fingerprint = FINGERPRINT
    manifest = twice.directory.path / "00000002-manifest"
    segment = twice.directory.path / "00000002-segment.0"
    if damage == "flip":
        manifest.write_bytes(manifest.read_bytes().replace(b'"docs": 1', b'"docs": 3'))
    elif damage == "empty":
        manifest.write_bytes(b"")
    elif damage == "short":
        manifest.write_bytes(manifest.read_bytes()[:-1])
    elif damage == "absent segment":
        segment.unlink()
    elif damage == "short segment":
        segment.write_bytes(segment.read_bytes()[:-1])
    else:
        from indexer.index.commit import publish
        from indexer.index.manifest import Manifest

        manifest.unlink()
        publish(twice.directory, Manifest(generation=2, fingerprint="another"))
    with open_snapshot(twice.directory, fingerprint) as snapshot:
        assert snapshot.generation == 1
        assert list(contents(snapshot)["articles"]) == ["1"]
        (note,) = snapshot.notes
        assert "answered from the one before it. Run: indexer update" in note
        assert not snapshot.is_current(twice.seeds.discover()[0], fingerprint)


def test_when_nothing_can_answer_it_is_said_what_to_do(twice: Workbench) -> None:
    for generation in (1, 2):
        (twice.directory.path / f"0000000{generation}-manifest").write_bytes(b"")
    with pytest.raises(ArchiveDamaged, match=r"cannot be used: .*00000002-manifest is not a manifest.*Run: indexer update"):
        twice.snapshot()


def test_errors_of_the_system_are_no_damage(twice: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(directory: FileDirectory, name: str) -> bytes:
        raise StorageError("read", name, OSError(24, "Too many open files"))

    monkeypatch.setattr(FileDirectory, "map", refuse)
    with pytest.raises(StorageError, match="Too many open files"):
        twice.snapshot()


class Overtaken(FileDirectory):
    """A directory in which an update happens whenever a reader has listed it, a number of times."""

    def __init__(self, bench: Workbench, times: int) -> None:
        super().__init__(bench.directory.path)
        self.bench = bench
        self.times = times

    def names(self) -> list[str]:
        names = super().names()
        if self.times:
            self.times -= 1
            for _ in range(2):
                self.bench.write("a.jsonl", record("1", text=f"Gaza {self.times} {self.bench._age}"))
                self.bench.update()
        return names


def test_a_reader_that_is_overtaken_lists_again(twice: Workbench) -> None:
    directory = Overtaken(twice, 3)
    with open_snapshot(directory, FINGERPRINT) as snapshot:
        assert snapshot.notes == ()
        assert directory.times == 0
        assert snapshot.generation == 8


def test_a_reader_that_is_always_overtaken_gives_up(twice: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.index.reader.TRIES", 2)
    with pytest.raises(ArchiveDamaged, match="cannot be used"):
        open_snapshot(Overtaken(twice, -1), FINGERPRINT)


def test_readers_see_whole_generations_while_a_writer_writes(bench: Workbench) -> None:
    bench.write("a.jsonl", "".join(record(str(number), text="Round 0") for number in range(3)))
    bench.update()
    done = threading.Event()
    wrong: list[object] = []
    opened = []

    def read() -> None:
        while not done.is_set():
            with bench.snapshot() as snapshot:
                headlines = {snapshot.article(doc).headline for doc in snapshot.reader.all_doc_ids()}
                opened.append(snapshot.generation)
                if len(headlines) != 1 or snapshot.notes:
                    wrong.append((headlines, snapshot.notes))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 16):
        bench.write("a.jsonl", "".join(record(str(at), text=f"Round {number}") for at in range(3)))
        bench.update()
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(set(opened)) > 1


def test_is_current_follows_seeds(bench: Workbench) -> None:
    bench.write("a.jsonl", record("1"))
    bench.update()
    with bench.snapshot() as snapshot:
        assert snapshot.is_current(bench.seeds.discover()[0], FINGERPRINT)
        assert not snapshot.is_current(bench.seeds.discover()[0], "another")
        bench.touch("a.jsonl")
        assert not snapshot.is_current(bench.seeds.discover()[0], FINGERPRINT)
        assert not looks_current(snapshot.manifest, bench.seeds.discover()[0], FINGERPRINT)


def test_a_snapshot_gives_back_its_files(bench: Workbench) -> None:
    bench.write("a.jsonl", record("1"))
    bench.update()
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        with bench.snapshot() as snapshot:
            snapshot.article(0)
            assert list(snapshot.reader.all_doc_ids()) == [0]
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
