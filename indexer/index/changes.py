"""What has to be done to the index so that it holds what seeds hold now?

Files whose stamp is as the ledger has it are taken over unread, most of them set aside without a look at
their records (``aside.py``). Of the others the records are compared with those known (``pairing.py``), and
only new ones are parsed; of a file of lines that has grown, only the lines that are new are looked at.

Of several articles with one id the last by path and line is indexed, the others are superseded. Files are
therefore walked from last to first: the first article met with an id has it, and none is added to be
taken back.
"""

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from indexer.documents.article import Article
from indexer.documents.discover import Stamp
from indexer.documents.refusal import Refusal, Superseded
from indexer.index.aside import Aside
from indexer.index.glance import RACY_NS
from indexer.index.id_length import hash_length, id_length
from indexer.index.ledger import Known, Ledger, Records, Refused, SeedFile
from indexer.index.pairing import Pair, match, match_appended
from indexer.index.records import Summary, hashes_of, summary_of, summed
from indexer.index.seeds import Seeds


class Holder(NamedTuple):
    """The article that has an id."""

    path: str
    known: Known


@dataclass(slots=True)
class Tally:
    """How many articles an update adds, changes, removes and leaves alone."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Changes:
    """The difference between a ledger and seeds.

    Iterate ``articles()`` to the end; from then on everything else is complete. ``started`` is the time in ns
    before seeds were listed; ``settled`` says that a racy file found unchanged is clean.
    """

    old: Ledger
    seeds: Seeds
    stamps: list[Stamp]  # ascending by path
    unread: list[Refusal] = field(default_factory=list)  # refused by discover
    started: int = 0
    settled: bool = True
    ledger: Ledger = field(default_factory=dict)
    superseded: list[Superseded] = field(default_factory=list)
    parsed: int = 0  # records parsed: what an update costs
    _aside: Aside = field(default_factory=Aside)  # nothing of these files is in what follows
    _passed: set[str] = field(default_factory=set)  # of these, the files whose turn was
    _indexed: dict[str, Holder] = field(default_factory=dict)  # what the index holds now, by id
    _taken: dict[str, Holder] = field(default_factory=dict)  # what it will hold
    _kept: set[str] = field(default_factory=set)
    _total: Summary | None = None
    _read_bytes: int = 0
    _read_records: int = 0  # of which these were new
    _differing: list[Stamp] = field(init=False)  # of the files to be read
    _bytes: int = field(init=False)  # of these

    def __post_init__(self) -> None:
        self._differing = [stamp for stamp in self.stamps if self._differs(stamp)]
        self._bytes = sum(stamp.size for stamp in self._differing)

    def ahead(self) -> int:
        """Return the bytes that will be looked at for articles, as far as stamps tell."""
        return sum(stamp.size - self._known_bytes(stamp) for stamp in self._differing)

    def _known_bytes(self, stamp: Stamp) -> int:
        """The bytes of a file that may have grown by lines."""
        old = self.old.get(stamp.path)
        return old.size if old is not None and old.may_have_grown(stamp.size) else 0

    def articles(self) -> Iterator[Article]:
        """Yield the articles to add, last first, reading the files that changed on the way."""
        differing = {stamp.path for stamp in self._differing}
        self._set_aside(differing)
        files: list[SeedFile] = []
        for stamp in reversed(self.stamps):
            files.append((yield from self._walk(stamp, stamp.path in differing)))
        tangled = {path for one in self.superseded for path in (one.path, one.by_path)}
        for file in reversed(files):
            knot = file.path in tangled
            self.ledger[file.path] = file if file.tangled == knot else replace(file, tangled=knot)

    @property
    def retired(self) -> list[str]:
        """The ids whose articles leave the present index; some come back with another article."""
        return [id for id in self._indexed if id not in self._kept]

    @property
    def total(self) -> Summary:
        """What the index will hold."""
        if self._total is None:
            taken = summary_of(holder.known for holder in self._taken.values())
            self._total = summed((self._aside.summary, taken))
        return self._total

    def id_length(self) -> int:
        """Return how many digits of a hash id tell it from every other id of the index."""
        known = [holder.known for holder in self._taken.values()]
        if self.total.hashlike:
            return id_length(chain(known, self._aside.known()))
        return hash_length(hashes_of(known) + self._aside.hashes())

    @property
    def refused(self) -> list[Refusal]:
        """Everything that no article came of, by path and line."""
        read = (
            Refusal(file.path, record.line, record.reason)
            for file in self.ledger.values()
            for record in file.records.refused()
        )
        return sorted(chain(self.unread, read), key=lambda refusal: (refusal.path, refusal.line))

    def expected(self) -> int:
        """Return how many records will have been parsed in the end, judged by the bytes still to be read."""
        left = max(0, self._bytes - self._read_bytes)
        return self._read_records + round(left * self._read_records / max(1, self._read_bytes))

    def tally(self) -> Tally:
        """Count: who only moved to another line is unchanged, who took the place of another is a change."""
        fresh = {id: holder for id, holder in self._taken.items() if id not in self._kept}
        gone = {id: self._indexed[id] for id in self.retired}
        moved = {id for id in fresh.keys() & gone.keys() if fresh[id].known.digest == gone[id].known.digest}
        edited = (fresh.keys() & gone.keys()) - moved
        vacant = Counter((old.path, old.known.line) for id, old in gone.items() if id not in fresh)
        filled = Counter((new.path, new.known.line) for id, new in fresh.items() if id not in gone)
        changed = len(edited) + (vacant & filled).total()
        return Tally(
            added=len(fresh) - len(moved) - changed,
            changed=changed,
            removed=len(gone) - len(moved) - changed,
            unchanged=len(self._kept) + len(moved) + self._aside.summary.articles,
        )

    def _differs(self, stamp: Stamp) -> bool:
        """Say whether a file must be read, as far as stamps tell."""
        old = self.old.get(stamp.path)
        if old is None or old.racy or old.digest is None:
            return True
        return old.mtime_ns != stamp.mtime_ns or old.size != stamp.size

    def _set_aside(self, differing: set[str]) -> None:
        """Set aside what is not tangled and stays, and note what the index holds of the others."""
        sizes = {stamp.path: stamp.size for stamp in self.stamps}
        staying = [file for path, file in self.old.items() if path in sizes and not file.tangled]
        self._aside = Aside(
            file for file in staying if file.path not in differing or file.may_have_grown(sizes[file.path])
        )
        for path, file in self.old.items():
            if path not in self._aside:
                self._remember(file)

    def _remember(self, file: SeedFile) -> None:
        self._indexed.update((known.id, Holder(file.path, known)) for known in file.records.articles())

    def _take_back(self, path: str) -> None:
        """Put a file that was set aside among the others."""
        file = self._aside.take_back(path)
        self._remember(file)
        if path in self._passed:
            self._keep(file)

    def _walk(self, stamp: Stamp, differs: bool) -> Generator[Article, None, SeedFile]:
        """Decide what becomes of a file; yield the articles that the index lacks."""
        if not differs and not self._brings_back(self.old[stamp.path]):
            return self._keep(self.old[stamp.path])
        file, pairs, before = self._read(stamp)
        added = yield from self._resolve(file, pairs)
        if before is not None:
            self._keep(before)
        file.records = Records(added) if before is None else before.records + Records(added)
        return file

    def _brings_back(self, file: SeedFile) -> bool:
        """Say whether an article that was superseded is so no longer: it is not in the index."""
        if file.path in self._aside:
            return False
        last = {known.id: known for known in file.records.articles()}
        return any(map(self._is_missing, last.values()))

    def _keep(self, file: SeedFile) -> SeedFile:
        """Take over a file as it is."""
        if file.path in self._aside:
            self._passed.add(file.path)
            return file
        for record in reversed(list(file.records.articles())):
            if self._claim(file.path, record):
                self._kept.add(record.id)
        return file

    def _is_missing(self, known: Known) -> bool:
        return known.id not in self._taken and self._indexed[known.id].known is not known

    def _read(self, stamp: Stamp) -> tuple[SeedFile, list[Pair], SeedFile | None]:
        """Return a file as the new ledger will have it, its records, and the file before them, if it grew."""
        old = self.old.get(stamp.path)
        racy = stamp.mtime_ns >= self.started - RACY_NS
        file = SeedFile(stamp.path, stamp.size, stamp.mtime_ns, None, racy)
        before = old if stamp.path in self._aside else None
        content = None
        if before is not None:
            assert before.digest is not None, "a file that may have grown was read"
            content = self.seeds.appended(stamp.path, before.size, before.digest)
            if content is None:
                self._take_back(stamp.path)
                before = None
        if content is None:
            data = self.seeds.read(stamp.path)
            if isinstance(data, Refusal):
                return file, [Pair(Refused(None, data.line, data.reason))], None
            content = self.seeds.split(stamp.path, data)
        file.digest = content.digest
        if old is not None and old.racy and old.digest == content.digest and self.settled:
            file.racy = False
        pairs = match_appended(before.records, content) if before else match(old, content)
        self._read_bytes += stamp.size
        self._read_records += sum(1 for pair in pairs if pair.known is None)
        return file, pairs, before

    def _resolve(self, file: SeedFile, pairs: list[Pair]) -> Generator[Article, None, list[Known | Refused]]:
        """Decide every record of a file, last first; yield the articles that the index lacks."""
        resolved: list[Known | Refused] = []
        for pair in reversed(pairs):
            known, article = pair.known, None
            if known is None or (isinstance(known, Known) and self._is_missing(known)):
                known, article = self._parse(file.path, pair)
            resolved.append(known)
            if not isinstance(known, Known) or not self._claim(file.path, known):
                continue
            if article is None:
                self._kept.add(known.id)
            else:
                yield article
        return resolved[::-1]

    def _parse(self, path: str, pair: Pair) -> tuple[Known | Refused, Article | None]:
        assert pair.record is not None, "a record that is to be parsed was read"
        self.parsed += 1
        found = self.seeds.parse(path, pair.record, pair.occurrence)
        if isinstance(found, Refusal):
            return Refused(pair.record.digest, found.line, found.reason), None
        for other in self._aside.holders(found.id, found.own_id):
            self._take_back(other)
        return Known(pair.record.digest, pair.record.line, found.id, found.own_id, found.day), found

    def _claim(self, path: str, known: Known) -> bool:
        """Take the id of an article; where another has it, note that the article is superseded."""
        holder = self._taken.setdefault(known.id, Holder(path, known))
        if holder.known is known:
            return True
        self.superseded.append(Superseded(path, known.line, known.id, holder.path, holder.known.line))
        return False
