"""Nothing that a document says is obeyed by a terminal, a spreadsheet or Markdown, in whatever form it is shown."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli.search import main as search

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egaza\u2069 \x00 <b>*gaza*</b> [x](javascript:y) `"
RECORDS = [
    {"id": f"=id*{number}", "date": f"2023-11-{number:02}", "headline": headline, "source": f"@evil {EVIL}", "body": f"{EVIL}\n\nA gaza pause. {EVIL} " + "gaza, " * 200}
    for number, headline in enumerate(("=HYPERLINK(gaza)", "+gaza", f"-gaza {EVIL}", "@gaza", "# gaza", "1. gaza", "停火 gaza " * 30), 1)
]  # fmt: skip
WAYS = (
    (), ("--by", "month"), ("--by", "source"), ("-p", "all", "--sort", "oldest"), ("--explain",), ("-f", "csv"), ("-f", "md"),
    ("-p", "all", "--sort", "newest", "-f", "csv"), ("--by", "source", "-f", "csv"), ("--read", "=id*3"), ("--read", "=id*3", "-f", "md"),
)  # fmt: skip
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;(?:file://[A-Za-z0-9%/._~-]*)?\x1b\\")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    for name in ("seeds", "index_data"):
        (root / name).mkdir()
    (root / "seeds" / "evil.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return root


def ask(archive: Path, *words: str, **environment: str):
    done = CliRunner().invoke(search, ["--archive", str(archive), *words], env=environment)
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize("columns", ["24", "80", "200"])
@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_terminal_gets_no_order_but_ours(archive: Path, way: tuple[str, ...], columns: str) -> None:
    done = ask(archive, "gaza", *way, COLUMNS=columns, FORCE_COLOR="1", FORCE_HYPERLINKS="1")
    assert done.stdout
    for line in (done.stdout + done.stderr).splitlines():
        assert OURS.sub("", line).isprintable()


@pytest.mark.parametrize("way", [way for way in WAYS if "csv" in way], ids=" ".join)
def test_no_cell_is_a_formula(archive: Path, way: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(ask(archive, "gaza", *way).stdout)))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("way", [("-f", "md"), ("--read", "=id*3", "-f", "md")], ids=" ".join)
def test_markdown_has_no_markup_but_ours(archive: Path, way: tuple[str, ...]) -> None:
    for line in ask(archive, "gaza", *way).stdout.splitlines():
        bare = re.sub(r"\\.|`` .*? ``|`[^`]*`", "", line).replace("**", "")
        assert not re.search(r"[*_`<\[\]~|$&]", bare)
