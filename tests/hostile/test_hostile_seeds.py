"""One bad seed never stops the others, never hangs, and is never read from outside the folder."""

import gzip
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.documents.article import Article, paragraphs
from indexer.documents.discover import discover
from indexer.documents.formats import parse, records
from indexer.documents.refusal import Refusal
from indexer.documents.seed import read_seed
from indexer.limits import LIMITS, Limits

GOOD = " date 2023-11-08 A Good Headline\nA summary long enough to be one.\n(Agency) -- The story.\n"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def understand(seeds: Path, limits: Limits = LIMITS) -> dict[str, list[Article | Refusal]]:
    """Everything in the folder, by path, as an update would find it."""
    stamps, refusals = discover(seeds, limits)
    found: dict[str, list[Article | Refusal]] = {refusal.path: [refusal] for refusal in refusals}
    for stamp in stamps:
        content = read_seed(seeds, stamp.path, limits)
        items = [content] if isinstance(content, Refusal) else list(records(stamp.path, content))
        found[stamp.path] = [item if isinstance(item, Refusal) else parse(stamp.path, item) for item in items]
    return found


def reasons(seeds: Path, limits: Limits = LIMITS) -> dict[str, str]:
    """What was refused; the good seed must not be among it."""
    found = understand(seeds, limits)
    (good,) = found.pop("good.txt")
    assert isinstance(good, Article)
    assert (good.headline, good.source) == ("A Good Headline", "Agency")
    return {path: item.reason for path, items in found.items() for item in items if isinstance(item, Refusal)}


def test_every_kind_of_bad_file_is_counted_with_its_reason(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for name, content in {
        "empty.txt": b"",
        "blank.txt": b" \r\n\t\n",
        "nul.txt": b"head\0line",
        "noise": bytes(range(256)) * 4,
        "picture": b"\x89PNG\r\n\x1a\n",
        "paper.pdf": b"%PDF-1.4",
        "disguised.txt": b"%PDF-1.4\n",
        "bundle.zip": b"PK\x03\x04",
        "packed.txt": gzip.compress(b"text"),
        "header-only.txt": b"date 2023-11-08\n",
        "broken.json": b'{"title": ',
        "list.json": b"[]",
        "text.jsonl.gz": b"not packed",
    }.items():
        (seeds / name).write_bytes(content)
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "loop").symlink_to("loop")
    (seeds / "up").symlink_to("..")
    (seeds / "secret.txt").symlink_to(tmp_path / "secret.txt")
    assert reasons(seeds) == {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "nul.txt": "binary",
        "noise": "binary",
        "picture": "binary",
        "paper.pdf": "not a text format (.pdf)",
        "disguised.txt": "binary",
        "bundle.zip": "an archive (.zip)",
        "packed.txt": "binary",
        "header-only.txt": "no text",
        "broken.json": "not JSON: expecting value, column 11",
        "list.json": "an empty list",
        "text.jsonl.gz": "not a JSON object",
        "pipe.txt": "a pipe, not a file",
        "loop": "a link that leads in a circle",
        "up": "a link that leaves seeds",
        "secret.txt": "a link that leaves seeds",
    }


@pytest.mark.parametrize("path", ["a.txt", "a.jsonl", "a.json"])
@pytest.mark.parametrize(
    "unit",
    [b"x", b" ", b"\n", b"\r", b"a\n", b"(", b"[", b"{", b'"', b"\\", b"\xff", b"\xe2\x80", b"date ", b"--- ", b"9", b"2023-11-08 ", b"so it goes on and on without\n", b'{"a":', b"\xcc\x81"],
)
@pytest.mark.timeout(30)
def test_a_megabyte_of_anything_is_read_to_its_end(path: str, unit: bytes) -> None:
    content = unit * ((1 << 20) // len(unit))
    for item in records(path, content):
        found = item if isinstance(item, Refusal) else parse(path, item)
        spans = paragraphs(found.body) if isinstance(found, Article) else []
        assert all(start < end for start, end in spans)


@pytest.mark.parametrize("shape", [b" date 2023-11-08 %s", b"%s\nnext", b"head\n%s\n(AP) -- x", b"(%s) -- x", b"LONDON (%s", b"By A%s", b"date%s2023-11-08", b"---\ntitle: %s\n---\n"])
@pytest.mark.parametrize("filler", [b"x", b" ", b"A ", b"(", b"- ", b"/", b",", b"\t", b"1"])
@pytest.mark.timeout(30)
def test_a_megabyte_where_a_rule_looks_is_read_to_its_end(shape: bytes, filler: bytes) -> None:
    content = shape % (filler * ((1 << 20) // len(filler)))
    found = [item if isinstance(item, Refusal) else parse("a.txt", item) for item in records("a.txt", content)]
    assert len(found) == 1


def test_a_single_line_of_100_megabytes_is_refused_unless_the_limit_is_raised(seeds: Path) -> None:
    (seeds / "long.txt").write_bytes(b"word " * (20 << 20))
    assert reasons(seeds) == {"long.txt": "too large (100 MiB, limit 32 MiB)"}
    (seeds / "long.txt").write_bytes(b"word " * (8 << 20))
    (long,) = understand(seeds, Limits(seed_bytes=40 << 20))["long.txt"]
    assert isinstance(long, Article)
    assert (long.headline, len(long.body)) == ("", (40 << 20) - 1)


def test_a_file_exchanged_for_a_pipe_after_the_walk_does_not_block(seeds: Path) -> None:
    discover(seeds)
    (seeds / "good.txt").unlink()
    os.mkfifo(seeds / "good.txt")
    assert read_seed(seeds, "good.txt") == Refusal("good.txt", 0, "a pipe, not a file")


def test_a_file_exchanged_for_a_link_while_it_is_read_never_shows_what_lies_outside(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    stop = threading.Event()

    def exchange() -> None:
        while not stop.is_set():
            for target in (tmp_path / "secret.txt", seeds / "good.txt"):
                (tmp_path / "next").symlink_to(target)
                (tmp_path / "next").rename(seeds / "turning.txt")

    thread = threading.Thread(target=exchange)
    thread.start()
    try:
        seen = {str(read_seed(seeds, "turning.txt")) for _ in range(2000)}
    finally:
        stop.set()
        thread.join()
    assert not any("secret'" in content for content in seen)
    assert seen & {str(GOOD.encode())}


DISGUISES: dict[str, Callable[[str], bytes]] = {
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without mark": lambda text: text.encode("utf-16-le"),
    "utf-32": lambda text: text.encode("utf-32"),
    "windows": lambda text: text.replace("\n", "\r\n").encode("cp1252"),
    "old macintosh": lambda text: text.replace("\n", "\r").encode(),
    "blank lines above": lambda text: "\n \n\t\n" + text,
}


@pytest.mark.parametrize("disguise", [name for name in DISGUISES if name != "blank lines above"])
def test_the_same_article_in_any_dress_is_the_same_article(seeds: Path, disguise: str) -> None:
    (seeds / "good.txt").write_bytes(DISGUISES[disguise](GOOD))
    (found,) = understand(seeds)["good.txt"]
    assert isinstance(found, Article)
    assert (found.day, found.headline, found.summary, found.source, found.body_line) == (
        738832,
        "A Good Headline",
        "A summary long enough to be one.",
        "Agency",
        3,
    )


@pytest.mark.parametrize(
    "text",
    ["\u05d0\u05d1\u05d2 \u202e(gpj.exe", "e\u0301" * 10_000, "a" + "\u0301" * 10_000, "so\u00adft\u200bwords", "\U0010ffff \ufffe", "\x1b]52;c;AAAA\x07", "١٢٣ ２０２３"],
)
def test_strange_characters_stay_as_they_are(text: str) -> None:
    (record,) = records("a.txt", f"Headline\n\n{text}\n".encode())
    assert not isinstance(record, Refusal)
    found = parse("a.txt", record)
    assert isinstance(found, Article)
    assert found.body == text


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(["a.txt", "b", "c.json", "d.jsonl", "e.jsonl.gz", "f.md"]), st.binary(max_size=80)))
def test_random_files_never_stop_the_good_one(seeds: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (seeds / name).write_bytes(content)
    assert all(reasons(seeds).values())
