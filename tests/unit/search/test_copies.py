"""Copies are folded under the earliest, whatever the query, the page, the segments and their history."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from time import sleep

import numpy as np
import pytest

from indexer.analysis.copying import Wording, is_copy, wording
from indexer.archive import Archive
from indexer.codec.sketches import NONE
from indexer.limits import LIMITS
from indexer.search.candidates import DAYS, LEAST
from indexer.search.evaluator import Evaluator
from indexer.search.results import Results

WORDS = [f"word{letter}{other}" for letter in "abcdefghijklmnopqrst" for other in "abcdefghijklmnopqrst"]


def story(seed: int, count: int = 120) -> list[str]:
    random = Random(seed)
    return [random.choice(WORDS) for _ in range(count)]


class Desk:
    """An archive that articles are put into one by one."""

    def __init__(self, root: Path) -> None:
        self.seeds = root / "seeds"
        self.seeds.mkdir(parents=True)
        (root / "index_data").mkdir()
        self.archive = Archive(root)

    def write(self, name: str, day: str, words: Sequence[str], headline: str = "") -> None:
        text = f" date {day} {headline or 'Headline ' + name}\nsummary\n{' '.join(words)} anywhere.\n"
        (self.seeds / f"{name}.txt").write_text(text)

    def remove(self, name: str) -> None:
        (self.seeds / f"{name}.txt").unlink()

    def groups(self, query: str = "anywhere", **options: object) -> list[list[str]]:
        """The names of the articles of each group, the one shown first; one segment more for each call."""
        self.archive.update(allow_shrink=True)
        return named(self.archive.search(query, **options), self.names())  # type: ignore[arg-type]

    def names(self) -> dict[str, str]:
        found = self.archive.search("*", limit=0, all_copies=True)
        return {hit.id: Path(hit.path).stem for hit in found.hits}


def named(results: Results, names: dict[str, str]) -> list[list[str]]:
    return [[names[id] for id in (hit.id, *hit.copies)] for hit in results.hits]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def three_copies(desk: Desk) -> None:
    desk.write("second", "2024-01-02", story(1), "Another headline")
    desk.write("first", "2024-01-01", story(1))
    desk.write("third", "2024-01-03", story(1)[:80])
    desk.write("other", "2024-01-02", story(2))


def test_the_earliest_is_shown_and_the_others_are_its_copies(desk: Desk) -> None:
    three_copies(desk)
    assert sorted(desk.groups()) == [["first", "second", "third"], ["other"]]


def test_totals_count_articles_and_all_copies_lists_them(desk: Desk) -> None:
    three_copies(desk)
    desk.archive.update()
    folded, unfolded = desk.archive.search("anywhere"), desk.archive.search("anywhere", all_copies=True)
    assert folded.total == unfolded.total == desk.archive.count("anywhere") == len(unfolded.hits) == 4
    assert folded.entries == len(folded.hits) == 2
    assert not any(hit.copies for hit in unfolded.hits)
    told = {id for hit in folded.hits for id in (hit.id, *hit.copies)}
    assert told == {hit.id for hit in unfolded.hits}


def test_only_matching_articles_are_folded_and_the_earliest_of_them_is_shown(desk: Desk) -> None:
    three_copies(desk)
    assert desk.groups("anywhere", since="2024-01-02") == [["second", "third"], ["other"]]
    assert desk.groups(story(1)[-1], on="2024-01-02") == [["second"]]


def test_of_one_day_the_fullest_is_shown(desk: Desk) -> None:
    desk.write("a", "2024-01-01", story(1)[:80])
    desk.write("b", "2024-01-01", story(1))
    assert desk.groups() == [["b", "a"]]


def test_a_group_stands_where_its_best_article_would_and_by_date_where_the_shown_one_does(desk: Desk) -> None:
    desk.write("first", "2024-01-01", story(1), "Nothing")
    desk.write("between", "2024-01-02", [*story(2), "eureka", "eureka"])
    desk.write("second", "2024-01-03", [*story(1)[:100], "eureka"], "Eureka, eureka: eureka")
    desk.write("early", "2024-01-01", ["eureka", *story(1)], "Nothing")
    assert desk.groups("eureka") == [["early", "second"], ["between"]]
    assert desk.groups("eureka", sort="newest") == [["between"], ["early", "second"]]
    assert desk.groups("eureka", sort="oldest") == [["early", "second"], ["between"]]


@pytest.mark.parametrize(("apart", "folded"), [(DAYS, True), (DAYS + 1, False)])
def test_copies_are_at_most_so_many_days_apart(desk: Desk, apart: int, folded: bool) -> None:
    begin = date(2024, 1, 30).toordinal()
    desk.write("first", "2024-01-30", story(1))
    desk.write("second", date.fromordinal(begin + apart).isoformat(), story(1))
    assert (["first", "second"] in desk.groups()) == folded


def test_undated_articles_are_folded_under_dated_ones(desk: Desk) -> None:
    desk.write("dated", "2024-01-01", story(1))
    (desk.seeds / "undated.txt").write_text(f"Headline\n\nLead\n\n{' '.join(story(1))} anywhere.\n")
    assert desk.groups() == [["dated", "undated"]]


def test_in_one_file_a_later_line_with_more_is_no_copy(desk: Desk) -> None:
    def line(words: list[str]) -> str:
        return f'{{"date": "2024-01-01", "headline": "A", "body": "{" ".join(words)} anywhere."}}\n'

    (desk.seeds / "a.jsonl").write_text(line(story(1)) + line(story(1)[:80]))
    (desk.seeds / "b.jsonl").write_text(line(story(2)[:80]) + line(story(2)))
    desk.archive.update()
    assert sorted(len(hit.copies) for hit in desk.archive.search("anywhere").hits) == [0, 0, 1]


def test_what_is_folded_is_a_copy_of_what_is_shown_not_only_of_another_copy(desk: Desk) -> None:
    """A story that changes a little every day; after some days it is another one."""
    words = story(1)
    for day in range(1, 7):
        desk.write(f"day{day}", f"2024-01-0{day}", words)
        words[20 * day - 15 : 20 * day - 3] = [f"changed{day}x{at}" for at in range(12)]
    groups = desk.groups(sort="oldest")
    assert len(groups) > 1
    assert all(len(group) > 1 for group in groups[:-1])
    assert [name for group in groups for name in group] == [f"day{day}" for day in range(1, 7)]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk, sort: str) -> None:
    for number in range(12):
        desk.write(f"a{number}", "2024-01-01", story(number))
        for copy in range(number % 4):
            desk.write(f"copy{copy}of{number}", f"2024-01-0{copy + 2}", story(number)[: 100 - copy])
    whole = desk.groups(limit=0, sort=sort)
    names = desk.names()
    pages = [desk.archive.search("anywhere", limit=5, page=page, sort=sort) for page in (1, 2, 3, 4)]
    assert [group for page in pages for group in named(page, names)] == whole
    assert [page.more for page in pages] == [True, True, False, False]
    assert [hit.rank for page in pages for hit in page.hits] == list(range(1, 13))
    assert pages[3].entries == 12


def test_a_thousand_times_the_same_is_one_hit_and_little_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    body = " ".join(story(1)) + " anywhere."
    lines = (f'{{"date": "2024-01-01", "headline": "A", "id": "n{n}", "body": "{body}"}}\n' for n in range(1000))
    (desk.seeds / "a.jsonl").write_text("".join(lines))
    desk.archive.update()
    monkeypatch.setattr("indexer.analysis.copying.is_copy", None)  # nothing has to be read
    results = desk.archive.search("anywhere", limit=5)
    assert (results.total, len(results.hits), len(results.hits[0].copies)) == (1000, 1, 999)


def test_very_many_near_copies_are_one_hit_and_no_square_of_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counting(*texts: Wording, ordered: bool) -> bool:
        compared.append(texts)
        return is_copy(*texts, ordered=ordered)

    monkeypatch.setattr("indexer.analysis.copying.is_copy", counting)
    near = [[*story(1)[:n % 100], WORDS[n], *story(1)[n % 100 :]] for n in range(400)]
    lines = (f'{{"date": "2024-01-01", "headline": "A", "id": "n{n}", "body": "{" ".join(words)} anywhere."}}\n' for n, words in enumerate(near))
    (desk.seeds / "a.jsonl").write_text("".join(lines))
    desk.archive.update()
    for limit in (5, 0):
        results = desk.archive.search("anywhere", limit=limit, passages=0)
        assert (results.total, len(results.hits), len(results.hits[0].copies)) == (400, 1, 399)
    assert len(compared) < 5 * 400


def test_comparing_texts_does_not_take_from_the_time_of_the_search(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    three_copies(desk)
    desk.archive.update()
    compare = is_copy

    def slowly(*texts: Wording, ordered: bool) -> bool:
        sleep(0.3)
        return compare(*texts, ordered=ordered)

    monkeypatch.setattr("indexer.analysis.copying.is_copy", slowly)
    impatient = Archive(desk.archive.root, limits=LIMITS._replace(query_seconds=0.25))
    assert impatient.search("anywhere").entries == 2


def test_a_pair_is_compared_once_for_all_queries(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    three_copies(desk)
    assert desk.groups() == [["first", "second", "third"], ["other"]]
    monkeypatch.setattr("indexer.analysis.copying.is_copy", None)
    assert named(desk.archive.search("anywhere headline"), desk.names())[0] == ["first", "second", "third"]


def test_hostile_articles_do_no_harm(desk: Desk) -> None:
    for number in range(3):
        desk.write(f"empty{number}", "2024-01-01", [])
        desk.write(f"word{number}", "2024-01-01", ["one"] * number)
    desk.write("long", "2024-01-01", story(1, 140_000))
    desk.write("longer", "2024-01-01", story(1, 150_000))
    desk.write("repeating", "2024-01-01", ["again"] * 500)
    desk.write("repeated", "2024-01-02", ["again"] * 600)
    groups = desk.groups(limit=0)
    assert ["longer", "long"] in groups
    assert ["repeating", "repeated"] in groups
    assert len(groups) == 8


def naive(archive: Archive) -> Iterator[list[str]]:
    """The groups of all articles, worked out pair by pair; ids, the shown one first."""

    def ask(evaluator: Evaluator) -> list[list[str]]:
        snapshot = evaluator.snapshot
        docs = list(snapshot.docs())
        articles = {doc: snapshot.article(doc) for doc in docs}
        lengths, keys = {}, {}
        for doc in docs:
            one, inside = snapshot.place(doc)
            lengths[doc] = one.segment.documents.column("length")[inside]
            keys[doc] = set(one.segment.sketches.keys(np.array([inside]))[0].tolist()) - {NONE}

        def order(doc: int) -> tuple[float, int, str, int]:
            article = articles[doc]
            return article.day or 10**9, -lengths[doc], article.path, article.line

        def are_copies(one: int, other: int) -> bool:
            first, second = sorted((articles[one], articles[other]), key=lambda a: (a.day or 0, a.path, a.line))
            dated = bool(first.day and second.day)
            if (dated and second.day - first.day > DAYS) or min(lengths[one], lengths[other]) < LEAST:
                return False
            ordered = (dated and first.day != second.day) or first.path == second.path
            texts = (wording(a.headline, a.body) for a in (first, second))
            return is_copy(*texts, ordered=ordered)

        copies = {frozenset(pair) for pair in combinations(docs, 2) if are_copies(*pair)}
        together: list[set[int]] = []
        for pair in (pair for pair in copies if keys[min(pair)] & keys[max(pair)]):
            touched = [group for group in together if group & pair]
            together = [group for group in together if not group & pair] + [set(pair).union(*touched)]
        groups = [[doc] for doc in docs if not any(doc in group for group in together)]
        for group in together:
            left = sorted(group, key=order)
            while left:
                own = [left[0], *(doc for doc in left[1:] if frozenset((left[0], doc)) in copies)]
                groups.append(own)
                left = [doc for doc in left if doc not in own]
        return [[articles[doc].id for doc in group] for group in groups]

    yield from archive._asking(ask)


@pytest.mark.parametrize("seed", range(6))
def test_groups_are_those_of_a_naive_comparison_and_of_a_rebuild_after_any_history(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    desk = Desk(tmp_path)
    for _ in range(8):
        for _ in range(random.randint(1, 8)):
            words = story(random.randrange(4), random.choice((30, 60, 120)))
            if random.random() < 0.5:
                words = words[: random.randint(len(words) // 3, len(words))]
            if random.random() < 0.4:
                words[random.randrange(len(words))] = random.choice(("7", "changed"))
            if random.random() < 0.2:
                words = story(9, 25) + words
            desk.write(f"a{random.randrange(20)}", f"2024-01-{random.randint(1, 12):02}", words)
        for name in random.sample([path.stem for path in desk.seeds.iterdir()], 1):
            desk.remove(name)
        desk.archive.update(allow_shrink=True)
    found = sorted([hit.id, *hit.copies] for hit in desk.archive.search("anywhere", limit=0).hits)
    expected = sorted(group for group in naive(desk.archive))
    assert [[id[:8] for id in group] for group in found] == [[id[:8] for id in group] for group in expected]
    assert any(len(group) > 1 for group in found)
    desk.archive.build()
    assert sorted([hit.id, *hit.copies] for hit in desk.archive.search("anywhere", limit=0).hits) == found


def test_copies_that_were_first_seen_as_no_copies_of_another_article_are_folded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All share background with the first hit, which is looked at alone."""
    monkeypatch.setattr("indexer.search.copies.AT_ONCE", 1)
    desk.write("background", "2024-01-01", ["eureka", *story(1)])
    for number in range(4):
        desk.write(f"report{number}", f"2024-01-0{number + 2}", [*story(2, 60), *story(1)])
    assert sorted(map(len, desk.groups(limit=0, sort="oldest"))) == [1, 4]
    assert sorted(map(len, desk.groups("anywhere eureka", any=True, limit=2))) == [1, 4]
