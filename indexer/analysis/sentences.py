"""Where are the sentences of a paragraph?

One pass over the stops (``. ! ? …``, those of other scripts, and line breaks). What follows a stop decides
first: hardly any sentence begins with a small letter. Then the word before it: abbreviations, initials and
numbers end a sentence only where a word follows that begins sentences (``in the U.S. The``, but ``the U.S.
Treasury``). Every look around a stop is bounded, so the time taken is linear in the length of the text.
"""

import re
from functools import cache

from indexer.analysis.abbreviations import KINDS
from indexer.analysis.line_breaks import line_ends
from indexer.analysis.stops import glued_stop_ends, stop_ends

OTHER_STOPS = "。！？｡؟।॥۔።։။"  # of scripts without capitals, or with stops of their own: always the end
CLOSERS = "\"'”’»›)]}*_`」』）】"
_SURE, _OTHER, _SPACED, _GLUED = 1, 2, 3, 4  # groups of the pattern: the white space; a line break has none


@cache
def _stops() -> re.Pattern[str]:
    """A stop, what closes after it, and the white space that follows as a group; or a line break.

    Look-behinds stand after the first character, for a pattern that begins with a plain set is searched for
    fastest; quantifiers are possessive, so that nothing is read twice. Two common cases are settled here: a
    capital after a plain word begins a sentence, and a wrapped line that goes on in small letters does not.
    """
    unlike = [rf"(?<!{word}[.])" for word in sorted(KINDS) if len(word) > 3 and word[-4:].islower()]
    plain = "(?<=[a-z]{4}[.])" + "".join(unlike)
    closers = rf"[{re.escape(CLOSERS)}]*+(?:\[\d{{1,3}}\])*+"
    line_break = r"(?<=\n)(?:[^\S\n]*+\n\s*+|\s*+(?![a-z](?!\))))"
    other = rf"(?<=[{OTHER_STOPS}])[{OTHER_STOPS}]*+{closers}(\s*+)"
    stop = rf"(?<=[.!?…])(?<![.!?…][.!?…])[.!?…]*+{closers}(?:(\s++)|(?=[A-Z][a-z ])())"
    return re.compile(rf"[.!?…{OTHER_STOPS}\n](?:{plain}(\s++)(?=[A-Z])|{line_break}|{other}|{stop})")


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of one paragraph, in code points.

    Ascending, apart, without white space at either end; together they hold every other character. A line
    break is a space unless a list, a heading, a speaker or a blank line shows otherwise.

    >>> text = "He met Gen. J. K. Lee in the U.S. The talks failed."
    >>> [text[start:end] for start, end in sentences(text)]
    ['He met Gen. J. K. Lee in the U.S.', 'The talks failed.']
    """
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    spans = []
    for match in _stops().finditer(text, start, end):
        gap = _end(text, start, match)
        if gap:
            spans.append((start, gap))
            start = match.end()
    if start < end:
        spans.append((start, end))
    return spans


def next_after(text: str, start: int, at: int) -> tuple[bool, int]:
    """Whether the sentence that begins at ``start`` ends at the stop ``text[at]``, and where to read on.

    Where it ends, the next one begins there. ``text`` is a paragraph without white space at either end.
    """
    match = _stops().match(text, at)
    return (False, at + 1) if match is None else (_end(text, start, match) > 0, match.end())


def _end(text: str, start: int, match: re.Match[str]) -> int:
    """The end of the sentence that begins at ``start`` if it ends at the stop matched, else 0."""
    group = match.lastindex
    if group == _SURE:
        return match.start(_SURE)
    at, following = match.span()
    if group is None:
        return start + len(text[start:at].rstrip()) if line_ends(text, at, following) else 0
    gap = match.start(group)
    if group == _SPACED:
        ends = stop_ends(text, start, at, gap, following)
        if not ends and "\n" in text[gap:following]:
            ends = line_ends(text, gap, following)
    else:
        ends = group == _OTHER or glued_stop_ends(text, start, at, gap)
    return gap if ends else 0
