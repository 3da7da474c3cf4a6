"""A manifest says exactly what was written, or that it does not."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ArchiveDamaged
from indexer.index.manifest import (
    FileSum,
    Manifest,
    SegmentEntry,
    decode,
    decode_numbers,
    encode,
    encode_numbers,
    generation_of,
    generations,
    read_manifest,
    require_files,
    write_manifest,
)
from indexer.storage import FileDirectory

SEGMENT = SegmentEntry(7, 0, 5, FileSum(3, 4), (1, 2, 4))
MANIFEST = Manifest(
    generation=9,
    fingerprint="0123456789abcdef",
    committed=1,
    segments=(SEGMENT,),
    ledger=FileSum(10, 11),
    stamps=2**64 - 1,
    racy_until=5,
    articles=2,
    undated=1,
    first_day=730_000,
    last_day=730_001,
    id_length=9,
)


def changed(**values: Any) -> bytes:
    return json.dumps(json.loads(encode(MANIFEST)) | values).encode()


def changed_segment(**values: Any) -> bytes:
    return changed(segments=[json.loads(encode(MANIFEST))["segments"][0] | values])


def test_a_manifest_comes_back_from_disk(tmp_path: Path) -> None:
    directory = FileDirectory(tmp_path)
    directory.publish(write_manifest(directory, MANIFEST), "00000009-manifest")
    assert read_manifest(directory, 9) == MANIFEST
    assert directory.names() == ["00000009-manifest"]


def test_a_manifest_under_the_name_of_another_is_damage(tmp_path: Path) -> None:
    directory = FileDirectory(tmp_path)
    directory.publish(write_manifest(directory, MANIFEST), "00000008-manifest")
    with pytest.raises(ArchiveDamaged, match="is the manifest of generation 9"):
        read_manifest(directory, 8)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"nonsense",
        b"[" * 100_000,
        changed(generation="9"),
        changed(generation=-1),
        changed(generation=True),
        changed(articles=3),
        changed(first_day=1.5),
        changed(fingerprint=None),
        changed(surprise=1),
        changed(segments=None),
        changed(segments=[1]),
        changed(ledger=[1]),
        changed(ledger=["a", 1]),
        changed_segment(docs=4),
        changed_segment(deleted="2,1"),
        changed_segment(deleted="1-1000000000000"),
        changed_segment(deleted=[1]),
        changed_segment(file=["/../../etc/passwd", 2]),
        changed_segment(file=[1]),
        changed_segment(number="0/../x"),
        changed_segment(number=-1),
    ],
)
def test_a_crafted_manifest_is_refused(body: bytes) -> None:
    with pytest.raises(ArchiveDamaged, match="m is not a manifest that this tool wrote"):
        decode(body, "m")


@given(st.sets(st.integers(0, 60)))
def test_deleted_numbers_come_back(numbers: set[int]) -> None:
    ascending = tuple(sorted(numbers))
    assert decode_numbers(encode_numbers(ascending), 61) == ascending


@given(st.text("0123456789-,", max_size=12))
def test_deleted_numbers_are_ascending_and_in_bounds_or_refused(text: str) -> None:
    try:
        numbers = decode_numbers(text, 50)
    except ValueError:
        return
    assert list(numbers) == sorted(set(numbers))
    assert all(0 <= number < 50 for number in numbers)


@pytest.mark.parametrize(
    ("name", "generation"),
    [
        ("00000012-manifest", 12),
        ("00000012-manifest.tmp", 12),
        ("123456789-segment.0", 123456789),
        ("00000012-ledger", 12),
        ("12-ledger", None),
        ("20231108-notes.txt", None),
        ("00000012-ledgers", None),
        ("lock", None),
        (".gitignore", None),
        ("0000001²-ledger", None),
        ("00000012_ledger", None),
    ],
)
def test_our_files_are_told_from_foreign_ones(name: str, generation: int | None) -> None:
    assert generation_of(name) == generation


def test_generations_are_those_with_a_manifest_newest_first() -> None:
    names = ["00000002-manifest", "00000010-manifest", "00000011-manifest.tmp", "00000012-ledger", "x-manifest"]
    assert generations(names) == [10, 2]


def test_missing_and_short_files_are_named(tmp_path: Path) -> None:
    directory = FileDirectory(tmp_path)
    directory.write("00000009-ledger", b"x" * 10)
    with pytest.raises(ArchiveDamaged, match=r"00000007-segment\.0 is missing"):
        require_files(directory, MANIFEST)
    directory.write("00000007-segment.0", b"xx")
    with pytest.raises(ArchiveDamaged, match="has 2 bytes, not 3"):
        require_files(directory, MANIFEST)
