"""A small archive that answers from memory and remembers what it was asked."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from indexer.cli import opening
from indexer.cli.keeper import main as keeper
from indexer.cli.search import main as search
from indexer.errors import ArchiveError, UnknownArticle
from indexer.index.check import CheckReport
from indexer.search.histogram import Histogram
from indexer.search.results import Hit, Passage, Reading, Results

DAY = date(2023, 11, 8).toordinal()


def passage(text: str, *marked: str, paragraph: int = 1, exact: bool = False) -> Passage:
    spans = tuple(sorted((text.index(word), text.index(word) + len(word)) for word in marked))
    return Passage(paragraph, paragraph + 2, text, spans, exact)


PAUSES = Hit(
    rank=1,
    id="3f31db6b",
    day=DAY,
    headline="Japan, U.S. To Seek Gaza ‘Pauses’ As G-7 Foreign Ministers Meet",
    headline_marks=((26, 32),),
    summary="U.S. Secretary of State Antony Blinken agreed on the issue in Tokyo.",
    summary_marks=(),
    source="Bloomberg",
    path="seeds/000_3f31db6b9962369a.txt",
    score=7.9112345678,
    exact=True,
    copies=(),
    passages=(
        passage(
            "Japan and the US said they would work for “humanitarian pauses” in Israel’s war with Hamas ahead of "
            "a gathering of Group of Seven foreign ministers in Tokyo.",
            "humanitarian pauses",
            exact=True,
        ),
        passage("Japan and the UK also agreed on the need for a “pause” in a separate meeting.", "pause", paragraph=5),
    ),
)
MARKETS = Hit(
    rank=2,
    id="91c07a2e",
    day=None,
    headline="Markets Wrap: Stocks Pause After Rally",
    headline_marks=((21, 26),),
    summary="",
    summary_marks=(),
    source=None,
    path="seeds/markets.jsonl",
    score=1.5,
    exact=False,
    copies=(),
    passages=(passage("Aid pauses were humanitarian.", "pauses", "humanitarian"),),
)
ANSWER = Results(
    query="humanitarian pauses",
    total=2,
    exact_total=1,
    hits=(PAUSES, MARKETS),
    page=1,
    limit=10,
    first_day=DAY,
    last_day=DAY + 85,
    undated_left_out=0,
    phrase=True,
    since=None,
    until=None,
    notes=(),
)
NOTHING = ANSWER._replace(total=0, exact_total=None, hits=(), first_day=None, last_day=None, phrase=False)
STATUS = SimpleNamespace(
    root="/news",
    generation=14,
    articles=19043,
    undated=12,
    first_day=DAY,
    last_day=DAY + 85,
    sources=(("Bloomberg", 12000), ("Reuters", 7000)),
    added=0,
    changed=0,
    removed=0,
    refused=(),
    superseded=(),
    index_bytes=45_200_000,
    notes=(),
    up_to_date=True,
    glanced=0,
)


@dataclass
class FakeArchive:
    """Answers every search with ``answer``, or raises ``error``; ``asked`` holds the calls."""

    root: Path
    answer: Results = ANSWER
    error: Exception | None = None
    counts: Histogram | None = None
    articles: int = 2
    notes: tuple[str, ...] = ()
    report: SimpleNamespace | None = None
    state: SimpleNamespace = field(default_factory=lambda: STATUS)
    shown: tuple = ()
    checked: CheckReport | None = None
    warnings: tuple[str, ...] = ()
    asked: list[tuple[str, dict]] = field(default_factory=list)

    def _answer(self, name, value, **given):
        self.asked.append((name, given))
        if self.error is not None and name != "refresh":
            raise self.error
        return value

    def search(self, query, **given):
        return self._answer("search", self.answer, query=query, **given)

    def count(self, query, **given):
        total = self.articles if query == "*" else self.answer.total
        return self._answer("count", total, query=query, **given)

    def histogram(self, query, **given):
        return self._answer("histogram", self.counts, query=query, **given)

    def read(self, id_prefix, query=""):
        if not PAUSES.id.startswith(id_prefix):
            raise UnknownArticle(f"no article has the id {id_prefix}")
        return self._answer("read", Reading(PAUSES, PAUSES.passages), id_prefix=id_prefix, query=query)

    def refresh(self, *, progress=None, wait=0):
        return self._answer("refresh", SimpleNamespace(report=self.report, notes=self.notes))

    def update(self, **given):
        given.pop("progress")
        return self._answer("update", self.report, **given)

    def build(self, **given):
        given.pop("progress")
        return self._answer("build", self.report, **given)

    def status(self):
        return self._answer("status", self.state)

    def check(self, **given):
        given.pop("progress")
        return self._answer("check", self.checked, **given)

    def show(self, path):
        return self._answer("show", list(self.shown), path=path)

    def call(self, name):
        """What the last call of a method was given."""
        return [given for called, given in self.asked if called == name][-1]


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """The fake; every command opens it. Its errors in opening are the caller's to inject."""
    fake = FakeArchive(tmp_path)

    def open_archive(folder):
        fake.asked.append(("open", {"folder": folder}))
        if isinstance(fake.error, ArchiveError) and fake.error.args == ("cannot open",):
            raise fake.error
        return fake

    monkeypatch.setattr(opening, "open_archive", open_archive)
    for name in ("NO_COLOR", "FORCE_COLOR", "SEARCH_ARCHIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return fake


@pytest.fixture
def run(archive):
    """Run ``search`` with the words given, in this process."""

    def run(*words: str, **settings) -> Result:
        return CliRunner().invoke(search, words, **settings)

    return run


@pytest.fixture
def keep(archive):
    """Run ``indexer`` with the words given, in this process."""

    def keep(*words: str, **settings) -> Result:
        return CliRunner().invoke(keeper, words, **settings)

    return keep
