"""What was left out of the archive, and why?"""

from typing import NamedTuple


class Refusal(NamedTuple):
    """A file, or one record of it, that is not in the archive.

    ``path`` is relative to seeds; ``line`` is 1-based, 0 is the whole file; ``reason`` is a few plain words.
    """

    path: str
    line: int
    reason: str


class Superseded(NamedTuple):
    """An article that gave way to another one with the same id."""

    path: str
    line: int
    id: str
    by_path: str
    by_line: int


class Refused(Exception):
    """Raised inside this package only; the caller knows the place and turns it into a `Refusal`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
