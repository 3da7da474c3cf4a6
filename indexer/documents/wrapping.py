"""Which lines of a block are one paragraph?

A block is what lies between blank lines. Its lines are paragraphs of their own, unless the block was wrapped
by hand or machine at a fixed width. A line break inside a sentence shows that: the line before it has 30 to
100 characters and no full stop, the line after it has at most 100 and is neither indented nor an item of a
list. When a third of such breaks (and at least one) go on in small letters, the block is wrapped. Then those
breaks do not end a paragraph, nor do breaks after a full stop where the next word would not have fitted.
"""

import re
from itertools import pairwise

_SHORTEST, _LONGEST = 30, 100
_CLOSERS = "\"”’')]*_ "
_ENDS = (".", "?", "!", ":", "…")
_NEW = re.compile(r"[ \t]{2}|\t|[-*•–—·#>|]+ |\(?[0-9]{1,3}[.)] ")


def endings(lines: list[str]) -> list[bool]:
    """For each line of a block, whether a paragraph ends with it. The last one always does."""
    ends = [True] * len(lines)
    inner = [i for i, (line, following) in enumerate(pairwise(lines)) if _may_go_on(line, following)]
    open_breaks = [i for i in inner if not lines[i].rstrip(_CLOSERS).endswith(_ENDS)]
    small = sum(lines[i + 1].lstrip()[0].islower() for i in open_breaks)
    if not small or small * 3 < len(open_breaks):
        return ends
    for i in open_breaks:
        ends[i] = False
    width = max(len(line) for line in lines if len(line) <= _LONGEST)
    for i in inner:
        if len(lines[i]) + 1 + len(lines[i + 1].split(None, 1)[0]) > width:
            ends[i] = False
    return ends


def _may_go_on(line: str, following: str) -> bool:
    return _SHORTEST <= len(line) <= _LONGEST >= len(following) and not _NEW.match(following)
