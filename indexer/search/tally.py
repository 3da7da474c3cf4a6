"""How much did a question read, and is there time for more?"""

from math import inf
from time import perf_counter, thread_time

from indexer.errors import QueryError


class Tally:
    """How much has been read: lists, postings in them, tokens of those; and until when there is time to."""

    def __init__(self) -> None:
        self.lists = self.postings = self.tokens = 0
        self._seconds = 0.0
        self._deadline = self._own_deadline = inf

    def allow(self, seconds: float) -> None:
        """Start the time that one question may take: of its own, since others may use the processor too."""
        self._seconds = seconds
        self._deadline, self._own_deadline = perf_counter() + seconds, thread_time() + seconds

    def add(self, lists: int = 0, postings: int = 0, tokens: int = 0) -> None:
        """Count what was read. Raises QueryError when the time is over."""
        self.lists += lists
        self.postings += postings
        self.tokens += tokens
        if perf_counter() > self._deadline and thread_time() > self._own_deadline:  # the second costs more
            self._deadline = inf
            raise QueryError(
                f"the query takes longer than {self._seconds:g} seconds. Give rarer words, or fewer."
            )
