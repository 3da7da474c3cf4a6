"""How long does it take to add a hundred articles to an index, so that they can be found and survive?

    python -m benchmarks.speed.update FOLDER ROUNDS ENGINE...

Works on copies of the indexes and opens them afresh each time, as a command does. A round before the first,
which also loads the programs, is not counted.
"""

import json
import shutil
import sys
import time
from pathlib import Path

from benchmarks.speed.corpus import read
from benchmarks.speed.peers import GROWING, OURS, engine

ADDED = 100


def main(folder: str, rounds: str, *names: str) -> None:
    new = list(read(Path(folder, "new.jsonl")))
    copies = Path(folder, "copies")
    shutil.rmtree(copies, ignore_errors=True)
    engines = [engine(name, copies) for name in names]
    if OURS in names:
        engines.insert(1, engine(GROWING, copies))
    for one in engines:
        shutil.copytree(Path(folder, one.name.partition(",")[0]), one.folder)
    seconds: dict[str, list[float]] = {one.name: [] for one in engines}
    for number in range(int(rounds) + 1):
        for one in engines:
            call = one.add(new[number * ADDED : (number + 1) * ADDED], number)
            began = time.perf_counter()
            call()
            seconds[one.name].append(time.perf_counter() - began)
    shutil.rmtree(copies)
    print(json.dumps({name: taken[1:] for name, taken in seconds.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
