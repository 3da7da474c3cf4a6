"""The ledger remembers seeds exactly."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
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
from indexer.index.records import SMALL
from indexer.storage import FileDirectory
from indexer.storage.packed import pack

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


@pytest.mark.parametrize("small", [1, 60, SMALL])
@given(found=st.lists(files, max_size=4, unique_by=lambda file: file.path))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ledger_comes_back(monkeypatch: pytest.MonkeyPatch, small: int, found: list[SeedFile]) -> None:
    """Whatever number of records stands apart."""
    monkeypatch.setattr("indexer.index.records.SMALL", small)
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
    "table",
    [
        b"",
        b"1",
        b"[1]",
        b"[[1]]",
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 0, 1, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 1, 1, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 2, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, -1, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, 0, -1]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, 0, 0]]\nx',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, "0", null, null, 0, 0, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0, 0, 0, 0, "1", null, 0, 0, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, "3", 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, 0, 0]]\n',
        b'[["a", 1, 2, 3, 0, 0]]\n',
        b"[" * 100_000,
    ],
)
def test_a_crafted_ledger_is_refused(table: bytes) -> None:
    with pytest.raises(ArchiveDamaged, match="l is not a ledger that this tool wrote"):
        decode(body(table), "l")


@pytest.mark.parametrize("crafted", [b"", b"1", b"x\n", b"-1\n", b"9\nnot packed", b"4\n" + pack(b"[]\n")[:4]])
def test_a_crafted_body_is_refused(crafted: bytes) -> None:
    with pytest.raises(ArchiveDamaged, match=r"^l is "):
        decode(crafted, "l")


@pytest.mark.parametrize(
    "rows", [b"5,", b"[1],", b"[1,7,1,null],", b'[1,"x",1,null],', b"{,", b'[1,1,"x"],[1,1,"x"],', b"[1"]
)
@pytest.mark.parametrize("apart", [0, 1])
def test_crafted_records_are_refused_when_they_are_read(rows: bytes, apart: int) -> None:
    rows = pack(rows) if apart else rows
    head = b'[["a", 1, 2, 3, 0, 0, 1, 0, 0, null, null, 0, %d, %d, 0, 0, 0]]\n' % (apart, len(rows))
    crafted = body(head, rows) if apart else body(head + rows)
    with pytest.raises(ArchiveDamaged, match="the ledger holds records that this tool did not write"):
        list(decode(crafted, "l")["a"].records)


def test_packed_records_that_cannot_be_unpacked_are_damage_when_they_are_read() -> None:
    rows = pack(b'[1,1,"x"],')[:-1]
    head = b'[["a", 1, 2, 3, 0, 0, 1, 0, 0, null, null, 0, 1, %d, 0, 0, 0]]\n' % len(rows)
    ledger = decode(body(head, rows), "l")
    with pytest.raises(ArchiveDamaged, match="the ledger is damaged: it cannot be unpacked"):
        list(ledger["a"].records)


def body(table: bytes, apart: bytes = b"") -> bytes:
    """The body of a ledger with this table."""
    packed = pack(table)
    return b"%d\n%b%b" % (len(packed), packed, apart)


@pytest.mark.parametrize("small", [1, 60, SMALL])
@given(one=st.lists(records, max_size=6), two=st.lists(records, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_records_put_together_packed_are_those_packed_together(
    monkeypatch: pytest.MonkeyPatch, small: int, one: list[Known | Refused], two: list[Known | Refused]
) -> None:
    monkeypatch.setattr("indexer.index.records.SMALL", small)
    joined = Records(one) + Records(two)
    assert joined == Records([*one, *two])
    assert list(joined) == [*one, *two]
    for digest in {record.digest for record in one if record.digest is not None}:
        assert joined.count(digest) == sum(record.digest == digest for record in [*one, *two])
