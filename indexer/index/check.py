"""Is every byte of the index what was written, and does the index hold what seeds hold?

``check`` looks at the index alone, ``check_archive`` compares it with seeds as well. Nothing is repaired: an
update does that.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from indexer.analysis.analyzer import Analyzer
from indexer.codec.segment import KIND, VERSION
from indexer.errors import ArchiveDamaged, ArchiveError, NoArchive, StorageError
from indexer.index.commit import needed
from indexer.index.ledger import Known, read_ledger
from indexer.index.manifest import (
    Manifest,
    SegmentEntry,
    file_name,
    generation_of,
    generations,
    read_manifest,
)
from indexer.index.marks import marks
from indexer.index.reader import Snapshot
from indexer.index.schema import fingerprint
from indexer.index.seeds import Seeds
from indexer.index.segments import open_segments
from indexer.index.uncollected import uncollected
from indexer.storage import Directory
from indexer.storage.sections import SectionFile

TRIES = 3  # an update may delete what is being checked
BROKEN = (errno.ENOENT, errno.EIO)  # what the system says of a file that is gone, or of a disk that goes

Progress = Callable[[int, int], None]


class Problem(NamedTuple):
    """What is wrong, in a line; ``damage`` where it is in the bytes of a file that ``generation`` needs."""

    message: str
    damage: ArchiveDamaged | None = None
    generation: int = 0


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check looked at, and what it found wrong."""

    problems: tuple[Problem, ...]
    generation: int
    articles: int
    files: int
    bytes: int
    deep: bool


def check_archive(
    seeds: Seeds,
    directory: Directory,
    analyzer: Analyzer,
    *,
    deep: bool = False,
    progress: Progress | None = None,
) -> CheckReport:
    """Check index and seeds; ``deep``: also that a fresh index of them would hold the same.

    Raises NoArchive where either is missing, StorageError where they cannot be read, ArchiveError where
    updates change the index faster than it can be checked.
    """
    if not seeds.exist():
        raise NoArchive("the folder of seeds is missing, there is nothing to compare the index with")
    work = _Check(seeds, directory, analyzer, deep, progress)
    for _ in range(TRIES):
        found = generations(directory.names())
        if not found:
            raise NoArchive(f"there is no index in {directory.path} yet. Run: indexer update")
        try:
            with uncollected():
                report = work.run(found[0])
        except StorageError:
            if generations(directory.names()) == found:
                raise
            continue
        if not report.problems or generations(directory.names()) == found:
            return report
    raise ArchiveError(
        f"{directory.path} changes faster than it can be checked. Try again when no update runs."
    )


class _Check(NamedTuple):
    """What ``check_archive`` was asked for."""

    seeds: Seeds
    directory: Directory
    analyzer: Analyzer
    deep: bool
    progress: Progress | None

    def run(self, generation: int) -> CheckReport:
        """Check once; ``generation`` is the newest."""
        problems = list(check(self.directory))
        newest = _newest(self.directory, generation)
        if newest is not None and not any(problem.damage for problem in problems):
            problems += self._compare(newest)
        sizes = self.directory.sizes()
        ours = [size for name, size in sizes.items() if generation_of(name) is not None]
        articles = newest.articles if newest else 0
        return CheckReport(tuple(problems), generation, articles, len(ours), sum(ours), self.deep)

    def _compare(self, manifest: Manifest) -> Iterator[Problem]:
        """Yield how a generation whose bytes are sound differs from seeds."""
        from indexer.index.comparison import MOST, difference
        from indexer.index.fresh import compare_fresh

        if manifest.fingerprint != fingerprint(self.analyzer.settings.fingerprint()):
            name = file_name(manifest.generation, "manifest")
            yield Problem(f"{name} was written under other settings. Run: indexer update")
            return
        differing = difference(self.seeds, read_ledger(self.directory, manifest))
        yield from map(Problem, differing.lines())
        if self.deep:
            with Snapshot(self.directory, manifest) as snapshot:
                skipped = differing.ids()
                damage = compare_fresh(self.seeds, snapshot, self.analyzer, skipped, self.progress)
                yield from (Problem(str(one), one, manifest.generation) for one in islice(damage, MOST))
                if next(damage, None) is not None:
                    yield Problem("there are more such articles; the check ended here")


def check(directory: Directory) -> tuple[Problem, ...]:
    """Read all files of all generations; return what is wrong. Raises StorageError."""
    names = directory.names()
    problems: list[Problem] = []
    seen: set[str] = set()
    for generation in generations(names):
        try:
            manifest = read_manifest(directory, generation)
        except ArchiveDamaged as damage:
            problems.append(Problem(str(damage), damage, generation))
            continue
        problems += _damage(directory, manifest, seen)
    if not problems and generations(names):
        problems += _mismatch(directory, read_manifest(directory, generations(names)[0]))
    damaged = {problem.damage.path for problem in problems if problem.damage is not None}
    problems += _earlier(directory, names, damaged)
    return tuple(problems or _stray(directory, names))


def _damage(directory: Directory, manifest: Manifest, seen: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with the files of a generation that were not seen before."""
    for entry in manifest.segments:
        if entry.name not in seen:
            yield from _told(manifest, _segment_faults(directory, entry))
    yield from _told(manifest, _ledger_faults(directory, manifest))
    seen.update(manifest.names())


def _told(manifest: Manifest, faults: Iterator[ArchiveDamaged]) -> Iterator[Problem]:
    """Yield the faults of one file, the error that ends the reading included."""
    try:
        for fault in faults:
            yield Problem(str(fault), fault, manifest.generation)
    except ArchiveDamaged as damage:
        yield Problem(str(damage), damage, manifest.generation)
    except StorageError as error:
        if error.error.errno not in BROKEN:
            raise
        yield Problem(str(error), ArchiveDamaged(str(error), error.path), manifest.generation)


def _segment_faults(directory: Directory, entry: SegmentEntry) -> Iterator[ArchiveDamaged]:
    yield from SectionFile.open(directory, entry.name, KIND, VERSION).faults()
    open_segments(directory, [entry])


def _ledger_faults(directory: Directory, manifest: Manifest) -> Iterator[ArchiveDamaged]:
    read_ledger(directory, manifest)
    yield from ()


def _mismatch(directory: Directory, manifest: Manifest) -> Iterator[Problem]:
    """Compare the ids in the ledger with the ids in the segments."""
    ledger = read_ledger(directory, manifest)
    known = {r.id for file in ledger.values() for r in file.records if isinstance(r, Known)}
    with Snapshot(directory, manifest) as snapshot:
        docs = list(snapshot.docs())
        held = {snapshot.id(doc) for doc in docs}
    if len(held) != len(docs):
        yield Problem(f"{len(docs) - len(held):,} articles are indexed twice. Run: indexer build")
    if held != known:
        yield Problem(f"index and ledger differ in {len(held ^ known):,} articles. Run: indexer build")


def _earlier(directory: Directory, names: list[str], damaged: set[str]) -> Iterator[Problem]:
    """Yield files that were found damaged before and are not now: the disk is not to be trusted."""
    for file, reason in marks(directory, names).items():
        if file in names and str(directory.path / file) not in damaged:
            yield Problem(f"{file} was found damaged before: {reason}")


def _stray(directory: Directory, names: list[str]) -> Iterator[Problem]:
    """Yield files of ours that no generation needs."""
    kept = needed(directory, names)
    for name in sorted(names):
        if generation_of(name) is not None and name not in kept:
            yield Problem(f"{name} is left over from an update that was stopped; the next one deletes it")


def _newest(directory: Directory, generation: int) -> Manifest | None:
    try:
        return read_manifest(directory, generation)
    except ArchiveDamaged:
        return None  # a problem of ``check`` already
