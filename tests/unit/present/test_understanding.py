"""Promise: the keeper sees each part of a seed, the rule that found it, and the line each paragraph stands on."""

from indexer.documents.article import Article
from indexer.documents.refusal import Refusal
from indexer.present import understanding
from indexer.present.canvas import Canvas

TEXT = Article(
    id="3f31db6b9962369a",
    own_id=False,
    path="a.txt",
    line=1,
    body_line=3,
    day=738832,
    headline="To Seek Gaza ‘Pauses’",
    summary="",
    source="Bloomberg",
    body="First paragraph.\n\nSecond, with \x1b[2J in it.\n" + "word " * 100,
    rules=(("date", "date line"), ("source", "name in brackets"), ("encoding", "UTF-8")),
)
RECORD = Article("x1", True, "b.jsonl", 7, 7, None, "", "They met.", None, "One.\n\nTwo.", ())


def test_a_text_is_shown_part_by_part():
    lines = list(understanding.render([TEXT], Canvas(80)))
    assert lines[:10] == [
        "a.txt:1",
        "Id        3f31db6b9962369a",
        "Date      Wed 8 Nov 2023",
        "          by: date line",
        "Headline  To Seek Gaza ‘Pauses’",
        "Summary   none",
        "Source    Bloomberg",
        "          by: name in brackets",
        "Encoding  UTF-8",
        "¶1   line 3     First paragraph.",
    ]
    assert lines[10] == "¶2   line 5     Second, with ␛[2J in it."
    assert lines[11].startswith("¶3   line 6     word word")
    assert lines[-1].endswith("…")
    assert len(lines) < 16


def test_paragraphs_of_a_record_stand_on_the_line_of_the_record():
    lines = list(understanding.render([RECORD, Refusal("b.jsonl", 8, "not JSON")], Canvas(80)))
    assert lines[0] == "b.jsonl:7"
    assert "Date      undated" in lines
    assert "Headline  none" in lines
    assert [line for line in lines if line.startswith("¶")] == ["¶1   line 7     One.", "¶2   line 7     Two."]
    assert lines[-3:] == ["", "b.jsonl:8", "Refused   not JSON"]
