"""Every text is read the same way each time, and nothing that is not text is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.decode import decode
from indexer.documents.refusal import Refused

TEXT = "Kishida’s “pauses” – naïve?\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_a_big_endian_mark_is_obeyed() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT
    assert decode(b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be")).text == TEXT


def test_plain_utf_8_needs_no_mention() -> None:
    assert decode(TEXT.encode()).rule == ""


def test_windows_quotes_are_read() -> None:
    assert decode(TEXT.encode("cp1252")) == (TEXT, "Windows-1252")


def test_stray_bytes_do_not_spoil_the_rest() -> None:
    decoded = decode(TEXT.encode() + "“".encode("cp1252"))
    assert decoded.text == TEXT + "“"
    assert decoded.rule == "UTF-8, 1 stray bytes read as Windows-1252"


def test_what_means_nothing_is_counted() -> None:
    decoded = decode(b"caf\xe9 \x81\x8d")
    assert decoded.text == "café \ufffd\ufffd"
    assert decoded.rule == "Windows-1252, 2 unreadable characters"


def test_a_cut_utf_16_file_loses_one_character_only() -> None:
    decoded = decode(TEXT.encode("utf-16")[:-1])
    assert decoded.text == TEXT[:-1] + "\ufffd"
    assert "1 unreadable" in decoded.rule


@pytest.mark.parametrize(
    "content",
    [
        b"text\0more text",
        b"\0" * 100,
        b"%PDF-1.7\nno zero byte here",
        b"PK\x03\x04 zip",
        b"\x1f\x8b gzip",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"\xff\xfea\0\0\0",  # UTF-16 with a NUL character
        "日本".encode("utf-16-le") + b"\0\0",
        b"\xef\xbb\xbf%PDF-1.7",
    ],
)
def test_what_is_not_text_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="binary"):
        decode(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_and_never_half_characters(content: bytes) -> None:
    try:
        text = decode(content).text
    except Refused as refused:
        assert refused.reason == "binary"
    else:
        assert "\0" not in text
        text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=80))
def test_what_was_written_as_utf_8_comes_back(text: str) -> None:
    try:
        assert decode(text.encode()).text == text
    except Refused:
        assert text.startswith(("%PDF-", "{\\rtf", "PK", "GIF8"))
