"""Headline, summary and body share one space of positions, with gaps, and weigh what they should."""

import pytest
from indexes import ANALYZER

from indexer.documents.article import Article
from indexer.index.schema import GAP, WEIGHTS, FieldWeights, fingerprint
from indexer.index.words import Words, words_of


def words(headline: str = "", summary: str = "", body: str = "") -> Words:
    return words_of(Article("x", True, "a.txt", 1, 1, None, headline, summary, None, body, ()), ANALYZER)


def test_each_part_starts_a_gap_after_the_one_before() -> None:
    found = words("Gaza talks", "Gaza pauses again", "Gaza")
    positions, weight = found.forms["gaza"]
    assert positions == [0, 2 + GAP, 2 + GAP + 3 + GAP]
    assert weight == WEIGHTS.headline + WEIGHTS.summary + WEIGHTS.body
    assert (found.headline_words, found.summary_words) == (2, 3)


def test_missing_parts_keep_their_gaps() -> None:
    assert words(body="Gaza").forms["gaza"] == ([2 * GAP], WEIGHTS.body)
    assert words("Gaza").forms["gaza"] == ([0], WEIGHTS.headline)


def test_stems_and_forms_stand_at_the_same_positions() -> None:
    found = words(body="Pauses and a pause")
    assert found.stems["paus"][0] == sorted(found.forms["pauses"][0] + found.forms["pause"][0])
    assert found.stems["paus"][1] == pytest.approx(2 * WEIGHTS.body)


def test_a_term_counts_once_at_a_position() -> None:
    for postings in (words("bye-bye U.S. cease-fire"), words(body="A G-7, G7 and co-co-op's")):
        for positions, _ in (*postings.stems.values(), *postings.forms.values()):
            assert positions == sorted(set(positions))


def test_the_fingerprint_changes_with_all_that_matters() -> None:
    prints = {
        fingerprint(),
        fingerprint("x"),
        fingerprint(weights=FieldWeights(headline=2)),
        fingerprint(weights=FieldWeights(body=0.5)),
    }
    assert len(prints) == 4
    assert fingerprint("x") == fingerprint("x")
