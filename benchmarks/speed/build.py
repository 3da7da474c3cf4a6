"""How long does one engine take to index the articles, and how large is what it makes?

python -m benchmarks.speed.build FOLDER ENGINE
"""

import json
import resource
import shutil
import sys
import time
from pathlib import Path

from benchmarks.speed.children import peak_memory
from benchmarks.speed.peers import engine


def size(path: Path) -> int:
    """Return the bytes of all files under ``path``."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def main(folder: str, name: str) -> None:
    articles = Path(folder, "articles.jsonl")
    made = engine(name, Path(folder))
    shutil.rmtree(made.folder, ignore_errors=True)
    made.prepare(articles)
    began = time.perf_counter()
    made.build(articles)
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    with articles.open("rb") as lines:
        lengths = [len(line) for line in lines][: made.most]
    figures = {
        "version": made.version(),
        "articles": len(lengths),
        "text": sum(lengths),
        "seconds": seconds,
        "cpu": sum(one.ru_utime + one.ru_stime for one in used),
        "memory": peak_memory(),
        "index": size(made.index),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
