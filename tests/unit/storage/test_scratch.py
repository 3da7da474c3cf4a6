"""What waits in a scratch file comes back as it was, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from indexer.errors import StorageError
from indexer.storage.directory import FileDirectory
from indexer.storage.scratch import Scratch


def test_numbers_come_back_from_where_they_were_put(tmp_path: Path) -> None:
    scratch = Scratch(FileDirectory(tmp_path))
    first, second = np.arange(70_000), np.arange(5, dtype=np.uint16)
    scratch.write(first.nbytes, second)
    scratch.write(0, first)
    for place, numbers in ((0, first), (first.nbytes, second)):
        into = np.zeros_like(numbers)
        scratch.read(place, into)
        assert into.tolist() == numbers.tolist()
    assert list(tmp_path.iterdir()) == []  # it has no name
    scratch.close()


def test_a_file_that_ends_too_early_is_an_error(tmp_path: Path) -> None:
    scratch = Scratch(FileDirectory(tmp_path))
    scratch.write(0, np.arange(3))
    with pytest.raises(StorageError, match="ends too early"):
        scratch.read(8, np.zeros(3, np.int64))
