"""Does the product, asked through its own interface, rank like the model?

Each collection becomes an archive in a temporary folder: one seed of JSON lines, built by
`Archive.build`, searched with `any=True`. Score ties are broken by date and id in the product and by
document number in the model, so two top tens agree when, rank by rank, the model gives both documents the
same score.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.effectiveness import report
from benchmarks.effectiveness.analyses import Analysis, words_of
from benchmarks.effectiveness.collections import Collection, load
from benchmarks.effectiveness.evaluation import Rankings, evaluate, means, run
from benchmarks.effectiveness.postings import build
from benchmarks.effectiveness.ranking import DEPTH, Model, Ranker
from indexer import Archive

OPERATORS = {"AND", "OR", "NOT"}
SAME = 1e-6  # scores this near, relatively, are one score: sums were taken in another order


def check(names: list[str], model: Model) -> int:
    """Build, search and compare every collection; 1 when a top ten differs."""
    different = 0
    for name in names:
        collection = load(name)
        analysis = Analysis()
        ranker = Ranker(build(collection.documents, analysis), analysis)
        start = perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            archive = build_archive(Path(folder), collection)
            built = perf_counter()
            product = search_all(archive, collection)
            searched = perf_counter()
            archive.close()
        expected = run(ranker, collection, model)
        rows = [
            [label, *means(evaluate(collection, rankings))]
            for label, rankings in (("product", product), ("model", expected))
        ]
        times = f"built in {built - start:.1f} s, {len(product)} queries in {searched - built:.1f} s"
        print(f"\n### {name}: {times}\n")
        print(*report.table(["run", *collection.measures], rows), sep="\n")
        lines = list(disagreements(collection, ranker, model, product))
        print(f"\n{len(lines)} of {len(product)} top tens differ", *lines[:5], sep="\n")
        different += len(lines)
    return 1 if different else 0


def build_archive(root: Path, collection: Collection) -> Archive:
    """An archive of the documents of a collection, up to date."""
    (root / "seeds").mkdir()
    (root / "index_data").mkdir()
    records = (
        json.dumps({"id": d.id, "headline": d.headline, "body": d.body}, ensure_ascii=False)
        for d in collection.documents
    )
    (root / "seeds" / "documents.jsonl").write_text("\n".join(records), "utf-8")
    archive = Archive(root)
    archive.build()
    return archive


def search_all(archive: Archive, collection: Collection) -> Rankings:
    """The ids that the product finds for each query, with every sign of its query language switched off."""
    options: Any = {"any": True, "limit": DEPTH, "passages": 0, "all_copies": True}
    return {
        query.id: [hit.id for hit in archive.search(typed(query.text), **options).hits]
        for query in collection.queries
    }


def typed(query: str) -> str:
    """The words of a query as a reader would type them to be taken as words."""
    return " ".join(f"\\{word}" if word in OPERATORS else word for word in words_of(query))


def disagreements(collection: Collection, ranker: Ranker, model: Model, product: Rankings) -> Iterator[str]:
    """One line for each query whose top ten is not the model's, equal scores aside."""
    numbers = {document.id: number for number, document in enumerate(collection.documents)}
    for query in collection.queries:
        scores = ranker.scores(query.text, model)
        expected = ranker.rank(query.text, model, 10)
        found = [numbers[id] for id in product[query.id][:10]]
        same = len(found) == len(expected) and all(
            abs(scores[a] - scores[b]) <= SAME * scores[a] for a, b in zip(expected, found, strict=True)
        )
        if not same:
            ids = [collection.documents[number].id for number in expected]
            yield f"  {query.id}: product {' '.join(product[query.id][:10])}; model {' '.join(ids)}"
