"""How good is a ranking, given which documents were judged relevant, and is one run better than another?

Pure functions. A *ranking* is a sequence of document ids, best first, without repetitions; *grades* map
the judged documents of one query to their grade, 0 or less meaning "not relevant". Documents without a
judgement count as not relevant. Every measure lies between 0 and 1 and needs at least one relevant
document: without one it raises ValueError, because no number would be honest.
"""

from collections.abc import Mapping, Sequence
from math import log2

import numpy as np

Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) with the grade itself as gain.

    The discount of rank r is log2(r + 1), as in trec_eval.

    >>> ndcg(["a", "b"], {"a": 1, "b": 2})  # (1/1 + 2/1.585) / (2/1 + 1/1.585)
    0.8597186998521972
    """
    relevant = _relevant(grades)
    gained = [relevant.get(doc, 0) for doc in ranking[:depth]]
    ideal = sorted(relevant.values(), reverse=True)[:depth]
    return _discounted(gained) / _discounted(ideal)


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """Mean of the precision at the rank of each relevant document; one that is not in the ranking adds 0.

    >>> average_precision(["a", "x", "b"], {"a": 1, "b": 1, "c": 1})  # (1/1 + 2/3 + 0) / 3
    0.5555555555555555
    """
    relevant = _relevant(grades)
    total = 0.0
    found = 0
    for rank, doc in enumerate(ranking, 1):
        if doc in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def recall(ranking: Sequence[str], grades: Grades, depth: int = 100) -> float:
    """Share of the relevant documents that are among the first `depth`."""
    relevant = _relevant(grades)
    return sum(doc in relevant for doc in ranking[:depth]) / len(relevant)


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """One over the rank of the first relevant document; 0 when it is not among the first `depth`."""
    relevant = _relevant(grades)
    return next((1.0 / rank for rank, doc in enumerate(ranking[:depth], 1) if doc in relevant), 0.0)


def success(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """1 when a relevant document is among the first `depth`, otherwise 0."""
    relevant = _relevant(grades)
    return float(any(doc in relevant for doc in ranking[:depth]))


def randomisation(
    ours: Sequence[float], theirs: Sequence[float], samples: int = 10_000, seed: int = 1
) -> float:
    """Two-sided p of the paired randomisation test (Fisher 1935; Smucker, Allan and Carterette 2007).

    The values are one measure of the same queries under two runs. If the runs were equally good, each
    query's difference might as well have had the other sign: p is the share of random sign changes that
    yield a mean difference at least as large as the observed one, the observed signs counted as one of
    them.

    >>> randomisation([0.5, 0.25], [0.5, 0.25])
    1.0
    """
    differences = np.subtract(ours, theirs, dtype=np.float64)
    differences = differences[differences != 0.0]
    if not differences.size:
        return 1.0
    random = np.random.default_rng(seed)
    observed = abs(differences.sum()) - 1e-12 * np.abs(differences).sum()
    signs = random.integers(0, 2, size=(samples, differences.size), dtype=np.int8) * 2 - 1
    extreme = np.count_nonzero(np.abs(signs @ differences) >= observed)
    return float(extreme + 1) / (samples + 1)


def _relevant(grades: Grades) -> dict[str, int]:
    relevant = {doc: grade for doc, grade in grades.items() if grade > 0}
    if not relevant:
        raise ValueError("a query without a relevant document has no measure; leave it out")
    return relevant


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
