"""Which stemmer serves readers best, and what does it cost?"""

from collections.abc import Callable, Iterator
from time import perf_counter

from benchmarks.effectiveness import report
from benchmarks.effectiveness.analyses import STEMMERS, stem_function
from benchmarks.effectiveness.evaluation import Values, evaluate, means, run
from benchmarks.effectiveness.metrics import randomisation
from benchmarks.effectiveness.ranking import TUNED
from benchmarks.effectiveness.tuning import Bench

REFERENCE = "product"
ROUNDS = 5


def lines(bench: Callable[[str], Bench]) -> Iterator[str]:
    """For each collection, every stemmer with p against REFERENCE; then time and number of stems."""
    values: dict[str, dict[str, Values]] = {}
    words: set[str] = set()
    for stemmer in STEMMERS:
        for name, (collection, ranker) in bench(stemmer).items():
            values.setdefault(name, {})[stemmer] = evaluate(collection, run(ranker, collection, TUNED))
            words.update(ranker.index.stems.terms() if stemmer == "none" else ())
    for name, found in values.items():
        yield f"\n### {name}\n"
        yield from _collection(found)
    yield "\n### Speed\n"
    yield f"{len(words):,} distinct words of these collections, best of {ROUNDS} rounds\n"
    timed = [[stemmer, *_speed(stem_function(stemmer), sorted(words))] for stemmer in STEMMERS]
    yield from report.table(["stemmer", "µs a word", "distinct stems"], timed)


def _collection(found: dict[str, Values]) -> Iterator[str]:
    measures = list(found[REFERENCE])
    rows = [
        [
            stemmer,
            *means(values),
            *(f"{randomisation(list(values[m]), list(found[REFERENCE][m])):.3f}" for m in measures[:2]),
        ]
        for stemmer, values in found.items()
    ]
    yield from report.table(["stemmer", *measures, *(f"p {measure}" for measure in measures[:2])], rows)


def _speed(stem: Callable[[str], str], words: list[str]) -> tuple[str, str]:
    """Microseconds for a word, and how many stems there are."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        stems = [stem(word) for word in words]
        best = min(best, perf_counter() - start)
    return f"{best / len(words) * 1e6:.2f}", f"{len(set(stems)):,}"
