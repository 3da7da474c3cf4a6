"""A source comes from a dateline, never from a parenthesis at random."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.dateline import opens_story, source_of


@pytest.mark.parametrize(
    ("paragraph", "source"),
    [
        ("(Bloomberg) -- Japan and the US said", "Bloomberg"),
        ("(Bloomberg Opinion) -- The trouble with", "Bloomberg Opinion"),
        ("( Reuters ) — Shares", "Reuters"),
        ("(The Associated Press) — Shares", "The Associated Press"),
        ("LONDON (Reuters) - Shares", "Reuters"),
        ("WASHINGTON/HAVANA (Reuters) - Shares", "Reuters"),
        ("TOKYO, Nov. 8 (Agency Name) — Ministers", "Agency Name"),
        ("LONDON, 8 November (Reuters) - Shares", "Reuters"),
        ("BEIJING, Nov. 8, 2023 (Xinhua) -- Leaders", "Xinhua"),
        ("ST. PAUL, Minn. (AP) - Minnesota's governor", "AP"),
        ("RIO DE JANEIRO (AP) — Two swimmers", "AP"),
        ("SÃO PAULO (AP) — Two swimmers", "AP"),
        ("WASHINGTON -- (AP) The Senate", "AP"),
        ("STANFORD, Calif.--(BUSINESS WIRE)--The Hoover Institution", "BUSINESS WIRE"),
        ("NEW YORK, Nov. 8, 2023 /PRNewswire/ -- Shares", "PRNewswire"),
        ("(CNN) The president", "CNN"),
        ("(CNN)The president", "CNN"),
        ("Washington (CNN) The president", "CNN"),
        ("Nairobi, Kenya (AP) — Rescuers", "AP"),
        ("  LONDON (Reuters) - Shares", "Reuters"),
    ],
)
def test_the_agency_in_a_dateline_is_the_source(paragraph: str, source: str) -> None:
    assert source_of(paragraph) == source
    assert opens_story(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "(",
        "()",
        "( ) -- nothing",
        "(Dreamstime)",
        "(Update) — The story was changed",
        "(Updates with comment from paragraph 5) - Shares",
        "(Adds details) - Shares",
        "(1 of 3) — Next",
        "The company (Apple) - which makes telephones",
        "The Company (Apple) — which makes telephones",
        "House Judiciary Chairman Jerrold Nadler (D-NY) — a critic",
        "Sen. Bernie Sanders (I–Vt.) claimed",
        "NATO (North Atlantic Treaty Organization) — the alliance",
        "The Centers for Disease Control and Prevention (CDC) on Friday",
        "(Cherry Hill, N.J.) Courier-Post",
        "James Comey on Capitol Hill in 2014. (Jonathan Ernst/Reuters)",
        "FILE - In this March 6 photo",
        "Planned Parenthood — America's largest",
        "WASHINGTON-based lawyers",
        "I - for one - disagree",
    ],
)
def test_other_parentheses_and_dashes_are_not(paragraph: str) -> None:
    assert source_of(paragraph) is None
    assert not opens_story(paragraph)


@pytest.mark.parametrize("paragraph", ["WASHINGTON — The Senate", "SIOUX CITY, Iowa – Hours", "EL PASO -- Lyda"])
def test_a_place_alone_opens_a_story_without_naming_a_source(paragraph: str) -> None:
    assert opens_story(paragraph)
    assert source_of(paragraph) is None


@given(st.text(alphabet="ABab ()-—/,.1", max_size=130))
def test_no_text_upsets_it(paragraph: str) -> None:
    source = source_of(paragraph)
    assert source is None or (source in paragraph and opens_story(paragraph))
