"""Every promise on the page has a test that exists, and there are few enough to be read."""

import ast
import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
PAGE = (REPO / "docs" / "promises.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| \d+ \|", line)]


def test_there_are_at_most_twelve_each_with_a_figure_and_a_test() -> None:
    assert 1 <= len(ROWS) <= 12
    for number, row in enumerate(ROWS, 1):
        _, place, promise, figure, tests, _ = (cell.strip() for cell in row.split("|"))
        assert place == str(number)
        assert promise and re.search(r"\d|one\b|every\b", figure)
        assert re.fullmatch(r"(`tests/[\w/]+\.py::test_\w+` ?)+", tests)


@pytest.mark.parametrize("test_id", re.findall(r"`(tests/[^`]+)`", "".join(ROWS)))
def test_every_test_on_the_page_exists(test_id: str) -> None:
    path, _, name = test_id.partition("::")
    tree = ast.parse((REPO / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
