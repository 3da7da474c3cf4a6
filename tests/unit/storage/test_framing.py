"""No byte of a framed file can change unnoticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ArchiveDamaged
from indexer.storage import frame, unframe

FILE = frame("note", 3, b'{"a": 1}\n')


def test_a_body_comes_back() -> None:
    assert unframe("note", 3, FILE, "x") == b'{"a": 1}\n'
    assert unframe("note", 3, frame("note", 3, b""), "x") == b""


def test_every_flipped_bit_is_noticed() -> None:
    for place in range(len(FILE)):
        for bit in range(8):
            data = bytearray(FILE)
            data[place] ^= 1 << bit
            with pytest.raises(ArchiveDamaged, match=r"^x "):
                unframe("note", 3, bytes(data), "x")


def test_every_truncation_and_addition_is_noticed() -> None:
    for end in range(len(FILE)):
        with pytest.raises(ArchiveDamaged):
            unframe("note", 3, FILE[:end], "x")
    with pytest.raises(ArchiveDamaged, match="does not hold what was written"):
        unframe("note", 3, FILE + b"\n", "x")


@given(st.binary(max_size=300))
def test_foreign_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ArchiveDamaged):
        unframe("note", 3, data, "x")


def test_another_kind_or_version_is_told_apart_from_damage() -> None:
    with pytest.raises(ArchiveDamaged, match="x is not a ledger file of this tool"):
        unframe("ledger", 3, FILE, "x")
    with pytest.raises(ArchiveDamaged, match="x has format 3, this version of the tool reads 4"):
        unframe("note", 4, FILE, "x")
