"""An explanation says what was read and counted, and its lines add up to the score."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Archive
from indexer.present import explanation, records
from indexer.present.canvas import PLAIN, Canvas
from indexer.search.results import Explanation

REPO = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    root = tmp_path_factory.mktemp("explained")
    (root / "index_data").mkdir()
    (root / "seeds").symlink_to(REPO / "seeds")
    archive = Archive(root)
    archive.update()
    yield archive
    archive.close()


def explained(archive: Archive, query: str, **given: str) -> Explanation:
    found = archive.search(query, explain=True, **given).explanation
    assert found is not None
    return found


WORDS = ["gaza", "pause", "=pauses", "paus*", "blinkn~", '"of the"', "cease-fire", "G7", "the^3", '"gaza pauses"~9', "source:*", "since:2023"]
QUERIES = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["OR", "AND"]), inner)
    | st.builds("({} -{})".format, inner, st.sampled_from(WORDS[:4]))
    | st.builds("({} w/9 {})".format, *[st.sampled_from(WORDS[:7])] * 2)
    | st.builds("body:{}".format, st.sampled_from(WORDS[:7])),
    max_leaves=4,
)


@given(QUERIES)
@settings(max_examples=60, deadline=None)
def test_the_lines_of_a_hit_add_up_to_its_score(archive: Archive, query: str) -> None:
    results = archive.search(query, explain=True, passages=0)
    assert results.explanation is not None
    for hit, points in zip(results.hits, results.explanation.points, strict=True):
        assert sum(one.points for one in points) == pytest.approx(hit.score, rel=1e-9, abs=1e-12)


def test_everything_asked_for_is_told_with_its_articles(archive: Archive) -> None:
    found = explained(archive, "(gaza OR sudan) -tokyo source:*", on="2023")
    assert found.understood == "(gaza OR sudan) NOT tokyo source:*"
    assert [(told.text, told.excluded) for told in found.told] == [
        ("gaza", False), ("sudan", False), ("source:*", False), ("tokyo", True),
    ]  # fmt: skip
    for told in found.told:
        assert told.articles == archive.count(told.text, on="2023")


def test_every_expansion_is_told(archive: Archive) -> None:
    ways = {told.text: told.ways for told in explained(archive, "paus* cease-fire blinkn~ =pauses").told}
    assert dict(ways["paus*"][0].words) == {form: archive.count(f"={form}") for form in ("pause", "pauses", "pausing")}
    assert [way.how for way in ways["cease-fire"]] == ["any form", "phrase in any form"]
    assert ways["blinkn~"][0].words[0][0] == "blinken"
    assert ways["=pauses"] == ((("as written"), (("pauses", archive.count("=pauses")),), 0),)


def test_what_was_read_is_counted_and_differs_by_query(archive: Archive) -> None:
    small, large = explained(archive, "sudan"), explained(archive, '"of the" OR t*')
    assert 0 < small.lists < large.lists and 0 < small.postings < large.postings < large.tokens
    assert 0 < small.seconds < 60


def test_only_who_asks_gets_an_explanation(archive: Archive) -> None:
    assert archive.search("gaza").explanation is None
    assert "explanation" not in "".join(records.document(archive.search("gaza")))
    assert '"explanation":{"understood":"gaza"' in "".join(records.document(archive.search("gaza", explain=True)))


def test_the_page_names_every_part(archive: Archive) -> None:
    results = archive.search("(gaza paus* -sudan", explain=True, on="2023-11", limit=1)
    page = list(explanation.render(results, Canvas(80, PLAIN)))
    assert page[0] == "Read as  gaza paus* NOT sudan"
    assert page[1] == "Dates    1 Nov 2023 – 30 Nov 2023"
    assert page[2].startswith("Note     a bracket was not closed")
    assert any(line.startswith("Read     ") and " lists, " in line for line in page)
    assert any(line.startswith("without sudan · ") for line in page)
    assert any(line.startswith("  stands for: pause ") for line in page)
    assert any(line.startswith("Score = count × idf × weight (1.2 + 1)") for line in page)
    assert any(line.startswith("      gaza  ") and " idf " in line for line in page)
    assert all(len(line) <= 80 for line in page)
