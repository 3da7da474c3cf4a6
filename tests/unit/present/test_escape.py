"""Promise: nothing a document, a path or an error contains can reach a terminal as a command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.present.canvas import COLOUR, PLAIN, Canvas
from indexer.present.escape import legible, visible

OUR_SGR = re.compile(r"\x1b\[(?:0|1|2|1;4;31)m")
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x08\t\n\r\x1b\x7f\x80\x9b\x9c\x9d\u202e\u2066\u2069\udcff\u2028 ab"),
    ),
    max_size=60,
)
ATTACKS = {
    "OSC 52 fills the clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "OSC 8 makes a link": "\x1b]8;;http://example.org\x1b\\click\x1b]8;;\x1b\\",
    "OSC 0 sets the title": "\x1b]0;owned\x07",
    "DECRQSS answers into the input": "\x1bP$q\"p\x1b\\",
    "CSI moves the cursor": "\x1b[2J\x1b[1;1H",
    "C1 CSI needs no escape": "\x9b31m",
    "C1 OSC needs no escape": "\x9d0;owned\x9c",
    "carriage return overwrites": "honest\rforged",
    "backspace rubs out": "rm\x08\x08ls",
    "direction override": "\u202egpj.exe",
    "direction isolate": "\u2066abc\u2069",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_known_attacks_are_shown_and_not_obeyed(attack):
    shown = visible(attack)
    assert not UNSAFE.search(shown)
    assert shown != attack


def test_the_symbols_are_readable():
    assert visible("a\x1b[1m\r\x7f\x9b\u202e\udc80") == "a␛[1m␍␡\\x9b\\u202e\\x80"


def test_ordinary_text_of_any_script_passes_unchanged():
    text = "Gaza ‘pauses’ — naïve, 停火, هدنة, e\u0301, 👩\u200d🚀, G-7\u00a0talks"
    assert visible(text) == text
    assert legible(text) == (text, ())


def test_line_ends_and_tabs_of_prose_become_spaces():
    assert legible("one\ntwo\tthree\u2028four")[0] == "one two three four"


@given(HOSTILE)
def test_no_control_character_survives(text):
    assert not UNSAFE.search(visible(text))
    assert not UNSAFE.search(legible(text)[0])


@given(HOSTILE, st.lists(st.integers(0, 60), max_size=6))
def test_marks_stay_on_their_words(text, cuts):
    edges = sorted({min(cut, len(text)) for cut in cuts})
    marks = tuple(zip(edges[::2], edges[1::2], strict=False))
    shown, moved = legible(text, marks)
    assert [shown[a:b] for a, b in moved] == [legible(text[a:b])[0] for a, b in marks]


@given(HOSTILE, st.integers(24, 100), st.lists(st.integers(0, 60), max_size=6))
def test_a_coloured_page_contains_our_colours_and_no_other_control(text, width, cuts):
    edges = sorted({min(cut, len(text)) for cut in cuts})
    marks = tuple(zip(edges[::2], edges[1::2], strict=False))
    for style in (COLOUR, PLAIN):
        page = Canvas(width, style).block(text, marks, lead=" 1  ", face=style.headline)
        assert not UNSAFE.search("".join(OUR_SGR.sub("", line) for line in page))
