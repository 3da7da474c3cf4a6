"""Xapian through its own bindings, where ``import xapian`` works: stems beside words, dates as values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xapian

from benchmarks.speed.corpus import Article, read
from benchmarks.speed.peers.base import PASSAGE_CHARACTERS, PASSAGES, TOP, Answer, Ask, Engine
from benchmarks.speed.queries import NEAR, Query

DAY, MONTH = 0, 1
STEMMER = xapian.Stem("en")
FLAGS = (
    xapian.QueryParser.FLAG_BOOLEAN
    | xapian.QueryParser.FLAG_PHRASE
    | xapian.QueryParser.FLAG_LOVEHATE
    | xapian.QueryParser.FLAG_WILDCARD
)


class Xapian(Engine):
    name = "xapian"
    most = 20_000

    def version(self) -> str:
        return f"Xapian {xapian.version_string()} (STEM_SOME en, compacted)"

    @property
    def index(self) -> Path:
        return self.folder / "compact"

    def build(self, articles: Path) -> None:
        database = xapian.WritableDatabase(str(self.folder / "loose"), xapian.DB_CREATE)
        add(database, read(articles, self.most))
        database.compact(str(self.index))
        database.close()

    def open(self) -> None:
        self.database = xapian.Database(str(self.index))
        self.parser = xapian.QueryParser()
        self.parser.set_stemmer(STEMMER)
        self.parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self.parser.set_database(self.database)

    def parsed(self, query: Query) -> xapian.Query | None:
        phrase = f'"{" ".join(query.words)}"'
        text = {
            "all": " AND ".join(query.words),
            "any": " OR ".join(query.words),
            "without": " NOT ".join(query.words),
            "phrase": phrase,
            "near": f" NEAR/{NEAR + 1} ".join(query.words),
            "prefix": f"{query.words[0]}*",
        }.get(query.form)
        if text is None:
            return None
        parsed = self.parser.parse_query(text, FLAGS)
        if query.days is None:
            return parsed
        first, last = map(xapian.sortable_serialise, query.days)
        return xapian.Query(
            xapian.Query.OP_FILTER, parsed, xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, first, last)
        )

    def best(self, parsed: xapian.Query, query: Query, checked: int) -> xapian.MSet:
        """Return the page; the total is exact when ``checked`` are all documents."""
        enquire = xapian.Enquire(self.database)
        enquire.set_query(parsed)
        if query.want == "newest":
            enquire.set_sort_by_value_then_relevance(DAY, True)
        return enquire.get_mset(0, TOP, checked)

    def bare(self, query: Query) -> Ask | None:
        parsed = self.parsed(query)
        if parsed is None:
            return None
        if query.want == "count":
            return lambda: Answer(total=self.total(query))
        if query.want == "months":
            return lambda: Answer(shown=self.months(parsed))

        def ask() -> Answer:
            stored = [json.loads(hit.document.get_data()) for hit in self.best(parsed, query, 0)]
            return Answer(tuple(one["id"] for one in stored), shown=sum(len(one["text"]) for one in stored))

        return ask

    def months(self, parsed: xapian.Query) -> int:
        enquire = xapian.Enquire(self.database)
        enquire.set_query(parsed)
        spy = xapian.ValueCountMatchSpy(MONTH)
        enquire.add_matchspy(spy)
        enquire.get_mset(0, 0, self.database.get_doccount())
        return sum(1 for _ in spy.values())

    def whole(self, query: Query) -> Ask | None:
        if query.want == "months" or self.parsed(query) is None:
            return None
        if query.want == "count":
            return lambda: Answer(total=self.total(query))

        def ask() -> Answer:
            found = self.best(self.parsed(query), query, self.database.get_doccount())
            stored = [json.loads(hit.document.get_data()) for hit in found]
            length = PASSAGES * PASSAGE_CHARACTERS
            passages = [found.snippet(one["text"], length, STEMMER) for one in stored]
            ids = tuple(one["id"] for one in stored)
            return Answer(ids, found.get_matches_estimated(), sum(map(len, passages)))

        return ask

    def total(self, query: Query) -> int | None:
        parsed = self.parsed(query)
        if parsed is None:
            return None
        return int(self.best(parsed, query, self.database.get_doccount()).get_matches_estimated())

    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        return lambda: add(xapian.WritableDatabase(str(self.index), xapian.DB_OPEN), articles)


def add(database: xapian.WritableDatabase, articles: Iterable[Article]) -> None:
    generator = xapian.TermGenerator()
    generator.set_stemmer(STEMMER)
    for one in articles:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(one.text)
        document.add_value(DAY, xapian.sortable_serialise(one.day))
        document.add_value(MONTH, str(one.month))
        stored = {
            "id": one.id,
            "day": one.day,
            "headline": one.headline,
            "source": one.source,
            "text": one.text,
        }
        document.set_data(json.dumps(stored))
        database.add_document(document)
    database.commit()
