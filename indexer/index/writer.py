"""How is the index brought up to what seeds hold?

A build is an update from an empty manifest into a new generation beside the old one: there is one code
path. Where the newest generation is damaged, or was written under another fingerprint, an update starts
from the one before, or from nothing. Until the commit (``commit.py``) the old generation answers; an
error or a kill leaves it as it was.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from indexer.analysis.analyzer import Analyzer
from indexer.errors import ArchiveDamaged, ShrinkRefused, StorageError
from indexer.index.base import Base, find_base
from indexer.index.builder import SegmentBuilder
from indexer.index.changes import Changes
from indexer.index.commit import collect_garbage, discard_unfinished, next_generation, publish
from indexer.index.glance import RACY_NS, Glance, glance, seeds_digest
from indexer.index.ledger import write_ledger
from indexer.index.manifest import Manifest
from indexer.index.marks import mark
from indexer.index.report import UpdateReport, report, survey
from indexer.index.schema import fingerprint
from indexer.index.seeds import Seeds
from indexer.index.uncollected import uncollected
from indexer.limits import LIMITS, Limits
from indexer.storage import Directory
from indexer.storage.lock import Lock

Progress = Callable[[int, int], None]  # articles done, articles to do as far as can be told
MOST_PROCESSES = 4  # unless told otherwise: one hands out the work of all
ADVICE = "Is a disk not mounted? If they are meant to go, run: indexer update --allow-shrink"


@dataclass(slots=True)
class Update:
    """One update: what it works on, and its steps."""

    seeds: Seeds
    directory: Directory
    analyzer: Analyzer
    limits: Limits = LIMITS
    allow_shrink: bool = False
    progress: Progress | None = None
    clock: Callable[[], int] = time.time_ns

    def run(self, base: Base) -> UpdateReport:
        """Bring the index from ``base`` to what seeds hold; the caller holds the lock."""
        begun = time.monotonic()
        generation = next_generation(self.directory)
        discard_unfinished(self.directory)
        changes = survey(self.seeds, base, self.clock)
        listed = self.clock()
        builder = SegmentBuilder(self.directory, generation, base.manifest.segments, self.analyzer)
        try:
            self._add_articles(changes, builder)
            self._guard(changes, base)
            look = glance(self.seeds, changes.stamps, changes.started, self.limits)
            if is_needed(changes, base, look):
                publish(self.directory, self._write(generation, changes, builder, listed, look))
            else:
                generation = base.manifest.generation
        except BaseException:
            builder.abandon()
            with suppress(StorageError):  # the first error is the one to tell; the next update tidies up
                discard_unfinished(self.directory)
            raise
        builder.abandon()
        collect_garbage(self.directory)
        return report(changes, base, generation, time.monotonic() - begun)

    def _add_articles(self, changes: Changes, builder: SegmentBuilder) -> None:
        processes = processes_for(changes.ahead(), self.limits)
        if processes > 1:
            builder.share(processes)
        for article in changes.articles():
            builder.add(article)
            if self.progress is not None:
                self.progress(changes.parsed, changes.expected())

    def _guard(self, changes: Changes, base: Base) -> None:
        """Raise ShrinkRefused where more of the archive would go than is plausible."""
        before, lost = base.articles, base.articles - changes.total.articles
        watched = not self.allow_shrink and before > self.limits.shrink_from
        if watched and lost > self.limits.shrink_share * before:
            raise ShrinkRefused(
                f"{lost:,} of {before:,} articles are gone from seeds; nothing was changed. {ADVICE}"
            )

    def _write(
        self, generation: int, changes: Changes, builder: SegmentBuilder, listed: int, look: Glance | None
    ) -> Manifest:
        """Write the files of a generation durably and return its manifest, yet to be published."""
        segments = builder.finish(changes.retired)
        ledger = write_ledger(self.directory, generation, changes.ledger)
        total = changes.total
        racy = any(file.racy for file in changes.ledger.values())
        return Manifest(
            generation=generation,
            fingerprint=fingerprint(self.analyzer.settings.fingerprint()),
            committed=self.clock(),
            segments=segments,
            ledger=ledger,
            stamps=seeds_digest(changes.stamps),
            glance=look,
            racy_until=listed + RACY_NS if racy else 0,
            articles=total.articles,
            undated=total.undated,
            first_day=total.first_day,
            last_day=total.last_day,
            id_length=changes.id_length(),
        )


def update(
    seeds: Seeds,
    directory: Directory,
    analyzer: Analyzer,
    *,
    limits: Limits = LIMITS,
    allow_shrink: bool = False,
    progress: Progress | None = None,
    wait: float = 0,
    clock: Callable[[], int] = time.time_ns,
) -> UpdateReport:
    """Bring the index up to what seeds hold, waiting ``wait`` seconds for another writer.

    Raises ShrinkRefused, ArchiveLocked, StorageError; the index is then as it was.
    """
    work = Update(seeds, directory, analyzer, limits, allow_shrink, progress, clock)
    directory.make()
    with Lock(directory.path, wait), uncollected():
        base = find_base(directory, fingerprint(analyzer.settings.fingerprint()))
        if not seeds.exist() and not allow_shrink:
            raise ShrinkRefused(
                f"the folder of seeds is missing, so all {base.articles:,} articles are gone; "
                f"nothing was changed. {ADVICE}"
            )
        for generation, damage in base.damage:
            mark(directory, generation, damage)
        try:
            return work.run(base)
        except ArchiveDamaged as damage:
            mark(directory, base.manifest.generation, damage)
            return work.run(base.emptied(str(damage)))


def build(
    seeds: Seeds,
    directory: Directory,
    analyzer: Analyzer,
    *,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    wait: float = 0,
    clock: Callable[[], int] = time.time_ns,
) -> UpdateReport:
    """Index all seeds anew, whatever the present index holds; otherwise like ``update``."""
    work = Update(seeds, directory, analyzer, limits, True, progress, clock)
    directory.make()
    with Lock(directory.path, wait), uncollected():
        return work.run(find_base(directory, fingerprint(analyzer.settings.fingerprint())).emptied())


def is_needed(changes: Changes, base: Base, look: Glance | None = None) -> bool:
    """Say whether there is anything to commit, if only a mark to clear or a damaged generation to replace."""
    generation = base.manifest.generation
    if changes.ledger != base.ledger or look != base.manifest.glance:
        return True
    return generation != base.newest or generation == 0


def processes_for(size: int, limits: Limits) -> int:
    """Return how many processes build the index of ``size`` bytes of new seeds."""
    if size < limits.alone_below or not hasattr(os, "fork"):
        return 1
    return limits.processes or min(MOST_PROCESSES, len(os.sched_getaffinity(0)))
