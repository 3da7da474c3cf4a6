"""What does each measure say of one run over one collection?"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from benchmarks.effectiveness import metrics
from benchmarks.effectiveness.collections import Collection
from benchmarks.effectiveness.metrics import Grades
from benchmarks.effectiveness.postings import Floats
from benchmarks.effectiveness.ranking import Model, Ranker

Rankings = Mapping[str, Sequence[str]]  # query id -> document ids, best first
Values = dict[str, Floats]  # measure -> one value for each query, in the order of the collection

MEASURES: dict[str, Callable[[Sequence[str], Grades], float]] = {
    "ndcg@10": partial(metrics.ndcg, depth=10),
    "map": metrics.average_precision,
    "recall@100": partial(metrics.recall, depth=100),
    "mrr@10": partial(metrics.reciprocal_rank, depth=10),
    "success@1": partial(metrics.success, depth=1),
    "success@10": partial(metrics.success, depth=10),
}


def run(ranker: Ranker, collection: Collection, model: Model) -> Rankings:
    """Rank every query of a collection under a model."""
    ids = [document.id for document in collection.documents]
    return {q.id: [ids[doc] for doc in ranker.rank(q.text, model)] for q in collection.queries}


def evaluate(collection: Collection, rankings: Rankings) -> Values:
    """The measures of a collection, query by query."""
    return {
        name: np.array([MEASURES[name](rankings[q.id], q.grades) for q in collection.queries])
        for name in collection.measures
    }


def means(values: Values) -> tuple[float, ...]:
    """The mean of each measure."""
    return tuple(float(value.mean()) for value in values.values())
