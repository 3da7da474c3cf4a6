import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ArchiveDamaged
from indexer.storage import packed
from indexer.storage.packed import pack, unpack


@given(st.builds(lambda data, times: data * times, st.binary(max_size=50), st.integers(0, 3000)))
def test_what_is_packed_is_unpacked(data: bytes) -> None:
    assert unpack(pack(data), "x") == data


def test_anything_else_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pack(b"hello" * 1000)
    monkeypatch.setattr(packed, "MOST", 4999)
    for data in (b"", b"hello", whole[:-1], whole + b"x", whole + whole, whole):
        with pytest.raises(ArchiveDamaged, match="y is damaged: it cannot be unpacked"):
            unpack(data, "y")
