"""What has to be done to the index so that it holds what seeds hold now?

Files whose stamp is as the ledger has it are taken over unread. Of the others the records are compared: a
record is unchanged when digest, occurrence (the how-manieth with this digest in its file) and line are
equal; only other records are parsed. The line counts because it is shown: an updated index must equal a
freshly built one.

Of several articles with one id the last by path and line is indexed, the others are superseded. Files are
therefore walked from last to first: the first article met with an id has it, and none is added to be
taken back.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from indexer.documents.article import Article
from indexer.documents.discover import Stamp
from indexer.documents.record import Record
from indexer.documents.refusal import Refusal, Superseded
from indexer.index.glance import RACY_NS
from indexer.index.ledger import Known, Ledger, Refused, SeedFile
from indexer.index.seeds import Content, Seeds


class Pair(NamedTuple):
    """A record as the ledger knows it (None: not yet), and its bytes (None: not read)."""

    known: Known | Refused | None
    record: Record | None = None
    occurrence: int = 0


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
    _indexed: dict[str, Holder] = field(default_factory=dict)  # what the index holds now, by id
    _taken: dict[str, Holder] = field(default_factory=dict)  # what it will hold
    _kept: set[str] = field(default_factory=set)
    _read_bytes: int = 0
    _read_records: int = 0  # of which these were new
    _bytes: int = 0  # of the files to be read

    def articles(self) -> Iterator[Article]:
        """Yield the articles to add, last first, reading the files that changed on the way."""
        for file in self.old.values():
            self._indexed.update({r.id: Holder(file.path, r) for r in file.records if isinstance(r, Known)})
        differing = {stamp.path for stamp in self.stamps if self._differs(stamp)}
        self._bytes = sum(stamp.size for stamp in self.stamps if stamp.path in differing)
        files: list[SeedFile] = []
        for stamp in reversed(self.stamps):
            if stamp.path in differing or self._brings_back(self.old[stamp.path]):
                file, pairs = self._read(stamp)
                yield from self._resolve(file, pairs)
            else:
                file = self._keep(self.old[stamp.path])
            files.append(file)
        self.ledger = {file.path: file for file in reversed(files)}

    @property
    def retired(self) -> list[str]:
        """The ids whose articles leave the present index; some come back with another article."""
        return [id for id in self._indexed if id not in self._kept]

    @property
    def live(self) -> list[Known]:
        """The articles that the index will hold, last first."""
        return [holder.known for holder in self._taken.values()]

    @property
    def refused(self) -> list[Refusal]:
        """Everything that no article came of, by path and line."""
        read = (
            Refusal(file.path, record.line, record.reason)
            for file in self.ledger.values()
            for record in file.records
            if isinstance(record, Refused)
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
            unchanged=len(self._kept) + len(moved),
        )

    def _differs(self, stamp: Stamp) -> bool:
        """Say whether a file must be read, as far as stamps tell."""
        old = self.old.get(stamp.path)
        if old is None or old.racy or old.digest is None:
            return True
        return old.mtime_ns != stamp.mtime_ns or old.size != stamp.size

    def _brings_back(self, file: SeedFile) -> bool:
        """Say whether an article that was superseded is so no longer: it is not in the index."""
        last = {record.id: record for record in file.records if isinstance(record, Known)}
        return any(map(self._is_missing, last.values()))

    def _keep(self, file: SeedFile) -> SeedFile:
        """Take over a file as it is."""
        for record in reversed(file.records):
            if isinstance(record, Known) and self._claim(file.path, record):
                self._kept.add(record.id)
        return file

    def _is_missing(self, known: Known) -> bool:
        return known.id not in self._taken and self._indexed[known.id].known is not known

    def _read(self, stamp: Stamp) -> tuple[SeedFile, list[Pair]]:
        """Return a file as the new ledger will have it, records still missing, and its records."""
        old = self.old.get(stamp.path)
        racy = stamp.mtime_ns >= self.started - RACY_NS
        file = SeedFile(stamp.path, stamp.size, stamp.mtime_ns, None, racy)
        data = self.seeds.read(stamp.path)
        if isinstance(data, Refusal):
            return file, [Pair(Refused(None, data.line, data.reason))]
        content = self.seeds.split(stamp.path, data)
        file.digest = content.digest
        if old is not None and old.racy and old.digest == content.digest and self.settled:
            file.racy = False
        pairs = match(old, content)
        self._read_bytes += stamp.size
        self._read_records += sum(1 for pair in pairs if pair.known is None)
        return file, pairs

    def _resolve(self, file: SeedFile, pairs: list[Pair]) -> Iterator[Article]:
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
        file.records = resolved[::-1]

    def _parse(self, path: str, pair: Pair) -> tuple[Known | Refused, Article | None]:
        assert pair.record is not None, "a record that is to be parsed was read"
        self.parsed += 1
        found = self.seeds.parse(path, pair.record, pair.occurrence)
        if isinstance(found, Refusal):
            return Refused(pair.record.digest, found.line, found.reason), None
        return Known(pair.record.digest, pair.record.line, found.id, found.own_id, found.day), found

    def _claim(self, path: str, known: Known) -> bool:
        """Take the id of an article; where another has it, note that the article is superseded."""
        holder = self._taken.setdefault(known.id, Holder(path, known))
        if holder.known is known:
            return True
        self.superseded.append(Superseded(path, known.line, known.id, holder.path, holder.known.line))
        return False


def match(old: SeedFile | None, content: Content) -> list[Pair]:
    """Pair the records of a file with what the ledger knows of them."""
    known = dict(_keyed(old.records)) if old is not None else {}
    pairs: list[Pair] = []
    seen: Counter[int] = Counter()
    for record in content.records:
        if isinstance(record, Refusal):
            pairs.append(Pair(Refused(None, record.line, record.reason)))
            continue
        occurrence = seen[record.digest]
        seen[record.digest] += 1
        pairs.append(Pair(known.get((record.digest, occurrence, record.line)), record, occurrence))
    return pairs


def _keyed(records: list[Known | Refused]) -> Iterator[tuple[tuple[int, int, int], Known | Refused]]:
    seen: Counter[int] = Counter()
    for record in records:
        if record.digest is not None:
            yield (record.digest, seen[record.digest], record.line), record
            seen[record.digest] += 1
