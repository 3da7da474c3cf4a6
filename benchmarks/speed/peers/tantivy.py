"""Tantivy through tantivy-py: ``en_stem``, one thread, 256 MB; prefixes and the like as it has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.speed.corpus import Article, read
from benchmarks.speed.peers.base import PASSAGE_CHARACTERS, PASSAGES, TOP, Answer, Ask, Engine
from benchmarks.speed.queries import NEAR, Query

HEAP = 256 << 20
MONTHS = {"months": {"terms": {"field": "month", "size": 10_000}}}


class Tantivy(Engine):
    name = "tantivy"
    threads = 1

    def version(self) -> str:
        return f"{tantivy.__version__.partition(',')[0]} (tantivy-py, en_stem, 1 thread, heap 256 MB)"

    def build(self, articles: Path) -> None:
        add(tantivy.Index(schema(), str(self.folder)), read(articles), self.threads)

    def open(self) -> None:
        self.tantivy = tantivy.Index.open(str(self.folder))
        self.searcher = self.tantivy.searcher()

    @cached_property
    def stemmer(self) -> Any:
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()

    def understood(self, query: Query) -> Any:
        parsed = self.words(query)
        if query.days is None:
            return parsed
        days = tantivy.Query.range_query(self.tantivy.schema, "day", tantivy.FieldType.Integer, *query.days)
        limited = tantivy.Query.const_score_query(days, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, parsed), (tantivy.Occur.Must, limited)])

    def words(self, query: Query) -> Any:
        schema, word = self.tantivy.schema, query.words[0]
        if query.form == "prefix":
            return tantivy.Query.regex_query(schema, "text", f"{word}.*")
        if query.form == "wildcard":
            return tantivy.Query.regex_query(schema, "text", word.replace("*", ".*"))
        if query.form == "fuzzy":
            stem = self.stemmer.analyze(word)[0]
            return tantivy.Query.fuzzy_term_query(schema, "text", stem, 1, transposition_cost_one=False)
        phrase = f'"{" ".join(query.words)}"'
        text = {
            "all": " ".join(f"+{word}" for word in query.words),
            "any": " ".join(query.words),
            "without": " -".join(query.words),
            "phrase": phrase,
            "near": f"{phrase}~{NEAR}",
        }[query.form]
        return self.tantivy.parse_query(text, ["text"])

    def bare(self, query: Query) -> Ask | None:
        parsed = self.understood(query)
        if query.want == "months":
            return lambda: Answer(shown=len(self.searcher.aggregate(parsed, MONTHS)["months"]["buckets"]))
        if query.want == "count":
            return lambda: Answer(total=self.searcher.search(parsed, 1, count=True).count)

        def ask() -> Answer:
            documents = [self.searcher.doc(address) for _, address in self.best(parsed, query, False).hits]
            shown = sum(len(one["text"][0]) for one in documents)
            return Answer(tuple(one["id"][0] for one in documents), shown=shown)

        return ask

    def best(self, parsed: Any, query: Query, count: bool) -> Any:
        newest = "day" if query.want == "newest" else None
        return self.searcher.search(parsed, TOP, count=count, order_by_field=newest)

    def whole(self, query: Query) -> Ask | None:
        if query.want == "months":
            return None
        return (
            (lambda: Answer(total=self.total(query))) if query.want == "count" else lambda: self.page(query)
        )

    def page(self, query: Query) -> Answer:
        parsed = self.understood(query)
        found = self.best(parsed, query, True)
        snippets = tantivy.SnippetGenerator.create(self.searcher, parsed, self.tantivy.schema, "text")
        snippets.set_max_num_chars(PASSAGES * PASSAGE_CHARACTERS)
        ids, shown = [], 0
        for _, address in found.hits:
            document = self.searcher.doc(address)
            snippet = snippets.snippet_from_doc(document)
            ids.append(document["id"][0])
            shown += len(snippet.fragment()) + 0 * len(snippet.highlighted())
        return Answer(tuple(ids), found.count, shown)

    def total(self, query: Query) -> int | None:
        return int(self.searcher.search(self.understood(query), 1, count=True).count)

    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        return lambda: add(tantivy.Index.open(str(self.folder)), articles)


class Pair(Tantivy):
    """The same with both cores: two threads that index beside the one that reads."""

    threads = 2


def schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("headline", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", stored=True, indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    return builder.build()


def add(index: Any, articles: Iterable[Article], threads: int = 1) -> None:
    writer = index.writer(heap_size=HEAP, num_threads=threads)
    for one in articles:
        writer.add_document(
            tantivy.Document(
                id=one.id,
                text=one.text,
                headline=one.headline,
                source=one.source,
                day=one.day,
                month=one.month,
            )
        )
    writer.commit()
    writer.wait_merging_threads()
