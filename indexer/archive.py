"""What can one do with an archive? Search it, read in it, bring it up to date, ask how it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from indexer.analysis.settings import Settings, load_settings
from indexer.errors import ArchiveLocked, NoArchive, QueryError, ShrinkRefused, StorageError
from indexer.limits import LIMITS, Limits
from indexer.storage import FileDirectory

if TYPE_CHECKING:
    from indexer.analysis.analyzer import Analyzer
    from indexer.documents.article import Article
    from indexer.documents.refusal import Refusal
    from indexer.index.check import CheckReport as CheckReport
    from indexer.index.reader import Snapshot
    from indexer.index.report import UpdateReport as UpdateReport
    from indexer.index.seeds import SeedFolder
    from indexer.index.status import Status as Status
    from indexer.index.trusted import TrustedIndex
    from indexer.query.build import Meaning
    from indexer.query.dates import Period
    from indexer.search.evaluator import Evaluator
    from indexer.search.histogram import Histogram
    from indexer.search.results import Reading, Results

SEEDS, INDEX, SETTINGS = "seeds", "index_data", "archive.toml"
FIRST_BUILD_WAIT = 3600.0  # seconds to wait for another process that is building the first index

Progress = Callable[[int, int], None]
"""Called with the articles done and the articles to do, as far as can be told."""

Answer = TypeVar("Answer")


class Freshness(NamedTuple):
    """What was done so that a search knows the newest seeds; ``notes`` are for the reader, one line each."""

    report: UpdateReport | None
    notes: tuple[str, ...]


class Archive:
    """A folder with ``seeds/`` (your articles, only ever read) and ``index_data/`` (derived from them).

    >>> archive = Archive(".")
    >>> _ = archive.update()
    >>> results = archive.search('"humanitarian pauses"', since="2023-11", until="2023-11")
    >>> results.total > 0 and all(hit.passages or hit.headline_marks for hit in results.hits)
    True
    """

    def __init__(self, root: Path | str, *, limits: Limits = LIMITS) -> None:
        """Open the archive in ``root``. Raises NoArchive where it has neither seeds nor an index."""
        self.root = Path(root)
        self.limits = limits
        if not (self.root / SEEDS).is_dir() and not (self.root / INDEX).is_dir():
            raise NoArchive(
                f"{self.root} is no archive: it has neither {SEEDS}/ nor {INDEX}/. "
                f"Make a folder {SEEDS}/ there and put articles into it."
            )
        self._directory = FileDirectory(self.root / INDEX)
        self._evaluator: Evaluator | None = None

    @classmethod
    def find(cls, start: Path | None = None) -> Archive:
        """Return the archive in ``start`` (default: the working directory) or the nearest folder above.

        Raises NoArchive where no folder on the way has both ``seeds/`` and ``index_data/``.
        """
        begin = (start or Path.cwd()).absolute()
        for folder in (begin, *begin.parents):
            if (folder / SEEDS).is_dir() and (folder / INDEX).is_dir():
                return cls(folder)
        raise NoArchive(
            f"there is no archive here (looked for {SEEDS}/ and {INDEX}/ in this folder and above). "
            "Make both folders, or point at an archive: --archive DIR"
        )

    def search(
        self,
        query: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        on: str | None = None,
        any: bool = False,
        like: str | None = None,
        limit: int = 10,
        page: int = 1,
        sort: str | None = None,
        passages: int | None = 2,
        advice: bool = True,
        explain: bool = False,
        all_copies: bool = False,
    ) -> Results:
        """Return the articles that match all words of ``query`` (``any``: at least one), best first.

        ``since``, ``until`` and ``on`` are dates as in the command line, whole days, inclusive. ``limit`` 0
        is all articles, ``passages`` None all passages. ``sort`` is relevance (default), newest (default
        without words) or oldest. Copies of an article are folded into the hit of the earliest one unless
        ``all_copies``. ``like`` is the id of an article whose most telling words are looked for; the notes
        say which, and ``query`` restricts what they find. Where hardly anything is found, ``advice`` says
        what to try; ``explain`` says how the query was understood and each hit scored. Seeds are looked at
        by ``refresh`` and ``update``, not here.

        Raises QueryError, DateError, NoArchive, ArchiveDamaged.
        """
        from indexer.search.answer import Request, answer
        from indexer.search.asked import check_page, days

        check_page(limit, page, sort)
        period = days(since, until, on)
        meaning = self._meaning(query, any, period, like)
        order = sort or ("relevance" if meaning.clauses else "newest")
        request = Request(period, limit, page, order, passages, advice and like is None, explain, all_copies)
        return self._asking(lambda evaluator: answer(evaluator, meaning, request, self.analyzer))

    def count(
        self,
        query: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        on: str | None = None,
        any: bool = False,
        like: str | None = None,
    ) -> int:
        """Return how many articles ``search`` would find in all."""
        from indexer.search.answer import count
        from indexer.search.asked import days

        period = days(since, until, on)
        meaning = self._meaning(query, any, period, like)
        return self._asking(lambda evaluator: count(evaluator, meaning, period))

    def histogram(
        self,
        query: str = "",
        *,
        by: str = "month",
        since: str | None = None,
        until: str | None = None,
        on: str | None = None,
        any: bool = False,
    ) -> Histogram:
        """Return how many of the articles that ``search`` would find each period has, or each source.

        ``by`` is day, week, month, quarter, year or source. Raises as ``search`` does.
        """
        from indexer.search.asked import days
        from indexer.search.histogram import KINDS, histogram

        if by not in KINDS:
            raise QueryError(f"by is one of {', '.join(KINDS)}, not {by}.")
        period = days(since, until, on)
        meaning = self._meaning(query, any, period)
        return self._asking(lambda evaluator: histogram(evaluator, meaning, period, by))

    def read(self, id_prefix: str, query: str = "") -> Reading:
        """Return one whole article with the words of ``query`` marked. Raises UnknownArticle."""
        from indexer.search.answer import read
        from indexer.search.asked import only
        from indexer.search.marking import Clauses

        meaning = self._meaning(query, True) if query.strip() else None
        clauses = Clauses(meaning.clauses, meaning.exact) if meaning else Clauses(())

        def reading(evaluator: Evaluator) -> Reading:
            return read(evaluator, only(evaluator.snapshot, id_prefix), clauses, self.analyzer)

        return self._asking(reading)

    def refresh(self, *, progress: Progress | None = None) -> Freshness:
        """Make the next search know what seeds hold now, if that can be done.

        Where it cannot, and there is an index to answer from, the notes say why. Otherwise
        raises StorageError or ArchiveLocked.
        """
        snapshot = self._index.open_or_none()
        if snapshot is None or snapshot.generation == 0:
            return Freshness(self.update(progress=progress, wait=FIRST_BUILD_WAIT), ())
        seeds = self._seeds()
        if not seeds.exist():
            return Freshness(None, ("the folder of seeds is missing; searched what is indexed",))
        if snapshot.knows(seeds):
            return Freshness(None, ())
        try:
            return Freshness(self.update(progress=progress, wait=0), ())
        except ArchiveLocked:
            return Freshness(None, ("another process is updating the index; this answer is from before",))
        except ShrinkRefused as refusal:
            return Freshness(None, (str(refusal),))
        except StorageError as error:
            from indexer.index.reader import looks_current

            if looks_current(snapshot.manifest, seeds.discover()[0], self._fingerprint):
                return Freshness(None, ())  # there was but a doubt, and nothing can be written that ends it
            return Freshness(None, (f"newer seeds are not indexed: {error}",))

    def update(
        self,
        *,
        allow_shrink: bool = False,
        progress: Progress | None = None,
        wait: float = 10,
        processes: int | None = None,
    ) -> UpdateReport:
        """Index what is new or changed in seeds, retire what is gone; ``wait`` seconds for another writer.

        ``processes`` build a large index together; None is one for each core, at most four. Raises
        ShrinkRefused, ArchiveLocked, StorageError, HelperLost; the index is then as it was.
        """
        from indexer.index.writer import update

        try:
            return update(
                self._seeds(),
                self._directory,
                self.analyzer,
                limits=self._working_limits(processes),
                allow_shrink=allow_shrink,
                progress=progress,
                wait=wait,
            )
        finally:
            self.close()

    def build(
        self, *, progress: Progress | None = None, wait: float = 10, processes: int | None = None
    ) -> UpdateReport:
        """Index all seeds afresh beside the present index, then switch. Raises as ``update`` does."""
        from indexer.index.writer import build

        try:
            return build(
                self._seeds(),
                self._directory,
                self.analyzer,
                limits=self._working_limits(processes),
                progress=progress,
                wait=wait,
            )
        finally:
            self.close()

    def status(self) -> Status:
        """Return what is indexed, what an update would do, and what is refused and why."""
        from indexer.index.status import status_of

        return status_of(str(self.root), self._seeds(), self._index)

    def check(self, *, deep: bool = False, progress: Progress | None = None) -> CheckReport:
        """Compare every byte of the index with its checksum, and the index with seeds.

        ``deep`` also reads every seed again and compares what came of it with what is stored. What is found
        damaged is marked, so that the next update builds it anew. Raises NoArchive where seeds or index are
        missing, StorageError where they cannot be read.
        """
        from indexer.index.check import check_archive
        from indexer.index.marks import mark

        report = check_archive(self._seeds(), self._directory, self.analyzer, deep=deep, progress=progress)
        for problem in report.problems:
            if problem.damage is not None:
                mark(self._directory, problem.generation, problem.damage)
        return report

    def show(self, path: Path) -> list[Article | Refusal]:
        """Return how the articles of a seed file are understood; the file need not be in ``seeds/``."""
        from indexer.index.seeds import SeedFolder, understood

        file, seeds = path.absolute(), (self.root / SEEDS).absolute()
        if file.is_relative_to(seeds):
            return understood(self._seeds(), file.relative_to(seeds).as_posix())
        return understood(SeedFolder(file.parent, self.limits), file.name)

    def close(self) -> None:
        """Let go of all files. The next question opens the newest index."""
        self._index.close()
        self._evaluator = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know of the index that gave the last answer, one line each; none where it is the newest."""
        return self._index.notes

    @cached_property
    def settings(self) -> Settings:
        """How this archive reads words: ``archive.toml`` beside the folders, where there is one."""
        try:
            return load_settings((self.root / SETTINGS).read_bytes(), str(self.root / SETTINGS))
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            raise StorageError("read", str(self.root / SETTINGS), error) from None

    @cached_property
    def analyzer(self) -> Analyzer:
        """The one analyzer for seeds and queries."""
        from indexer.analysis.analyzer import Analyzer

        return Analyzer(self.settings)

    @cached_property
    def _fingerprint(self) -> str:
        from indexer.index.schema import fingerprint

        return fingerprint(self.settings.fingerprint())

    def _seeds(self) -> SeedFolder:
        from indexer.index.seeds import SeedFolder

        return SeedFolder(self.root / SEEDS, self.limits)

    @cached_property
    def _index(self) -> TrustedIndex:
        from indexer.index.trusted import TrustedIndex

        return TrustedIndex(self._directory, self._fingerprint)

    def _working_limits(self, processes: int | None) -> Limits:
        return self.limits if processes is None else self.limits._replace(processes=processes)

    def _asking(self, question: Callable[[Evaluator], Answer]) -> Answer:
        from indexer.search.evaluator import Evaluator

        def asking(snapshot: Snapshot) -> Answer:
            if snapshot.generation == 0:
                raise NoArchive(f"{self.root} has no index yet. Run: indexer update")
            if self._evaluator is None or self._evaluator.snapshot is not snapshot:
                self._evaluator = Evaluator(snapshot, self.limits)
            return question(self._evaluator)

        return self._index.ask(asking)

    def _meaning(
        self, query: str, any_word: bool, period: Period | None = None, like: str | None = None
    ) -> Meaning:
        """Return what a query asks for, or one for articles like one, which ``query`` only restricts."""
        from indexer.search.asked import meaning, only

        if like is None:
            return meaning(query, any_word, period, self.analyzer, self.limits)
        from indexer.search.likeness import likeness

        restriction = self._meaning(query, any_word) if query.strip() else None

        def alike(evaluator: Evaluator) -> Meaning:
            return likeness(evaluator, only(evaluator.snapshot, like), restriction, self.analyzer)

        return self._asking(alike)
