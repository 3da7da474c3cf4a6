"""How are the figures shown? Plain text tables, one line a run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from benchmarks.effectiveness.baselines import BASELINES, ENGINES, best
from benchmarks.effectiveness.collections import REPORTED, Collection
from benchmarks.effectiveness.evaluation import Rankings, Values, evaluate, means
from benchmarks.effectiveness.metrics import randomisation

TOLERANCE = 0.02  # what a single reported collection may lie below its best baseline
MOST_QUERIES = 15  # shown at each end of the differences


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table; numbers with four digits."""
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"


def comparison(
    collection: Collection, ours: Mapping[str, Values], theirs: Mapping[str, Values]
) -> Iterator[str]:
    """One collection: the published baselines, then `ours`, each with p against each of `theirs`.

    The p is of the collection's first measure, by the randomisation test.
    """
    first = collection.measures[0]
    size = f"{len(collection.documents):,} documents, {len(collection.queries)} queries"
    yield f"\n### {collection.name}: {size}\n"
    published: list[list[object]] = [
        [engine, *row, *[""] * len(theirs)]
        for engine, row in zip(ENGINES, BASELINES[collection.name], strict=True)
    ]
    measured: list[list[object]] = [
        [name, *means(values), *[_p(values[first], other[first]) for other in theirs.values()]]
        for name, values in ours.items()
    ]
    yield from table(["run", *collection.measures, *(f"p: {name}" for name in theirs)], published + measured)


def verdict(values: Mapping[str, Values]) -> tuple[bool, list[str]]:
    """Whether our figures on REPORTED, by collection, meet the goal, and the lines that say so.

    The goal, for the first two measures: their mean over the collections is not below the mean of the best
    baselines, and none is more than TOLERANCE below its best baseline.
    """
    lines: list[str] = []
    good = True
    for place in (0, 1):
        ours = [means(values[name])[place] for name in REPORTED]
        theirs = [best(name)[place] for name in REPORTED]
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        good = good and sum(ours) >= sum(theirs) and min(ratios) >= 1 - TOLERANCE
        measures = "nDCG@10 and MRR@10" if place == 0 else "MAP and Success@1"
        each = ", ".join(f"{name} {ratio - 1:+.1%}" for name, ratio in zip(REPORTED, ratios, strict=True))
        lines.append(
            f"{measures}: mean {np.mean(ours):.4f}, best baselines {np.mean(theirs):.4f} "
            f"({sum(ours) / sum(theirs) - 1:+.1%}); {each}"
        )
    return good, [*lines, f"goal {'met' if good else 'MISSED'}"]


def differences(
    collection: Collection, name: str, ours: Rankings, other: str, theirs: Rankings
) -> Iterator[str]:
    """The queries that two runs answer most differently by the first measure, worst for us first."""
    first = collection.measures[0]
    a, b = evaluate(collection, ours)[first], evaluate(collection, theirs)[first]
    gains = a - b
    yield f"\n### {collection.name}, {first}: {name} against {other}\n"
    yield f"{(gains > 0).sum()} better, {(gains < 0).sum()} worse, {(gains == 0).sum()} equal\n"
    order = np.argsort(gains, kind="stable")
    shown = [int(i) for i in order if gains[i] != 0]
    if len(shown) > 2 * MOST_QUERIES:
        shown = shown[:MOST_QUERIES] + shown[-MOST_QUERIES:]
    rows = [
        [
            collection.queries[i].id,
            float(gains[i]),
            float(a[i]),
            float(b[i]),
            _short(collection.queries[i].text),
        ]
        for i in shown
    ]
    yield from table(["query", "difference", name, other, "text"], rows)


def _p(ours: np.ndarray, theirs: np.ndarray) -> str:
    if ours is theirs:
        return ""
    sign = "=" if ours.mean() == theirs.mean() else "+" if ours.mean() > theirs.mean() else "-"
    return f"{sign} {randomisation(list(ours), list(theirs)):.3f}"


def _short(text: str, most: int = 90) -> str:
    line = " ".join(text.split()).replace("|", "/")
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _cell(cell: object) -> str:
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)
