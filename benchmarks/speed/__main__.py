"""Measure building, asking, updating and starting beside other engines: ``python -m benchmarks.speed``.

    python -m benchmarks.speed                              10,000 made-up articles, every engine installed
    python -m benchmarks.speed --articles 100000 --folder /var/tmp/speed --only build,query
    python -m benchmarks.speed --corpus words --articles 20000          a million distinct words
    python -m benchmarks.speed --corpus real                            the real corpora under $NEWS_DATA

Prints Markdown. Figures of one run are for comparing with each other; other machines give others. With
--folder, which must be outside the repository, the corpus and the peers' indexes are kept there and used
again by runs without the step build; our own index is always built anew.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.speed import cold, tables
from benchmarks.speed.children import REPOSITORY, call
from benchmarks.speed.corpus import KINDS
from benchmarks.speed.peers import CLASSES, FILES, OURS, PAIRS, PEERS, installed
from benchmarks.speed.queries import load

STEPS = ("build", "query", "update", "cold")
LIMITED = {"whoosh": 100_000, "xapian": 20_000}  # articles; above that they are only built, on so many

MOST_FILES = 100_000  # that are made, one for each article


def main() -> int:
    options = _options()
    if options.folder:
        report(options, options.folder)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(options, Path(folder))
    return 0


def report(options: Namespace, base: Path) -> None:
    """Run the steps asked for and print a table for each."""
    folder = base / f"{options.corpus}-{options.articles}-{options.seed}"
    if not (folder / "articles.jsonl").exists():
        call("corpus", folder, options.corpus, options.articles, options.seed)
    for line in lines(options, folder):
        print(line, flush=True)


def lines(options: Namespace, folder: Path) -> Iterator[str]:
    """Yield the report line by line, as it is measured."""
    names = [OURS, *options.peers]
    stale = [name for name in names if name == OURS or not (folder / name).exists()]
    figures = {name: call("build", folder, name) for name in (names if "build" in options.only else stale)}
    yield from heading(options, figures)
    if "build" in options.only:
        yield from ("", "### Building", "", *tables.built(figures, OURS))
        pairs = {PAIRS[name]: call("build", folder, PAIRS[name]) for name in names if name in PAIRS}
        yield from ("", "### Building with two cores", "", *tables.built(pairs, PAIRS[OURS]))
        for name in pairs:
            shutil.rmtree(folder / name)  # nothing is asked of them
    names = [name for name in names if options.articles <= LIMITED.get(name, options.articles)]
    if "query" in options.only or "cold" in options.only:
        queries = Path(call("queries", folder, options.seed, options.each))
    if "query" in options.only:
        yield from asking(call("latency", folder, queries, options.rounds, *names), names)
    if "update" in options.only:
        yield from ("", "### A hundred articles added, durably", "")
        yield from tables.added(call("update", folder, options.rounds, *names))
    if "cold" in options.only:
        started = [name for name in names if name in (OURS, *cold.INDEXES)]
        if options.articles <= MOST_FILES:
            call("build", folder, FILES)
            started.insert(1, FILES)
        yield from starting(folder, queries, started, options.runs)


def heading(options: Namespace, figures: dict[str, Any]) -> Iterator[str]:
    count, text = figures[OURS]["articles"], figures[OURS]["text"]
    yield f"## {count:,} articles ({options.corpus}, seed {options.seed}, {text / 1e6:.0f} MB)"
    yield ""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"{date.today()}, {python}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores."
    yield " ".join(f"{one['version']}." for one in figures.values()) + f" NumPy {_version('numpy')}."


def asking(found: dict[str, Any], names: list[str]) -> Iterator[str]:
    yield from ("", "### Engine: ten best articles with all that is stored, no total", "")
    yield from tables.asked(found["bare"], names)
    yield from ("", "### Product: query as typed, exact total, ten articles with passages", "")
    yield from tables.asked(found["whole"], names)
    yield from ("", "### Matches: the same work?", "", *tables.agreement(found["totals"], names))


def starting(folder: Path, queries: Path, names: list[str], runs: int) -> Iterator[str]:
    kinds = {kind: list(group) for kind, group in groupby(load(queries), key=lambda query: query.kind)}
    raced = {kind: cold.race(folder, names, kinds[kind], runs) for kind in cold.CASES}
    yield from ("", "### Cold: the whole process, from the command typed to the answer read", "")
    yield from tables.cold(raced, names)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _options() -> Namespace:
    parser = ArgumentParser(
        prog="python -m benchmarks.speed", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--articles", type=int, default=10_000, metavar="N")
    add("--seed", type=int, default=1, metavar="N", help="of the articles and of the queries")
    add("--corpus", choices=KINDS, default="news")
    add("--folder", type=Path, help="where corpora and indexes are kept (default: a temporary folder)")
    add("--only", type=_listed(STEPS), default=STEPS, metavar="STEPS", help=f"some of {','.join(STEPS)}")
    add(
        "--peers",
        type=_listed(PEERS),
        metavar="NAMES",
        help=f"some of {','.join(PEERS)} (default: as installed)",
    )
    add("--each", type=int, default=20, metavar="N", help="queries of a kind (default: 20)")
    add(
        "--rounds", type=int, default=5, metavar="N", help="times each is asked; the best counts (default: 5)"
    )
    add("--runs", type=int, default=15, metavar="N", help="processes started for each cold row (default: 15)")
    options = parser.parse_args()
    if options.peers is None:
        options.peers = [name for name in PEERS if installed(name)]
    absent = [name for name in options.peers if not installed(name)]
    if absent:
        parser.error(f"not installed: {', '.join(CLASSES[name][0] for name in absent)}")
    if options.folder and options.folder.resolve().is_relative_to(REPOSITORY.resolve()):
        parser.error("the folder must be outside the repository")
    return options


def _listed(known: tuple[str, ...]) -> Any:
    def names(text: str) -> list[str]:
        given = [name for name in text.split(",") if name]
        if set(given) - set(known):
            raise ValueError
        return given

    return names


if __name__ == "__main__":
    sys.exit(main())
