"""A deep check finds whatever an index holds otherwise than a fresh one would."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexes import Workbench

from indexer import Archive
from indexer.codec.articles import SentenceArrays, TokenArrays
from indexer.documents.article import Article
from indexer.index import builder
from indexer.index.fresh import hashed, token_numbers

STORY = " date 2023-11-{0:02d} Story {0} of G-7\n\nBody {0} with cease-fire talks. More of it.\n\nThe U.S. said so.\n"
WIRE = '{"headline": "Wire", "summary": "Short of it.", "date": "1987-02-26", "body": "Oil in Tokyo.", "source": "AP"}\n'

Alter = Callable[[TokenArrays, SentenceArrays], None]


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    bench = Workbench(tmp_path)
    for number in range(1, 4):
        bench.write(f"{number}.txt", STORY.format(number))
    bench.write("wire.jsonl", WIRE)
    return bench


def problems(bench: Workbench, deep: bool = True) -> list[str]:
    return [problem.message for problem in Archive(bench.root).check(deep=deep).problems]


def test_a_fresh_index_and_one_with_a_history_are_sound(bench: Workbench) -> None:
    bench.update()
    assert problems(bench) == []
    for number in range(4, 9):
        bench.write(f"{number}.txt", STORY.format(number))
        bench.remove(f"{number - 3}.txt")
        bench.update()
    assert problems(bench) == []


def shift(tokens: TokenArrays, sentences: SentenceArrays) -> None:
    tokens.position[-1] += 1


def swap_words(tokens: TokenArrays, sentences: SentenceArrays) -> None:
    tokens.word[-2:] = tokens.word[-2:][::-1].copy()


def weigh_otherwise(tokens: TokenArrays, sentences: SentenceArrays) -> None:
    """Let the last word of a headline count as one of the summary."""
    tokens.counts[-1] += (-1, 1, 0)


def move_a_sentence(tokens: TokenArrays, sentences: SentenceArrays) -> None:
    sentences.offset[-1] += 1


def move_a_first_word(tokens: TokenArrays, sentences: SentenceArrays) -> None:
    sentences.position[-1] += 1


def join_paragraphs(tokens: TokenArrays, sentences: SentenceArrays) -> None:
    sentences.opens[-1] = not sentences.opens[-1]


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        (shift, "set of terms and positions"),
        (swap_words, "set of terms and positions"),
        (weigh_otherwise, "set of terms and positions"),
        (move_a_sentence, "table of sentences"),
        (move_a_first_word, "table of sentences"),
        (join_paragraphs, "table of sentences"),
    ],
)
def test_other_terms_and_sentences_are_found(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, alter: Alter, what: str
) -> None:
    original = builder.arrays_of

    def altered(*given: Any) -> tuple[TokenArrays, SentenceArrays]:
        tokens, sentences = original(*given)
        alter(tokens, sentences)
        return tokens, sentences

    monkeypatch.setattr(builder, "arrays_of", altered)
    bench.update()
    assert problems(bench, deep=False) == []
    (line,) = problems(bench)
    assert f"is stored with another {what} than a fresh index has" in line
    assert "00000001-segment.0: seeds/" in line
    monkeypatch.undo()
    assert bench.update().notes[-1] == "all articles were indexed anew"
    assert problems(bench) == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"body": "Other words."}, "body, set of terms and positions"),
        ({"body": "Oil. In Tokyo."}, "body, table of sentences"),
        ({"day": 5}, "day"),
        ({"line": 9}, "line"),
        ({"source": None}, "source"),
    ],
)
def test_other_facts_are_found(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], what: str
) -> None:
    add = builder.SegmentBuilder.add

    def altered(self: builder.SegmentBuilder, article: Article) -> None:
        add(self, article._replace(**changed) if article.path == "wire.jsonl" else article)

    monkeypatch.setattr(builder.SegmentBuilder, "add", altered)
    bench.update()
    (line,) = problems(bench)
    assert "seeds/wire.jsonl:1 (article " in line
    assert f"is stored with another {what} than a fresh index has" in line


def test_what_is_pending_is_told_once_and_not_compared(bench: Workbench) -> None:
    bench.update()
    bench.write("1.txt", STORY.format(9))
    bench.write("new.txt", STORY.format(8))
    bench.remove("2.txt")
    assert sorted(line.partition(") is ")[2] for line in problems(bench)) == [
        "in the index as it was before. Run: indexer update",
        "in the index, but no longer in seeds. Run: indexer update",
        "not in the index yet. Run: indexer update",
    ]


def test_many_problems_are_counted_not_listed(bench: Workbench) -> None:
    bench.update()
    for number in range(50):
        bench.write(f"n{number}.txt", STORY.format(number % 28 + 1) + f"{number}\n")
    lines = problems(bench)
    assert len(lines) == 21
    assert lines[-1] == "30 more articles are not in the index yet"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6))
def test_sums_tell_sets_of_tokens_apart(tokens: list[tuple[int, int, int]]) -> None:
    terms = np.array([hashed(term) for term in (b"", b"a", b"b", b"ab")], np.uint64)

    def total(rows: list[tuple[int, int, int]]) -> int:
        stem, form, position = np.array(rows).T
        return int(token_numbers(terms[stem], terms[form], position).sum(dtype=np.uint64))

    assert total(tokens) == total(sorted(tokens))
    stem, form, position = tokens[0]
    for other in ((stem ^ 1, form, position), (stem, form ^ 1, position), (stem, form, position + 1), (form, stem, position)):
        if other != tokens[0]:
            assert total([other, *tokens[1:]]) != total(tokens)
