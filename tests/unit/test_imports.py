"""A command loads what it needs and nothing else: start-up is most of the time that a search takes.

The lists are exact. Where a change makes one of them longer, ask first whether every search has to pay for it, or
whether the import can wait until its module is used; docs/decisions/0004-start-up.md says what an import costs.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from indexes import Workbench

REPO = Path(__file__).resolve().parents[2]
STANDARD = sys.stdlib_module_names | {"indexer", "cython_runtime"}  # the latter is part of PyStemmer

ZSTD = {"backports"} if sys.version_info < (3, 14) else set()

HELP = {"cli": "arguments ending manual numbers opening options request search streams", "": "errors"}
SEARCH = {
    "": "archive errors limits",
    "analysis": "ambiguous analyzer folding function_words regional settings spellings stemming synonyms token "
    "tokenizer words",
    "cli": "answer arguments ending manual numbers opening options progress request search streams",
    "codec": "arrays aside dense documents families form_counts frames impact keywords pages positions postings segment "
    "sentence_table sketches stored terms",
    "documents": "discover kinds refusal",
    "index": "glance manifest marks reader schema seeds segments trusted",
    "present": "advice canvas clip days escape formats text width wrap",
    "query": "build keywords lexer nodes operands parser patterns placed placing rewriting syntax values words",
    "search": "answer asked candidates collector copies distance evaluator expansion kernels keywords marking "
    "matching mentions nearness occurrences part passages places results statistics tally term_list",
    "storage": "digest directory framing sections zstandard",
}

DUMP = """
import json, os, sys
from importlib import import_module
module, *arguments = sys.argv[1:]
answers, sys.argv = os.dup(1), ["x", *arguments]
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
try:
    import_module(module).main()
except SystemExit as end:
    code = end.code
os.write(answers, json.dumps([code, sorted(sys.modules), os.environ.get("OPENBLAS_NUM_THREADS")]).encode())
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose index is current."""
    bench = Workbench(tmp_path_factory.mktemp("archive"))
    for name in "abc":  # with fewer hits a search would look for advice as well
        bench.write(f"{name}.txt", "8 November 2023\n\nPauses urged in Gaza\n\nMinisters asked for pauses in Gaza.\n")
    bench.update()
    return bench.root


def run(module: str, *arguments: str, **environment: str) -> tuple[set[str], str | None]:
    """The modules that a command has loaded when it ends, and the number of threads it allows for algebra."""
    plain = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", DUMP, module, *arguments],
        env=plain | {"PYTHONPATH": str(REPO)} | environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    code, modules, threads = json.loads(done.stdout)
    assert code == 0
    return set(modules), threads


def search(archive: Path, *words: str) -> set[str]:
    return run("indexer.cli.search", "--archive", str(archive), *words)[0]


def keep(*words: str) -> set[str]:
    return run("indexer.cli.keeper", *words)[0]


def ours(modules: set[str]) -> set[str]:
    """Our own modules; packages load with them."""
    packages = {"indexer", *(f"indexer.{name}" for name in SEARCH)}
    return {name.removeprefix("indexer.") for name in modules - packages if name.startswith("indexer.")}


def listed(names: dict[str, str]) -> set[str]:
    return {f"{package}.{name}".lstrip(".") for package, some in names.items() for name in some.split()}


def packages(modules: set[str]) -> set[str]:
    """The packages of others."""
    return {name for name in modules if "." not in name and name[0] != "_"} - STANDARD


def inside(modules: set[str], *parents: str) -> set[str]:
    """Those modules that are or lie in one of ``parents``."""
    return {name for name in modules if any(f"{name}.".startswith(f"{parent}.") for parent in parents)}


def test_a_plain_search_loads_exactly_this(archive: Path) -> None:
    loaded = search(archive, "gaza", "pauses")
    assert ours(loaded) == listed(SEARCH)
    assert packages(loaded) == {"click", "numpy", "Stemmer", *ZSTD}


def test_of_the_packages_of_others_it_loads_no_more_than_the_packages_themselves(archive: Path) -> None:
    unasked = {"numpy.ma"}
    asked = "import click, numpy, json, sys; print(json.dumps(sorted(sys.modules)))"
    plain = json.loads(subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True).stdout)
    more = search(archive, "gaza", "pauses") - set(plain)
    assert not inside(more, *unasked)
    assert not inside(more, "hashlib", "shutil", "tomllib", "importlib.metadata", "logging", "concurrent")


def test_help_waits_for_click_alone() -> None:
    loaded, _ = run("indexer.cli.search", "--help")
    assert ours(loaded) == listed(HELP)
    assert packages(loaded) == {"click"}
    assert packages(keep("--help")) == {"click"}


def test_dates_are_loaded_for_a_date(archive: Path) -> None:
    loaded = search(archive, "gaza", "--since", "2023")
    assert ours(loaded) - listed(SEARCH) == {"query.dates"}


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["status"], ["numpy", "whoosh", "indexer.documents.formats", "indexer.analysis.analyzer", "indexer.query"]),
        (["update"], ["whoosh", "indexer.documents.formats", "indexer.query", "indexer.search.answer"]),
    ],
)
def test_the_keeper_loads_no_more_than_it_needs(archive: Path, words: Sequence[str], unneeded: Sequence[str]) -> None:
    assert not inside(keep(*words, "--archive", str(archive)), *unneeded)


def test_to_show_a_seed_no_index_is_loaded(archive: Path) -> None:
    loaded = keep("show", "--archive", str(archive), str(archive / "seeds/a.txt"))
    assert not inside(loaded, "numpy", "whoosh", "Stemmer", "indexer.codec", "indexer.query", "indexer.index.reader")


def test_no_threads_are_started_for_algebra_unless_somebody_wants_them(archive: Path) -> None:
    arguments = ("indexer.cli.search", "--archive", str(archive), "gaza")
    assert run(*arguments)[1] == "1"
    assert run(*arguments, OPENBLAS_NUM_THREADS="4")[1] == "4"
