"""Measure what passages show: ``python -m benchmarks.passages``.

    python -m benchmarks.passages                           1,000 queries over each corpus under $NEWS_DATA
    python -m benchmarks.passages --queries 100 --only wikinews --seed 2

Each corpus becomes an archive in a temporary folder; queries are drawn from its articles. Prints a Markdown
table and, below it, the first faults of each corpus. The exit code is 1 where there are any.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from benchmarks.passages.evidence import judge
from benchmarks.passages.sampler import draw
from benchmarks.speed.corpus import Article, real
from indexer import Archive, QueryError
from indexer.index.reader import Snapshot, open_snapshot
from indexer.index.schema import fingerprint
from indexer.query.build import build
from indexer.query.parser import parse
from indexer.search.marking import Clauses
from indexer.storage import FileDirectory

FAULTS = 3  # told of each corpus
COLUMNS = "corpus", "articles", "queries", "refused", "hits", "faults", "two sentences can", "all words shown"


def main() -> int:
    options = _options()
    print(f"| {' | '.join(COLUMNS)} |\n|---|{'--:|' * (len(COLUMNS) - 1)}")
    told: list[str] = []
    for name, group in groupby(real(options.data), key=lambda article: article.id.rpartition("-")[0]):
        if options.only in ("", name):
            faults, row = measured(list(group), options)
            told += [f"{name}: {fault}" for fault in faults[:FAULTS]]
            print(f"| {name} | {' | '.join(row)} |", flush=True)
    print("", *told, sep="\n")
    return 1 if told else 0


def measured(articles: Sequence[Article], options: Namespace) -> tuple[list[str], list[str]]:
    """Return the faults found in the archive of ``articles``, and the figures of its row."""
    with tempfile.TemporaryDirectory() as folder:
        archive = archive_of(articles, Path(folder))
        queries = draw([article.body for article in articles], options.seed, options.queries)
        faults, counts = search_all(archive, queries)
        archive.close()
    share = 100 * counts["covered"] / max(counts["possible"], 1)
    numbers = len(articles), len(queries), counts["refused"], counts["hits"], len(faults), counts["possible"]
    return faults, [*(f"{number:,}" for number in numbers), f"{share:.1f} %"]


def archive_of(articles: Sequence[Article], root: Path) -> Archive:
    """An archive of ``articles``, up to date."""
    for name in ("seeds", "index_data"):
        (root / name).mkdir()
    with (root / "seeds" / "all.jsonl").open("w", encoding="utf-8") as file:
        for one in articles:
            file.write(json.dumps({**asdict(one), "id": None}) + "\n")
    archive = Archive(root)
    archive.update()
    return archive


def search_all(archive: Archive, queries: Sequence[str]) -> tuple[list[str], Counter[str]]:
    """Judge the first page of every query; return the faults, and counts of what was seen."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    directory = FileDirectory(archive.root / "index_data")
    snapshot = open_snapshot(directory, fingerprint(archive.settings.fingerprint()))
    for query in queries:
        try:
            found = archive.search(query, advice=False)
        except QueryError:
            counts["refused"] += 1
            continue
        meaning = build(query, parse(query), archive.analyzer)
        clauses = Clauses(meaning.clauses, meaning.exact)
        for hit in found.hits:
            evidence = judge(hit, _body(snapshot, hit.id), clauses, archive.analyzer)
            faults += [f"{query}: {hit.id}: {fault}" for fault in evidence.faults]
            counts["hits"] += 1
            counts["possible"] += evidence.possible
            counts["covered"] += evidence.possible and evidence.covered
    return faults, counts


def _body(snapshot: Snapshot, id: str) -> str:
    (doc,) = (snapshot.find(whole) for whole in snapshot.ids(id))
    assert doc is not None
    return snapshot.article(doc).body


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    data = Path(os.environ.get("NEWS_DATA", Path(__file__).resolve().parents[2].parent / "shared"))
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="CORPUS")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
