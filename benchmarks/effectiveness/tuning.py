"""Which parameters rank best on the tuning collections, and what is each idea worth?

Only the tuning collections decide. A model's figure is the mean, over those collections, of the mean of
their two first measures (nDCG@10 and MAP, or MRR@10 and Success@1) divided by the best baseline's.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import inf
from typing import Any

from benchmarks.effectiveness.baselines import best
from benchmarks.effectiveness.collections import Collection
from benchmarks.effectiveness.evaluation import evaluate, means, run
from benchmarks.effectiveness.ranking import Model, Ranker

Bench = dict[str, tuple[Collection, Ranker]]  # collection -> its ranker

GRID: dict[str, tuple[float, ...]] = {
    "k1": (0.9, 1.2, 1.5),
    "b": (0.4, 0.5, 0.6, 0.75),
    "headline": (1.0, 2.0, 3.0, 4.0),
    "function_words": (0.0, 0.1, 0.3, 1.0),
}
IDEAS: dict[str, tuple[float | bool | str, ...]] = {
    "idf": ("robertson", "atire", "whoosh"),
    "weighted_length": (True,),
    "quantised_length": (False,),
    "exact_average": (False,),
    "parts": (False,),
    "repeats": (0.0, 1.0, 8.0, inf),
    "delta": (0.25, 0.5, 1.0),
    "exact": (0.1, 0.2, 0.3),
    "coordination": (0.1, 0.2, 0.5),
    "closeness": (0.1, 0.2, 0.3),
    "window": (1, 2, 8),
}


def worth(bench: Bench, names: tuple[str, ...], model: Model) -> float:
    """The figure of a model over some collections; 1 is as good as the best baselines."""
    return sum(relative(bench, name, model) for name in names) / len(names)


def relative(bench: Bench, name: str, model: Model) -> float:
    """Two first measures of one collection, divided by the best baseline's."""
    collection, ranker = bench[name]
    ours = means(evaluate(collection, run(ranker, collection, model)))
    return sum(ours[:2]) / sum(best(name)[:2])


def grid(start: Model) -> Iterator[Model]:
    """Every combination of GRID, the other parameters as in `start`."""
    for values in product(*GRID.values()):
        changes: dict[str, Any] = dict(zip(GRID, values, strict=True))
        yield replace(start, **changes)


def ideas(start: Model) -> Iterator[tuple[str, Model]]:
    """`start` with one thing changed; windows are tried with some closeness."""
    for name, values in IDEAS.items():
        for value in values:
            if getattr(start, name) == value:
                continue
            changes: dict[str, Any] = {name: value}
            if name == "window":
                changes["closeness"] = 0.2
            yield f"{name}={value}", replace(start, **changes)
