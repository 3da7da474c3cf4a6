"""Which documents, queries and judgements make up each test collection?

The files are read where they lie: below the folder named by the environment variable NEWS_DATA or, by
default, in `shared` beside the repository. Per collection there are documents (gzipped JSON lines), queries
(JSON lines) and judgements in TREC form (`query 0 document grade`).
"""

import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path

from benchmarks.effectiveness.metrics import Grades

ADHOC = ("ndcg@10", "map", "recall@100")
KNOWN_ITEM = ("mrr@10", "success@1", "success@10")
TUNING = ("cran", "npl", "reuters-even")
REPORTED = ("cisi", "adi", "reuters-odd")
NAMES = ("cran", "cisi", "npl", "adi", "reuters", "reuters-even", "reuters-odd")


class NoCollection(Exception):
    """The files of a test collection are not there."""


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    headline: str
    body: str


@dataclass(frozen=True, slots=True)
class Query:
    id: str
    text: str
    grades: Grades


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents in file order; only the queries that have a relevant document, in file order."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    measures: tuple[str, ...]


def data_folder() -> Path:
    """The folder that holds `test-collections` and `reuters-21578`."""
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    given = Path(os.environ.get("NEWS_DATA") or beside)
    return given / "data" if (given / "data").is_dir() else given


def load(name: str) -> Collection:
    """Read one of NAMES; the halves of Reuters share its documents. Raises NoCollection."""
    if name not in NAMES:
        raise NoCollection(f"no collection is called {name}; there are {', '.join(NAMES)}")
    try:
        return _load_known_items(name) if name.startswith("reuters") else _load_adhoc(name)
    except FileNotFoundError as error:
        raise NoCollection(f"{name}: no {error.filename}; set NEWS_DATA to the folder of the data") from error


def _load_adhoc(name: str) -> Collection:
    folder = data_folder() / "test-collections" / name
    documents = _read_documents(folder / "docs.jsonl.gz", with_headline=True)
    queries = _read_queries(folder / "queries.jsonl", folder / "qrels.txt")
    return Collection(name, documents, queries, ADHOC)


def _load_known_items(name: str) -> Collection:
    """The headline is the query, so documents are bodies only. Queries are numbered from 1 as in the file."""
    folder = data_folder() / "reuters-21578"
    documents = _read_documents(folder / "articles.jsonl.gz", with_headline=False)
    queries = _read_queries(folder / "known-item.queries.jsonl", folder / "known-item.qrels.txt")
    half = {"reuters-even": queries[1::2], "reuters-odd": queries[::2]}.get(name, queries)
    return Collection(name, documents, half, KNOWN_ITEM)


def _read_documents(path: Path, with_headline: bool) -> tuple[Document, ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return tuple(
        Document(record["id"], record["headline"] or "" if with_headline else "", record["body"] or "")
        for record in records
    )


def _read_queries(queries: Path, judgements: Path) -> tuple[Query, ...]:
    grades: dict[str, dict[str, int]] = {}
    for line in judgements.read_text("utf-8").splitlines():
        query, _, document, grade = line.split()
        grades.setdefault(query, {})[document] = int(grade)
    records = [json.loads(line) for line in queries.read_text("utf-8").splitlines()]
    return tuple(
        Query(record["id"], record["text"], grades[record["id"]])
        for record in records
        if any(grade > 0 for grade in grades.get(record["id"], {}).values())
    )
