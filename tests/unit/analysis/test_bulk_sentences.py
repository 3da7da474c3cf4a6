"""Many paragraphs at once are cut into exactly the sentences that each has alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.abbreviations import EXCLAIMING, KINDS
from indexer.analysis.bulk_sentences import LONGEST, MARGIN, sentence_starts
from indexer.analysis.characters import WHITE_SPACE, classify
from indexer.analysis.sentences import CLOSERS, OTHER_STOPS, sentences
from indexer.analysis.stops import OPENERS
from tests.unit.analysis.test_sentences import EXAMPLES

WORDS = [
    *(
        "The",
        "the",
        "Lee",
        "talks",
        "a",
        "I",
        "A",
        "s",
        "US",
        "THE",
        "iPhone",
        "al-Shabab",
        "woman's",
        "Lee’s",
        "Ü",
    ),
    *(
        "cease-fire",
        "7",
        "2023",
        "3.5",
        "1",
        "U.S",
        "p.m",
        "é",
        "internationalisation",
        "x" * 30,
        "(AP)",
        "[12]",
    ),
]
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(sorted({*KINDS, *(kind.upper() for kind in KINDS), *EXCLAIMING})),
    st.sampled_from(
        [*".!?… \n", *CLOSERS, *OPENERS, *OTHER_STOPS, "...", " ", " ", ". ", ". ", ".” ", "  ", "\xa0", "\t"]
    ),
    st.characters(),
)
PARAGRAPHS = st.lists(st.lists(PIECES, max_size=14).map("".join), max_size=5)


def assert_same(paragraphs: list[str], between: str = "") -> None:
    """Compare the sentences of paragraphs in one text with those of each alone."""
    sizes = np.array([len(one) + len(between) for one in paragraphs], np.int64)
    starts = np.cumsum(sizes) - sizes
    margin = "\0" * MARGIN
    characters = classify(f"{margin}{between.join(paragraphs)}{margin}")
    found = sentence_starts(characters, MARGIN + starts, MARGIN + starts + sizes - len(between)) - MARGIN
    expected = [
        start + begin for start, one in zip(starts, paragraphs, strict=True) for begin, _ in sentences(one)
    ]
    assert found.tolist() == expected


@given(PARAGRAPHS, st.sampled_from(["", "\n\n", " x. "]))
@settings(max_examples=500, deadline=None)
def test_paragraphs_get_the_same_sentences_together_as_alone(paragraphs: list[str], between: str) -> None:
    assert_same(paragraphs, between)


def test_every_example_of_a_rule_gets_the_same_sentences() -> None:
    paragraphs = [marked.replace("|", "") for examples in EXAMPLES.values() for marked in examples]
    assert_same(paragraphs)
    assert_same(paragraphs, "\n")


def test_every_word_that_may_end_a_sentence_is_judged_alike() -> None:
    words = [*WORDS, *KINDS, *(kind.upper() for kind in KINDS), *EXCLAIMING]
    heads = ["The end", "Lee left", "7 left", "“Lee”", "(see) it", "he said", "Élan"]
    assert_same([f"{before}{word}{stop} {head}." for before in ("", "In ", "x.", "(", "‘") for word in words
          for stop in (".", "!", "?", ".”", ".)", "...", "?!") for head in heads])  # fmt: skip


def test_no_paragraphs_have_no_sentences() -> None:
    assert_same([])
    assert_same(["", "", ""])


def test_a_short_sentence_before_is_no_list_item_or_is() -> None:
    assert_same(
        [
            "It was. a's. The end.",
            "a's. The end.",
            "xxxxx's. The",
            "Left. Lee's. The end.",
            "1. The end. 2. Go.",
        ]
    )


def test_the_table_knows_every_abbreviation_and_all_white_space() -> None:
    assert max(len(word) for word in (*KINDS, *EXCLAIMING) if word.isalpha()) <= LONGEST
    assert {char for char in map(chr, range(0x110000)) if char.isspace()} == set(WHITE_SPACE)
