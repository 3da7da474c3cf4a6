"""How long does each engine take to answer the same questions?

    python -m benchmarks.speed.latency FOLDER QUERIES ROUNDS ENGINE...

All engines answer a question one after the other, in another order each round. For every engine and query
the first time and the best one are kept, and how many articles match.
"""

import json
import random
import sys
import time
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.speed.peers import engine
from benchmarks.speed.peers.base import Ask, Engine
from benchmarks.speed.queries import Query, load

PATIENCE = 4.0  # seconds for all queries of a kind; a slower engine answers each only once
Times = dict[str, dict[str, list[float]]]  # engine -> "first" and "best" -> seconds of each query


def main(folder: str, queries: str, rounds: str, *names: str) -> None:
    engines = [engine(name, Path(folder)) for name in names]
    for one in engines:
        one.open()
    result: dict[str, Any] = {"bare": {}, "whole": {}, "totals": {}}
    for kind, group in groupby(load(Path(queries)), key=lambda query: query.kind):
        asked = list(group)
        result["totals"][kind] = {one.name: [one.total(query) for query in asked] for one in engines}
        for table in ("bare", "whole"):
            asks = {one.name: questions(one, table, asked) for one in engines}
            result[table][kind] = timed({name: ready for name, ready in asks.items() if ready}, int(rounds))
        print(kind, file=sys.stderr)
    print(json.dumps(result))


def questions(one: Engine, table: str, queries: list[Query]) -> list[Ask]:
    """Return the questions of one kind, none where the engine has no such thing."""
    asks = [getattr(one, table)(query) for query in queries]
    return [] if None in asks else asks


def timed(asks: dict[str, list[Ask]], rounds: int) -> Times:
    """Ask everything ``rounds`` times; the engines take turns at each question."""
    samples: dict[str, list[list[float]]] = defaultdict(list)
    count = max((len(ready) for ready in asks.values()), default=0)
    order = random.Random(0)
    for name in asks:
        samples[name] = [[] for _ in range(count)]
    for number in range(rounds):
        for place in range(count):
            names = [name for name in asks if not number or _patient(samples[name])]
            for name in order.sample(names, len(names)):
                samples[name][place].append(_seconds(asks[name][place]))
    return {
        name: {"first": [taken[0] for taken in each], "best": [min(taken) for taken in each]}
        for name, each in samples.items()
    }


def _patient(samples: list[list[float]]) -> bool:
    return sum(taken[0] for taken in samples) < PATIENCE


def _seconds(ask: Ask) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
