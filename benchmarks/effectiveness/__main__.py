"""Measure how well a search ranks. Run it in the repository: ``python -m benchmarks.effectiveness``.

    python -m benchmarks.effectiveness                    all collections, our model against the published
    baselines python -m benchmarks.effectiveness cisi adi           some collections python -m
    benchmarks.effectiveness --peers            the other engines too, as far as installed, with tests
    python -m benchmarks.effectiveness --queries cran     the queries that we and textbook BM25 answer
    differently python -m benchmarks.effectiveness --tune             search the grid on the tuning
    collections, then report python -m benchmarks.effectiveness --stemmers         every stemmer on every
    collection, and its speed python -m benchmarks.effectiveness --archive          a real archive: does
    the product rank like the model?

The data are found by NEWS_DATA or in ``../shared``. Exit codes: 0, 1 when the goal is missed or the
product ranks otherwise than the model, 2 when the data are missing.
"""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterable

from benchmarks.effectiveness import archive, peers, report, stemmers, tuning
from benchmarks.effectiveness.analyses import Analysis
from benchmarks.effectiveness.collections import NAMES, REPORTED, TUNING, NoCollection, load
from benchmarks.effectiveness.evaluation import Rankings, evaluate, run
from benchmarks.effectiveness.postings import build
from benchmarks.effectiveness.ranking import PLAIN, TUNED, Ranker

BASELINE = "textbook BM25"
MODELS = {"ours": TUNED, BASELINE: PLAIN}


def main() -> int:
    options = _options()
    try:
        return _run(options)
    except NoCollection as error:
        print(f"effectiveness: {error}", file=sys.stderr)
        return 2


def bench(names: Iterable[str], stemmer: str = "product") -> tuning.Bench:
    """The collections with their rankers; those of the same documents share one."""
    analysis = Analysis(stemmer)
    found: tuning.Bench = {}
    for name in names:
        collection = load(name)
        same = [ranker for other, ranker in found.values() if other.documents == collection.documents]
        found[name] = collection, same[0] if same else Ranker(build(collection.documents, analysis), analysis)
    return found


def _run(options: Namespace) -> int:
    if options.queries:
        return _show_queries(options.queries)
    if options.tune:
        return _tune()
    if options.stemmers:
        return _print(stemmers.lines(lambda stemmer: bench(options.names, stemmer)))
    if options.archive:
        return archive.check(options.names, TUNED)
    return _compare(options.names, options.peers)


def _compare(names: list[str], with_peers: bool) -> int:
    """Every collection under every model; tests against textbook BM25 and FTS5, or all peers."""
    goal = {}
    for name, (collection, ranker) in bench(names).items():
        ours = {
            label: evaluate(collection, run(ranker, collection, model)) for label, model in MODELS.items()
        }
        installed = peers.installed()
        chosen = installed if with_peers else {"sqlite FTS5 porter": installed["sqlite FTS5 porter"]}
        theirs = {peer: evaluate(collection, rank(collection)) for peer, rank in chosen.items()}
        measured = {f"{peer} (here)": values for peer, values in theirs.items()} if with_peers else {}
        _print(report.comparison(collection, measured | ours, {BASELINE: ours[BASELINE]} | theirs))
        goal[name] = ours["ours"]
    if not set(REPORTED) <= goal.keys():
        return 0
    good, lines = report.verdict(goal)
    print("\n### Goal\n", *lines, sep="\n")
    return 0 if good else 1


def _show_queries(name: str) -> int:
    collection, ranker = bench([name])[name]
    runs: dict[str, Rankings] = {label: run(ranker, collection, model) for label, model in MODELS.items()}
    _print(report.differences(collection, "ours", runs["ours"], BASELINE, runs[BASELINE]))
    return 0


def _tune() -> int:
    """The grid, then each idea on top of the tuned model; the reported collections decide nothing."""
    tried = bench((*TUNING, *REPORTED))
    found = sorted(
        ((tuning.worth(tried, TUNING, model), model) for model in tuning.grid(TUNED)),
        key=lambda pair: -pair[0],
    )
    header = [*tuning.GRID, "tuning", *REPORTED]
    rows = [
        [*(getattr(model, name) for name in tuning.GRID), worth, *_reported(tried, model)]
        for worth, model in found[:10]
    ]
    print("Figures are relative to the best baselines; only the tuning collections decide.\n")
    _print(report.table(header, rows))
    print("\nOne change to the tuned model at a time:\n")
    ideas = [("none", TUNED), *tuning.ideas(TUNED)]
    changed = [[label, *(tuning.relative(tried, name, model) for name in (*TUNING, *REPORTED)),
                tuning.worth(tried, TUNING, model), tuning.worth(tried, REPORTED, model)]
               for label, model in ideas]  # fmt: skip
    return _print(report.table(["change", *TUNING, *REPORTED, "tuning", "reported"], changed))


def _reported(tried: tuning.Bench, model: object) -> list[float]:
    return [tuning.relative(tried, name, model) for name in REPORTED]  # type: ignore[arg-type]


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, flush=True)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(
        prog="python -m benchmarks.effectiveness",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names", nargs="*", metavar="collection", help=f"some of {', '.join(NAMES)} (default: all)"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--peers", action="store_true", help="run the other engines, as far as installed")
    what.add_argument("--queries", choices=NAMES, help="differences query by query")
    what.add_argument("--tune", action="store_true", help="search the grid on the tuning collections")
    what.add_argument("--stemmers", action="store_true", help="compare stemmers")
    what.add_argument(
        "--archive", action="store_true", help="search a real archive built in a temporary folder"
    )
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no collection is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    options.names = options.names or [name for name in NAMES if name != "reuters"]
    return options


if __name__ == "__main__":
    sys.exit(main())
