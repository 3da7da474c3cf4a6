"""Articles like one are those that share its telling words; itself and its copies are left out."""

import re
from pathlib import Path

import pytest
from test_copies import Desk, story

from indexer.errors import QueryError, UnknownArticle

SHIPS = "The ferry and the dredger met in fog off the harbour. Ferry passengers saw the dredger come out of the fog."
INQUIRY = "An inquiry into ferry and dredger heard that fog lay on the harbour."
SPORT = "The swimming gala off the harbour ended with a medal for everyone who had come."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    for name, day, text in (
        ("ships", "2024-01-01", SHIPS),
        ("inquiry", "2024-02-01", INQUIRY),
        ("sport", "2024-01-05", SPORT),
        ("parliament", "2024-01-06", "Members of parliament voted on bread."),
    ):
        desk.write(name, day, text.split())
    desk.archive.update()
    return desk


def id_of(desk: Desk, name: str) -> str:
    return next(id for id, known in desk.names().items() if known == name)


def like(desk: Desk, name: str, query: str = "", **options: object) -> list[str]:
    results = desk.archive.search(query, like=id_of(desk, name), **options)  # type: ignore[arg-type]
    return [desk.names()[hit.id] for hit in results.hits]


def words(desk: Desk, name: str) -> list[str]:
    """The words that an answer says it looked for."""
    note = desk.archive.search(like=id_of(desk, name)).notes[-1]
    return note.split(": any of ")[1].split(", ")


def test_those_with_more_telling_words_come_first_and_the_article_itself_does_not_come(desk: Desk) -> None:
    assert like(desk, "ships") == ["inquiry", "sport", "parliament"]


def test_the_answer_says_which_words_were_looked_for(desk: Desk) -> None:
    found = words(desk, "ships")
    assert {"ferry", "dredger", "fog", "harbour"} <= set(map(str.lower, found))
    assert not {"the", "and", "passengers"} & set(found)  # function words, and a word no other article has
    assert set(found) == set(desk.archive.search(like=id_of(desk, "ships")).query.split(" OR "))


def test_each_hit_has_one_of_the_words_marked(desk: Desk) -> None:
    expected = {word.lower() for word in words(desk, "ships")}
    for hit in desk.archive.search(like=id_of(desk, "ships")).hits:
        marked = {passage.text[start:end] for passage in hit.passages for start, end in passage.marks}
        marked |= {hit.headline[start:end] for start, end in hit.headline_marks}
        assert expected & set(re.findall(r"\w+", " ".join(marked).lower()))


def test_a_query_dates_and_sort_work_as_ever(desk: Desk) -> None:
    assert like(desk, "ships", "medal") == ["sport"]
    assert like(desk, "ships", until="2024-01-31") == ["sport", "parliament"]
    assert like(desk, "ships", sort="newest", limit=1) == ["inquiry"]
    assert like(desk, "ships", "-medal harbour") == ["inquiry"]
    assert desk.archive.count(like=id_of(desk, "ships")) == 3
    assert desk.archive.count("medal", like=id_of(desk, "ships")) == 1


def test_copies_of_the_article_are_left_out_and_others_folded(desk: Desk) -> None:
    desk.write("first", "2024-03-01", story(1))
    desk.write("second", "2024-03-02", story(1))
    for number in (1, 2):
        desk.write(f"kin{number}", "2024-04-01", [*story(3), *story(1)[:30]])
    desk.archive.update()
    assert sorted(like(desk, "first", story(1)[0])) == ["kin1"]
    assert len(desk.archive.search(story(1)[0], like=id_of(desk, "first")).hits[0].copies) == 1
    assert desk.archive.count(story(1)[0], like=id_of(desk, "second")) == 2


def test_an_id_that_is_none_or_several_is_refused_as_where_an_article_is_read(desk: Desk) -> None:
    for id in ("zz", ""):
        with pytest.raises(UnknownArticle, match="no article has the id"):
            desk.archive.search(like=id)
    (desk.seeds / "a.jsonl").write_text(
        "".join(f'{{"id": "a{n}", "headline": "harbour", "body": "harbour"}}\n' for n in (1, 2))
    )
    desk.archive.update()
    with pytest.raises(UnknownArticle, match="several articles have an id that starts with a"):
        desk.archive.search(like="a")


def test_ids_with_signs_that_are_wildcards_elsewhere_leave_out_one_article(desk: Desk) -> None:
    lines = (f'{{"id": "{id}", "headline": "harbour", "body": "fog"}}\n' for id in ("w*", "wx", "w?"))
    (desk.seeds / "a.jsonl").write_text("".join(lines))
    desk.archive.update()
    assert {hit.id for hit in desk.archive.search("headline:harbour", like="w*").hits} == {"wx", "w?"}


def test_an_article_that_shares_no_telling_word_is_refused(desk: Desk) -> None:
    (desk.seeds / "a.jsonl").write_text('{"id": "lonely", "headline": "", "body": "Zyzzyva 2024 of the"}\n')
    desk.archive.update()
    with pytest.raises(QueryError, match="lonely"):
        desk.archive.search(like="lonely")


def test_a_rebuild_answers_the_same(desk: Desk) -> None:
    before = desk.archive.search(like=id_of(desk, "ships"))
    desk.write("late", "2024-05-01", INQUIRY.split())
    desk.archive.update()
    desk.remove("late")
    desk.archive.update()
    assert desk.archive.search(like=id_of(desk, "ships")) == before
    desk.archive.build()
    assert desk.archive.search(like=id_of(desk, "ships")) == before
