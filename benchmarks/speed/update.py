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
from benchmarks.speed.peers import engine

ADDED = 100


def main(folder: str, rounds: str, *names: str) -> None:
    new = list(read(Path(folder, "new.jsonl")))
    copies = Path(folder, "copies")
    shutil.rmtree(copies, ignore_errors=True)
    for name in names:
        shutil.copytree(Path(folder, name), copies / name)
    engines = [engine(name, copies) for name in names]
    seconds: dict[str, list[float]] = {name: [] for name in names}
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
