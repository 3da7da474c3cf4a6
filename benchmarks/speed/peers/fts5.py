"""SQLite's FTS5, from the standard library: ``porter unicode61``, the date in an indexed table beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.speed.corpus import Article, read
from benchmarks.speed.peers.base import PASSAGE_WORDS, PASSAGES, TOP, Answer, Ask, Engine
from benchmarks.speed.queries import NEAR, Query

TABLES = """
create virtual table news using fts5(text, tokenize='porter unicode61');
create table articles(
    rowid integer primary key, id text, day integer, month integer, headline text, source text
);
create index by_day on articles(day);
"""
BOTH = "from news cross join articles on articles.rowid = news.rowid where news match ?"
STORED = f"select id, day, headline, source, text {BOTH}"
PASSAGE = f"snippet(news, 0, '[', ']', ' ... ', {PASSAGES * PASSAGE_WORDS})"
SHOWN = f"select id, day, headline, source, {PASSAGE} {BOTH}"
BEST = f" order by rank limit {TOP}"
NEWEST = f" order by day desc limit {TOP}"
AMONG_NEWEST = f" and news.rowid in (select news.rowid {BOTH}{NEWEST}) order by day desc"


class Fts5(Engine):
    name = "fts5"

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version} FTS5 (porter unicode61, one transaction, 'optimize')"

    def connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.folder / "news.db", isolation_level=None)
        database.execute("pragma synchronous=full")
        return database

    def build(self, articles: Path) -> None:
        database = self.connect()
        database.executescript(TABLES)
        database.execute("begin")
        insert(database, read(articles))
        database.execute("insert into news(news) values ('optimize')")
        database.execute("commit")
        database.close()

    def open(self) -> None:
        self.database = self.connect()

    def bare(self, query: Query) -> Ask | None:
        match, limits, values = understood(query)
        if match is None:
            return None
        if query.want == "months":
            return self.asking(f"select month, count(*) {BOTH} group by month", values)
        if query.want == "count":
            return lambda: Answer(total=self.count(limits, values))
        return self.page(STORED, query)

    def whole(self, query: Query) -> Ask | None:
        match, limits, values = understood(query)
        if match is None or query.want == "months":
            return None
        if query.want == "count":
            return lambda: Answer(total=self.count(limits, values))
        page = self.page(SHOWN, query)

        def ask() -> Answer:
            shown = page()
            return Answer(shown.ids, self.count(limits, values), shown.shown)

        return ask

    def page(self, statement: str, query: Query) -> Ask:
        """The newest are found first and fetched then, which takes a fifth of the time."""
        match, limits, values = understood(query)
        if query.want == "newest":
            return self.asking(statement + AMONG_NEWEST, [*values, match or ""])
        return self.asking(statement + limits + BEST, values)

    def asking(self, statement: str, values: Sequence[str | int]) -> Ask:
        def ask() -> Answer:
            rows = self.database.execute(statement, values).fetchall()
            return Answer(tuple(row[0] for row in rows), shown=sum(len(str(row[-1])) for row in rows))

        return ask

    def count(self, limits: str, values: Sequence[str | int]) -> int:
        """A limit to days needs the other table."""
        statement = (
            f"select count(*) {BOTH}{limits}" if limits else "select count(*) from news where news match ?"
        )
        (total,) = self.database.execute(statement, values).fetchone()
        return int(total)

    def total(self, query: Query) -> int | None:
        match, limits, values = understood(query)
        return None if match is None else self.count(limits, values)

    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        def call() -> None:
            database = self.connect()
            database.execute("begin")
            insert(database, articles)
            database.execute("commit")
            database.close()

        return call


def insert(database: sqlite3.Connection, articles: Iterable[Article]) -> None:
    first = database.execute("select coalesce(max(rowid), 0) from articles").fetchone()[0] + 1
    for row, article in enumerate(articles, first):
        known = (row, article.id, article.day, article.month, article.headline, article.source)
        database.execute("insert into news(rowid, text) values (?, ?)", (row, article.text))
        database.execute("insert into articles values (?, ?, ?, ?, ?, ?)", known)


def understood(query: Query) -> tuple[str | None, str, list[str | int]]:
    """Return the expression to match, the limits on days, and the values of both."""
    words = [f'"{word}"' for word in query.words]
    match = {
        "all": " AND ".join(words),
        "any": " OR ".join(words),
        "without": " NOT ".join(words),
        "phrase": f'"{" ".join(query.words)}"',
        "near": f"NEAR({' '.join(words)}, {NEAR})",
        "prefix": f"{words[0]}*",
    }.get(query.form)
    if match is None or query.days is None:
        return match, "", [match or ""]
    return match, " and day between ? and ?", [match, *query.days]
