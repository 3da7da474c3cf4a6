"""How do many texts become one?

Line feeds part them, so that no word reaches from one into the next, and margins at both ends spare everybody
the question whether there is a character before or after.
"""

from collections.abc import Sequence

import numpy as np

from indexer.analysis.characters import Array, Characters, classify

MARGIN = 32  # characters, all U+0000


class Joined:
    """Several texts as one.

    ``text`` is the whole. Text i is ``text[starts[i] : starts[i + 1] - 1]``; the last of ``starts`` is
    therefore one place behind the line feed after the last text.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        margin = "\0" * MARGIN
        self.text = "\n".join((margin, *texts, margin))
        self.characters: Characters = classify(self.text)
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.starts: Array = np.full(len(texts) + 1, MARGIN + 1, np.int64)
        self.starts[1:] += np.cumsum(sizes + 1)
