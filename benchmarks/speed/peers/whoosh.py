"""Whoosh as it comes: ``StemmingAnalyzer``, its own codec, parser and highlighter. Builds slowly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from whoosh import analysis, fields, index, qparser, sorting
from whoosh import query as wq
from whoosh.searching import Results

from benchmarks.speed.corpus import Article, read
from benchmarks.speed.peers.base import PASSAGES, TOP, Answer, Ask, Engine
from benchmarks.speed.queries import NEAR, Query

SCHEMA = fields.Schema(
    id=fields.ID(stored=True),
    text=fields.TEXT(analysis.StemmingAnalyzer(), stored=True),
    headline=fields.STORED,
    source=fields.STORED,
    day=fields.NUMERIC(stored=True, sortable=True),
    month=fields.NUMERIC(sortable=True),
)


class Whoosh(Engine):
    name = "whoosh"
    most = 100_000

    def version(self) -> str:
        return f"stock whoosh3 {version('whoosh3')} (StemmingAnalyzer, limitmb=256)"

    def build(self, articles: Path) -> None:
        add(index.create_in(str(self.folder), SCHEMA), read(articles, self.most))

    def open(self) -> None:
        self.searcher = index.open_dir(str(self.folder)).searcher()
        self.parser = qparser.QueryParser("text", SCHEMA)
        self.either = qparser.QueryParser("text", SCHEMA, group=qparser.OrGroup)

    def stem(self, word: str) -> str:
        return str(next(iter(SCHEMA["text"].analyzer(word))).text)

    def tree(self, query: Query) -> wq.Query:
        if query.form in ("prefix", "wildcard"):
            return (wq.Prefix if query.form == "prefix" else wq.Wildcard)("text", query.words[0].rstrip("*"))
        stems = [self.stem(word) for word in query.words]
        if query.form == "fuzzy":
            return wq.FuzzyTerm("text", stems[0], maxdist=1, prefixlength=0)
        if query.form in ("phrase", "near"):
            return wq.Phrase("text", stems, slop=1 if query.form == "phrase" else NEAR + 1)
        terms = [wq.Term("text", stem) for stem in stems]
        if len(terms) == 1:
            return terms[0]
        return (
            wq.AndNot(*terms) if query.form == "without" else {"all": wq.And, "any": wq.Or}[query.form](terms)
        )

    def parsed(self, query: Query) -> wq.Query:
        """What its own parser makes of it; a fuzzy word is not in its language."""
        phrase = f'"{" ".join(query.words)}"'
        text = {
            "without": " NOT ".join(query.words),
            "phrase": phrase,
            "near": f"{phrase}~{NEAR + 1}",
            "prefix": f"{query.words[0]}*",
        }.get(query.form, " ".join(query.words))
        return (self.either if query.form == "any" else self.parser).parse(text)

    def bare(self, query: Query) -> Ask | None:
        tree = self.tree(query)
        if query.want == "count":
            return lambda: Answer(total=self.count(tree, query))
        if query.want == "months":
            by = sorting.FieldFacet("month", maptype=sorting.Count)
            return lambda: Answer(shown=len(self.searcher.search(tree, limit=TOP, groupedby=by).groups()))

        def ask() -> Answer:
            stored = [hit.fields() for hit in self.best(tree, query)]
            return Answer(tuple(one["id"] for one in stored), shown=sum(len(one["text"]) for one in stored))

        return ask

    def best(self, tree: wq.Query, query: Query) -> Results:
        limits = wq.NumericRange("day", *query.days) if query.days else None
        if query.want == "newest":
            return self.searcher.search(tree, limit=TOP, filter=limits, sortedby="day", reverse=True)
        return self.searcher.search(tree, limit=TOP, filter=limits)

    def whole(self, query: Query) -> Ask | None:
        if query.want == "months" or query.form == "fuzzy":
            return None
        if query.want == "count":
            return lambda: Answer(total=self.count(self.parsed(query), query))

        def ask() -> Answer:
            results = self.best(self.parsed(query), query)
            passages = [hit.highlights("text", top=PASSAGES) for hit in results]
            return Answer(tuple(hit["id"] for hit in results), len(results), sum(map(len, passages)))

        return ask

    def count(self, tree: wq.Query, query: Query) -> int:
        limited = wq.And([tree, wq.NumericRange("day", *query.days)]) if query.days else tree
        return sum(1 for _ in self.searcher.docs_for_query(limited))

    def total(self, query: Query) -> int | None:
        return self.count(self.tree(query), query)

    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        return lambda: add(index.open_dir(str(self.folder)), articles)


def add(whoosh: index.Index, articles: Iterable[Article]) -> None:
    writer = whoosh.writer(limitmb=256)
    for one in articles:
        writer.add_document(
            id=one.id, text=one.text, headline=one.headline, source=one.source, day=one.day, month=one.month
        )
    writer.commit()
