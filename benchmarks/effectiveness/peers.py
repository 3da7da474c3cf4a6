"""How do other engines rank the same queries over the same documents?

Each peer gets headline and body as one text, all words of the query joined by OR, and may answer with
1,000 documents. Peers that are not installed are left out; none is needed for our own figures. The
settings are those of the README of the test collections: bm25s 0.3.16 (its `lucene` method, Snowball
English, its own stop words), SQLite's FTS5 (`porter unicode61`), Tantivy 0.27 (`en_stem`), Whoosh
(`StemmingAnalyzer`, `BM25F` at its defaults).
"""

import re
import sqlite3
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.effectiveness.collections import Collection, Document

DEPTH = 1_000
Rankings = dict[str, list[str]]  # query id -> document ids, best first


def installed() -> dict[str, Callable[[Collection], Rankings]]:
    """The peers that can run here, by name."""
    peers: dict[str, tuple[str, Callable[[Collection], Rankings]]] = {
        "bm25s k1=1.5 b=.75": ("bm25s", lambda collection: rank_bm25s(collection, 1.5, 0.75)),
        "bm25s k1=0.9 b=.4": ("bm25s", lambda collection: rank_bm25s(collection, 0.9, 0.4)),
        "sqlite FTS5 porter": ("sqlite3", rank_fts5),
        "Tantivy en_stem": ("tantivy", rank_tantivy),
        "Whoosh stem, BM25F": ("whoosh", rank_whoosh),
    }
    return {name: rank for name, (module, rank) in peers.items() if find_spec(module)}


def rank_bm25s(collection: Collection, k1: float, b: float) -> Rankings:
    """Here repeated query words count repeatedly."""
    bm25s: Any = import_module("bm25s")

    stemmer = import_module("Stemmer").Stemmer("english")
    options: dict[str, Any] = {"stopwords": "en", "stemmer": stemmer, "show_progress": False}
    scorer = bm25s.BM25(k1=k1, b=b, method="lucene")
    scorer.index(bm25s.tokenize([text_of(d) for d in collection.documents], **options), show_progress=False)
    depth = min(DEPTH, len(collection.documents))
    rankings: Rankings = {}
    for query in collection.queries:
        words = bm25s.tokenize([query.text], return_ids=False, **options)
        numbers, scores = scorer.retrieve(words, k=depth, show_progress=False)
        rankings[query.id] = [
            collection.documents[number].id
            for number, score in zip(numbers[0], scores[0], strict=True)
            if score > 0
        ]
    return rankings


def rank_fts5(collection: Collection) -> Rankings:
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table docs using fts5(id unindexed, text, tokenize='porter unicode61')")
    database.executemany("insert into docs values (?, ?)", ((d.id, text_of(d)) for d in collection.documents))
    search = f"select id from docs where docs match ? order by bm25(docs) limit {DEPTH}"
    return {
        query.id: [
            doc for (doc,) in database.execute(search, (" OR ".join(f'"{w}"' for w in words_of(query.text)),))
        ]
        for query in collection.queries
    }


def rank_tantivy(collection: Collection) -> Rankings:
    tantivy: Any = import_module("tantivy")

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=64 << 20, num_threads=1)
    for document in collection.documents:
        writer.add_document(tantivy.Document(id=document.id, text=text_of(document)))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    rankings: Rankings = {}
    for query in collection.queries:
        parsed = index.parse_query(" ".join(words_of(query.text)), ["text"])
        hits = searcher.search(parsed, DEPTH).hits
        rankings[query.id] = [searcher.doc(address)["id"][0] for _, address in hits]
    return rankings


def rank_whoosh(collection: Collection) -> Rankings:
    analysis, fields, index, query, scoring = (
        import_module(f"whoosh.{name}") for name in ("analysis", "fields", "index", "query", "scoring")
    )

    analyzer = analysis.StemmingAnalyzer()
    schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=analyzer))
    rankings: Rankings = {}
    with tempfile.TemporaryDirectory() as folder:
        store = index.create_in(folder, schema)
        writer = store.writer(limitmb=128)
        for document in collection.documents:
            writer.add_document(id=document.id, text=text_of(document))
        writer.commit()
        with store.searcher(weighting=scoring.BM25F()) as searcher:
            for wanted in collection.queries:
                stems = dict.fromkeys(token.text for token in analyzer(wanted.text, mode="query"))
                parsed = query.Or([query.Term("text", stem) for stem in stems])
                rankings[wanted.id] = [hit["id"] for hit in searcher.search(parsed, limit=DEPTH)]
    return rankings


def text_of(document: Document) -> str:
    return f"{document.headline}\n{document.body}"


def words_of(text: str) -> list[str]:
    """Distinct words, in order, without any sign that a query language could take for its own."""
    return list(dict.fromkeys(re.findall(r"\w+", text.lower())))
