"""docs/format.md says what the code does."""

import json
import re
import struct
import zlib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

DOCS = Path(__file__).resolve().parents[3] / "docs"


def assembler():
    spec = spec_from_file_location("assemble_format", DOCS / "assemble_format.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_docstrings_say():
    assert (DOCS / "format.md").read_text("utf-8") == assembler().assemble(), "run docs/assemble_format.py"


def test_every_module_that_tells_a_layout_is_in_the_page():
    """A layout is a docstring with a line such as ``name  u4[n]  what it holds``."""
    folder = DOCS.parent / "indexer"
    files = [*(folder / "codec").glob("*.py"), folder / "storage" / "sections.py"]
    layout = re.compile(r"^    \S+ +u\d?\|?\S*\[", re.MULTILINE)
    told = {
        f"indexer.{file.parent.name}.{file.stem}"
        for file in files
        if layout.search(file.read_text().split('"""')[1])
    }
    assert told and told <= set(assembler().MODULES.values())


def test_the_example_can_be_written_by_hand_from_the_page(tmp_path):
    """The file is put together from the page by the grammar alone, and is the builder's byte for byte."""
    segment = assembler().build_example(tmp_path)
    listing = re.findall(
        r"^\| `([\w.]+)` \| ([uif]\d) \|.*\| ([0-9a-f]*) \|$", (DOCS / "format.md").read_text(), re.MULTILINE
    )
    assert len(listing) > 50
    body = b"NEWSSECT" + b"SEGMENT".ljust(8, b"\0")
    sections = {}
    for name, type_, digits in listing:
        data = bytes.fromhex(digits)
        body += bytes(-len(body) % 64)
        sections[name] = [type_, len(body), len(data) // int(type_[1])]
        body += data
    body += bytes(-len(body) % 64)
    table = len(body)
    body += json.dumps({"meta": segment.file.meta, "sections": sections}, separators=(",", ":")).encode()
    checks = b"".join(struct.pack("<I", zlib.crc32(body[i : i + 65536])) for i in range(0, len(body), 65536))
    footer = struct.pack("<QQII", table, len(body), zlib.crc32(checks), 4)
    whole = body + checks + footer + struct.pack("<I", zlib.crc32(footer)) + b"TSEC"
    assert whole == (tmp_path / "example").read_bytes()
