"""An index under test, and what can be said about all of it."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from indexer.analysis.analyzer import Analyzer
from indexer.index.check import check
from indexer.index.reader import Snapshot, open_snapshot
from indexer.index.report import UpdateReport
from indexer.index.schema import fingerprint
from indexer.index.seeds import SeedFolder
from indexer.index.writer import build, update
from indexer.storage import Directory, FileDirectory

ANALYZER = Analyzer()
FINGERPRINT = fingerprint(ANALYZER.settings.fingerprint())
LONG_AGO = 1_600_000_000_000_000_000  # ns; seeds of that age are never racy


def small_blocks(monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    """Let files that are written and read from now on have a checksum for every 2**bits bytes.

    In a small file of the usual blocks everything is compared when it is opened.
    """
    monkeypatch.setattr("indexer.storage.sections.BLOCK", 1 << bits)
    monkeypatch.setattr("indexer.storage.sections.BLOCK_BITS", bits)
    monkeypatch.setattr("indexer.storage.section_writer.BLOCK", 1 << bits)


class Workbench:
    """Seeds and an index of them in one folder."""

    def __init__(self, root: Path, directory: Directory | None = None) -> None:
        self.root = root
        self.folder = root / "seeds"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.directory = directory or FileDirectory(root / "index_data")
        self.seeds = SeedFolder(self.folder)
        self._age = 0

    def write(self, path: str, text: str | bytes) -> None:
        """Write a seed; every write has a time of its own."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        self.touch(path)

    def touch(self, path: str) -> None:
        self._age += 1
        os.utime(self.folder / path, ns=(LONG_AGO + self._age, LONG_AGO + self._age))

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def rename(self, path: str, new: str) -> None:
        (self.folder / path).rename(self.folder / new)

    def update(self, **options: Any) -> UpdateReport:
        return update(self.seeds, self.directory, ANALYZER, **options)

    def build(self, **options: Any) -> UpdateReport:
        return build(self.seeds, self.directory, ANALYZER, **options)

    def snapshot(self) -> Snapshot:
        return open_snapshot(self.directory, FINGERPRINT)

    def contents(self) -> dict[str, Any]:
        with self.snapshot() as snapshot:
            return contents(snapshot)

    def rebuilt(self) -> dict[str, Any]:
        """Return the contents of a fresh index of the same seeds, made in another folder."""
        with TemporaryDirectory() as folder:
            fresh = Workbench(Path(folder))
            update(self.seeds, fresh.directory, ANALYZER)
            return fresh.contents()

    def faults(self) -> tuple[str, ...]:
        """Return what a check of the whole index finds wrong; every test should end with nothing."""
        return tuple(problem.message for problem in check(self.directory))


def contents(snapshot: Snapshot) -> dict[str, Any]:
    """Return everything that an index says about its live articles, in terms of their ids."""
    reader = snapshot.reader
    docs = list(reader.all_doc_ids()) if snapshot.manifest.segments else []
    ids = {doc: snapshot.article(doc).id for doc in docs}
    articles = {
        ids[doc]: (
            snapshot.article(doc),
            snapshot.day(doc),
            places(snapshot, doc),
            reader.doc_field_length(doc, "text"),
            reader.doc_field_length(doc, "text_exact"),
        )
        for doc in docs
    }
    assert len(articles) == len(docs), "an id stands for two live documents"
    manifest = snapshot.manifest
    return {
        "articles": articles,
        "postings": {term: found for term in reader.all_terms() if (found := list(postings(reader, term, ids)))},
        "sources": snapshot.sources(),
        "counts": (manifest.articles, manifest.undated, manifest.first_day, manifest.last_day, manifest.id_length),
    }


def places(snapshot: Snapshot, doc: int) -> tuple[int, int]:
    """Return the positions at which summary and body of a document begin."""
    one, inside = snapshot.place(doc)
    return one.segment.documents.column("summary_at")[inside], one.segment.documents.column("body_at")[inside]


def postings(reader: Any, term: tuple[str, bytes], ids: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    """Yield (id, weight, positions) of a term in ascending order of ids."""
    matcher = reader.postings(*term)
    found = []
    while matcher.is_active():
        positions = matcher.value_as("positions") if term[0].startswith("text") else ()
        found.append((ids[matcher.id()], matcher.weight(), tuple(positions)))
        matcher.next()
    yield from sorted(found)
