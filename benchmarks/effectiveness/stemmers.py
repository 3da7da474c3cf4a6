"""Which stemmer serves readers best, and what does it cost?"""

from collections.abc import Callable, Iterator
from time import perf_counter

from benchmarks.effectiveness import report
from benchmarks.effectiveness.analyses import STEMMERS, stem_function
from benchmarks.effectiveness.evaluation import evaluate, means, run
from benchmarks.effectiveness.metrics import randomisation
from benchmarks.effectiveness.ranking import TUNED
from benchmarks.effectiveness.tuning import Bench

REFERENCE = "english"
ROUNDS = 5


def lines(bench: Callable[[str], Bench]) -> Iterator[str]:
    """For each collection, every stemmer with p against REFERENCE; then time and number of stems."""
    found = {stemmer: bench(stemmer) for stemmer in (REFERENCE, *STEMMERS)}
    for name, (collection, _) in found[REFERENCE].items():
        values = {
            stemmer: evaluate(collection, run(tried[name][1], collection, TUNED))
            for stemmer, tried in found.items()
        }
        first, second = collection.measures[:2]
        rows = [
            [
                stemmer,
                *means(each),
                *(f"{randomisation(list(each[m]), list(values[REFERENCE][m])):.3f}" for m in (first, second)),
            ]
            for stemmer, each in values.items()
        ]
        yield f"\n### {name}\n"
        yield from report.table(["stemmer", *collection.measures, f"p {first}", f"p {second}"], rows)
    yield "\n### Speed\n"
    words = sorted({word for _, ranker in found["none"].values() for word in ranker.index.stems.terms()})
    yield f"{len(words):,} distinct words of these collections, best of {ROUNDS} rounds\n"
    timed = [
        [stemmer, *_speed(stem_function(stemmer), words)] for stemmer in STEMMERS if stemmer != "product"
    ]
    yield from report.table(["stemmer", "µs a word", "distinct stems"], timed)


def _speed(stem: Callable[[str], str], words: list[str]) -> tuple[str, str]:
    best = float("inf")
    stems: set[str] = set()
    for _ in range(ROUNDS):
        start = perf_counter()
        stems = set(map(stem, words))
        best = min(best, perf_counter() - start)
    return f"{best / len(words) * 1e6:.2f}", f"{len(stems):,}"
