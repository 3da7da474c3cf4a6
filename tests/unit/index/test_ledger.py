"""The ledger remembers seeds exactly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ArchiveDamaged
from indexer.index.ledger import (
    Known,
    Ledger,
    Records,
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
days = st.none() | st.integers(1, 3_652_059)
records = st.one_of(
    st.builds(Known, digests, st.integers(1, 99), texts, st.just(True), days),
    st.builds(Known, digests, st.integers(1, 99), digests.map("{:016x}".format), st.just(False), days),
    st.builds(Refused, st.none() | digests, st.integers(0, 99), texts),
)
files = st.builds(
    SeedFile,
    texts,
    st.integers(0),
    st.integers(),
    st.none() | digests,
    st.booleans(),
    st.lists(records, max_size=4).map(Records),
    st.booleans(),
)


@given(st.lists(files, max_size=4, unique_by=lambda file: file.path))
def test_a_ledger_comes_back(found: list[SeedFile]) -> None:
    ledger = {file.path: file for file in found}
    again = decode(encode(ledger), "l")
    assert again == ledger
    assert list(again) == list(ledger)


def test_a_ledger_comes_back_from_disk(tmp_path: Path) -> None:
    directory = FileDirectory(tmp_path)
    ledger: Ledger = {"a.txt": SeedFile("a.txt", 1, 2, 3, True, Records([Known(4, 1, "x", True, None)]))}
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
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 1, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, -1]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, 0]]\nx',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, "0", null, null, 0, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, "1", null, 0, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, "3", 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0]]\n',
        b"[" * 100_000,
    ],
)
def test_a_crafted_ledger_is_refused(body: bytes) -> None:
    with pytest.raises(ArchiveDamaged, match="l is not a ledger that this tool wrote"):
        decode(body, "l")


@pytest.mark.parametrize(
    "rows", [b"5", b"[1]", b"[1,7,1,null]", b'[1,"x",1,null]', b"{", b'[1,1,"x"],[1,1,"x"]']
)
def test_crafted_records_are_refused_when_they_are_read(rows: bytes) -> None:
    head = b'[["a", 1, 2, 3, 0, 0, 1, 0, 0, null, null, 0, %d, 0, 0, 0]]\n' % len(rows)
    with pytest.raises(ArchiveDamaged, match="the ledger holds records that this tool did not write"):
        list(decode(head + rows, "l")["a"].records)


@given(st.lists(records, max_size=6), st.lists(records, max_size=6))
def test_records_put_together_packed_are_those_packed_together(
    one: list[Known | Refused], two: list[Known | Refused]
) -> None:
    joined = Records(one) + Records(two)
    assert joined == Records([*one, *two])
    assert list(joined) == [*one, *two]
    for digest in {record.digest for record in one if record.digest is not None}:
        assert joined.count(digest) == sum(record.digest == digest for record in [*one, *two])
