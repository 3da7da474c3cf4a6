"""The main job, end to end: articles go into seeds, the next search knows them and shows why."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import Archive, NoArchive
from indexer.cli.keeper import main as keeper
from indexer.cli.search import main as search_command
from indexer.storage.lock import Lock

MakeArchive = Callable[..., Archive]
GAZA = " date 2023-11-08 Talks in Tokyo\nMinisters of seven countries met for two days.\nTOKYO (Harbour Wire) -- Ministers asked for humanitarian pauses in Gaza.\n"


def search(archive: Archive, *words: str) -> Result:
    return CliRunner().invoke(search_command, ["--archive", str(archive.root), *words])


def found(archive: Archive, *words: str) -> list[str]:
    """The paths that a search prints; it must not fail."""
    result = search(archive, "--json", *words)
    assert result.exit_code in (0, 1), result.output + result.stderr
    return [hit["path"] for hit in json.loads(result.stdout)["results"]]


def test_the_users_own_article_is_found_by_the_next_search(make_archive: MakeArchive, shared: Path) -> None:
    archive = make_archive(other=" date 2023-01-01 Other\nNothing to see.\nA pause.\n")
    assert found(archive, "humanitarian pauses") == []
    shutil.copy(shared / "seeds" / "000_3f31db6b9962369a.txt", archive.root / "seeds")

    answer = json.loads(search(archive, "--json", "humanitarian pauses").stdout)
    hit = answer["results"][0]
    assert (answer["total"], answer["exact_total"]) == (1, 1)
    assert (hit["date"], hit["source"]) == ("2023-11-08", "Bloomberg")
    assert hit["passages"][0]["text"].startswith("(Bloomberg) -- Japan and the US said")
    start, end = hit["passages"][0]["marks"][0]
    assert hit["passages"][0]["text"][start:end] == "humanitarian pauses"
    assert (hit["passages"][0]["paragraph"], hit["passages"][0]["line"]) == (1, 3)
    assert found(archive, "kamikawa", "--on", "2023-11") == ["seeds/000_3f31db6b9962369a.txt"]
    assert found(archive, "kamikawa", "--until", "2023-11-07") == []


def test_added_changed_and_removed_seeds_are_known_to_the_next_search(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    assert found(archive, "pauses") == ["seeds/one.txt"]
    (archive.root / "seeds" / "two.txt").write_text(GAZA.replace("Gaza", "Sudan"))
    assert sorted(found(archive, "pauses")) == ["seeds/one.txt", "seeds/two.txt"]
    (archive.root / "seeds" / "one.txt").write_text(GAZA.replace("pauses", "corridors"))
    assert found(archive, "pauses") == ["seeds/two.txt"]
    assert found(archive, "corridors") == ["seeds/one.txt"]
    (archive.root / "seeds" / "two.txt").unlink()
    assert found(archive, "pauses") == []


def test_a_deleted_index_is_built_again_by_the_next_search(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    assert found(archive, "pauses") == ["seeds/one.txt"]
    shutil.rmtree(archive.root / "index_data")
    assert found(archive, "pauses") == ["seeds/one.txt"]


def test_a_search_while_another_process_updates_answers_from_before_and_says_so(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    archive.update()
    (archive.root / "seeds" / "two.txt").write_text(GAZA)
    with Lock(archive.root / "index_data"):
        result = search(archive, "-l", "pauses")
    assert result.exit_code == 0
    assert "one.txt" in result.stdout and "two.txt" not in result.stdout
    assert "another process is updating" in result.stderr


def test_an_archive_that_cannot_be_written_is_searched_as_it_is(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    archive.update()
    (archive.root / "seeds" / "two.txt").write_text(GAZA)
    lock = archive.root / "index_data" / "lock"
    lock.unlink()
    lock.mkdir()  # as good as a read-only disk, and works for root too
    result = search(archive, "-l", "pauses")
    assert result.exit_code == 0
    assert "one.txt" in result.stdout and "two.txt" not in result.stdout
    assert "newer seeds are not indexed" in result.stderr


def test_a_vanished_folder_of_seeds_retires_nothing(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    archive.update()
    shutil.rmtree(archive.root / "seeds")
    result = search(archive, "-c", "pauses")
    assert (result.exit_code, result.stdout) == (0, "1\n")
    assert "the folder of seeds is missing" in result.stderr
    refused = CliRunner().invoke(keeper, ["update", "--archive", str(archive.root)])
    assert refused.exit_code == 3
    assert "--allow-shrink" in refused.stderr


def test_no_more_than_a_fifth_is_retired_unasked(make_archive: MakeArchive) -> None:
    archive = make_archive(**{f"a{n:03}": GAZA for n in range(120)})
    archive.update()
    for n in range(30):
        (archive.root / "seeds" / f"a{n:03}.txt").unlink()
    result = search(archive, "-c", "pauses")
    assert result.stdout == "120\n"
    assert "30 of 120 articles are gone from seeds" in result.stderr
    allowed = CliRunner().invoke(keeper, ["update", "--allow-shrink", "--archive", str(archive.root)])
    assert allowed.exit_code == 0
    assert search(archive, "-c", "pauses").stdout == "90\n"


def test_without_an_update_an_archive_without_index_says_what_to_do(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    result = search(archive, "--no-update", "pauses")
    assert result.exit_code == 3
    assert "has no index yet. Run: indexer update" in result.stderr


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--since", "2023-11-31"), "--since 2023-11-31: November 2023 has 30 days."),
        (("--since", "11/08/2023"), "could be 11 August or 8 November. Write 2023-08-11 or 2023-11-08."),
        (("--since", "2023-12", "--until", "2023-11"), "no day lies between them"),
    ],
)
def test_a_date_that_makes_no_sense_is_refused_in_one_line(make_archive: MakeArchive, option, says) -> None:
    result = search(make_archive(one=GAZA), "gaza", *option)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_undated_articles_are_left_out_by_a_date_limit_and_counted(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA, two="An undated note\nPauses are discussed here, too.\n")
    archive.update()
    assert archive.search("pauses").total == 2
    results = archive.search("pauses", on="2023")
    assert (results.total, results.undated_left_out) == (1, 1)
    assert [hit.day is None for hit in archive.search("pauses", sort="newest").hits] == [False, True]


def test_an_archive_is_found_from_any_folder_below(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    below = archive.root / "seeds" / "deep" / "down"
    below.mkdir(parents=True)
    assert Archive.find(below).root == archive.root
    with pytest.raises(NoArchive, match=r"looked for seeds/ and index_data/"):
        Archive.find(archive.root.parent)


def test_ids_are_accepted_by_their_beginning(make_archive: MakeArchive) -> None:
    archive = make_archive(one=GAZA)
    archive.update()
    hit = archive.search("pauses").hits[0]
    assert len(hit.id) == 8
    reading = archive.read(hit.id[:4], "pauses")
    assert reading.hit.path == "seeds/one.txt"
    assert [passage.line for passage in reading.paragraphs] == [3]
    assert reading.paragraphs[0].marks
