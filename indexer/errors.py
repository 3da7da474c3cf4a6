"""What can go wrong, and with which exit code?

    ArchiveError                  3
    |-- QueryError                2   the query cannot mean anything
    |   `-- DateError             2   a date that does not exist, is ambiguous, or a range that is reversed
    |-- NoArchive                 3   there is no archive here
    |-- ArchiveDamaged            3   bytes on disk are not what was written
    |-- ArchiveLocked             3   another process is writing
    |-- StorageError              3   the operating system refused an operation
    |-- HelperLost                3   a process that built a part of the index is gone
    |-- ShrinkRefused             3   an update would retire too much of the archive
    `-- UnknownArticle            1   no article, or more than one, has that id

Every message says what happened, where, and what to do, in one line.
"""


class ArchiveError(Exception):
    """The root of every error this package raises on purpose."""

    exit_code = 3


class QueryError(ArchiveError):
    """The query cannot mean anything; ``column`` is the 0-based place in the text, where there is one."""

    exit_code = 2

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.column = column


class DateError(QueryError):
    """A date that does not exist or is ambiguous, or a range without a day in it."""


class NoArchive(ArchiveError):
    """No folder with ``seeds/`` and ``index_data/`` here or above."""


class ArchiveDamaged(ArchiveError):
    """A file of the index does not hold what was written to it."""

    def __init__(self, message: str, path: str = "", offset: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.offset = offset


class ArchiveLocked(ArchiveError):
    """Another process holds the writer lock; ``holder`` says which and since when."""

    def __init__(self, message: str, holder: str = "") -> None:
        super().__init__(message)
        self.holder = holder


class StorageError(ArchiveError):
    """The operating system refused ``operation`` on ``path``."""

    def __init__(self, operation: str, path: str, error: OSError) -> None:
        super().__init__(f"cannot {operation} {path}: {error.strerror or error}")
        self.operation = operation
        self.path = path
        self.error = error


class HelperLost(ArchiveError):
    """A process that built a part of the index is gone; the index is as it was."""


class ShrinkRefused(ArchiveError):
    """An update would retire more articles at once than is plausible."""


class UnknownArticle(ArchiveError):
    """No article has the id asked for, or several share the prefix."""

    exit_code = 1
