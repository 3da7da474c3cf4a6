"""The ledger remembers seeds exactly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ArchiveDamaged
from indexer.index.ledger import (
    Known,
    Ledger,
    Refused,
    SeedFile,
    decode,
    encode,
    read_ledger,
    write_ledger,
)
from indexer.index.manifest import FileSum, Manifest
from indexer.storage import FileDirectory

texts = st.text(st.characters(), max_size=12)
digests = st.integers(0, 2**64 - 1)
records = st.one_of(
    st.builds(Known, digests, st.integers(1, 99), texts, st.booleans(), st.none() | st.integers(1, 3_652_059)),
    st.builds(Refused, st.none() | digests, st.integers(0, 99), texts),
)
files = st.builds(
    SeedFile, texts, st.integers(0), st.integers(), st.none() | digests, st.booleans(), st.lists(records, max_size=4)
)


@given(st.lists(files, max_size=4, unique_by=lambda file: file.path))
def test_a_ledger_comes_back(found: list[SeedFile]) -> None:
    ledger = {file.path: file for file in found}
    again = decode(encode(ledger), "l")
    assert again == ledger
    assert list(again) == list(ledger)


def test_a_ledger_comes_back_from_disk(tmp_path: Path) -> None:
    directory = FileDirectory(tmp_path)
    ledger: Ledger = {"a.txt": SeedFile("a.txt", 1, 2, 3, True, [Known(4, 1, "x", True, None)])}
    total = write_ledger(directory, 3, ledger)
    assert read_ledger(directory, Manifest(generation=3, ledger=total)) == ledger
    with pytest.raises(ArchiveDamaged, match="it is not the ledger that its manifest names"):
        read_ledger(directory, Manifest(generation=3, ledger=FileSum(total.size, total.crc ^ 1)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"1",
        b"[1]",
        b"[[1]]",
        b'[["a", 1, 2, 3, 0, [[1]]]]',
        b'[["a", 1, 2, 3, 0, [[1, 1, 7, true, null]]]]',
        b'[["a", 1, 2, 3, 0, 5]]',
        b"[" * 100_000,
    ],
)
def test_a_crafted_ledger_is_refused(body: bytes) -> None:
    with pytest.raises(ArchiveDamaged, match="l is not a ledger that this tool wrote"):
        decode(body, "l")
