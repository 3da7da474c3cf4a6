"""Folders that tests may read, and archives that they may fill."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import Archive

REPO = Path(__file__).resolve().parent.parent


@pytest.fixture
def shared() -> Path:
    """The folder with the user's own article and real corpora; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("NEWS_DATA", REPO.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no folder of real articles at {folder}; set NEWS_DATA to one")
    return folder


@pytest.fixture
def make_archive(tmp_path: Path) -> Callable[..., Archive]:
    """Return a function that makes an archive of texts by file name."""

    def make(**texts: str) -> Archive:
        root = tmp_path / "archive"
        (root / "seeds").mkdir(parents=True, exist_ok=True)
        (root / "index_data").mkdir(exist_ok=True)
        for name, text in texts.items():
            (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
        return Archive(root)

    return make
