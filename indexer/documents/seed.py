"""What are the bytes of this seed?

The file is opened part by part from the seeds folder, never through a link, never waiting on a pipe, so that
what is read lies inside seeds even when someone rearranges the folder meanwhile.
"""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from indexer.documents.discover import resolve_link, what_it_is
from indexer.documents.kinds import size_limit, too_large
from indexer.documents.refusal import Refusal, Refused
from indexer.errors import StorageError
from indexer.limits import LIMITS, Limits

PIECE = 1 << 18  # bytes: what a processor keeps near
_FOLDER = os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY
_FILE = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_NOT_THE_SEEDS_FAULT = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


def read_seed(seeds: Path, path: str, limits: Limits = LIMITS) -> bytes | Refusal:
    """The content of the file ``path`` (POSIX, relative to ``seeds``), or why there is none.

    Raises StorageError when the process is out of descriptors or memory: that says nothing about the seed.
    """
    root = os.fspath(seeds)
    try:
        return _read_steady(root, path, size_limit(path, limits))
    except Refused as refused:
        return Refusal(path, 0, refused.reason)
    except OSError as error:
        if error.errno in _NOT_THE_SEEDS_FAULT:
            raise StorageError("read", path, error) from error
        vanished = error.errno == errno.ENOENT
        return Refusal(path, 0, "it vanished" if vanished else f"cannot be read: {error.strerror}")


def read_end(
    seeds: Path, path: str, size: int, see: Callable[[bytes], None], limits: Limits = LIMITS
) -> bytes | None:
    """The content of a file after its first ``size`` bytes; ``see`` is shown these piece by piece.

    None where there is anything that ``read_seed`` would tell, or try again.
    """

    def read(descriptor: int, whole: int) -> bytes:
        left = size
        while left and (piece := os.read(descriptor, min(left, PIECE))):
            see(piece)
            left -= len(piece)
        return b"" if left else _read(descriptor, whole - size)

    try:
        content, steady = _read_once(os.fspath(seeds), path, size_limit(path, limits), read)
    except (Refused, OSError):
        return None
    return content if steady == size + len(content) else None


def _read_steady(root: str, path: str, limit: int) -> bytes:
    """Read twice at most: a file that changes under the first read is read again, then given up."""
    for _ in range(2):
        content, steady = _read_once(root, path, limit, _read)
        if len(content) == steady:
            return content
    raise Refused("it changed while it was read; it will be tried again")


def _read_once(
    root: str, path: str, limit: int, read: Callable[[int, int], bytes]
) -> tuple[bytes, int | None]:
    """What ``read`` makes of an open file and its size; and that size, None where the file changed."""
    descriptor = _open(root, path)
    try:
        before = os.fstat(descriptor)
        _admit(before, limit)
        content = read(descriptor, before.st_size)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    same = before.st_size == after.st_size and before.st_mtime_ns == after.st_mtime_ns
    return content, before.st_size if same else None


def _open(root: str, path: str) -> int:
    try:
        return _open_inside(root, path)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    target = resolve_link(root, os.path.join(root, path))  # noqa: PTH118
    return _open_inside(root, os.path.relpath(target, os.path.realpath(root)))


def _open_inside(root: str, path: str) -> int:
    """Open ``path`` below ``root``, refusing links at every step with ELOOP (or ENOTDIR for a folder)."""
    *folders, name = parts = path.split("/")
    if ".." in parts or not parts[0]:
        raise Refused("a path that leaves seeds")
    here = os.open(root, _FOLDER)
    try:
        for folder in folders:
            inner = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        return os.open(name, _FILE, dir_fd=here)
    finally:
        os.close(here)


def _admit(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Refused(what_it_is(status.st_mode))
    if status.st_size > limit:
        raise Refused(too_large(status.st_size, limit))


def _read(descriptor: int, size: int) -> bytes:
    """The content, or one byte more than ``size`` of it: a file may have grown since it was measured."""
    parts = []
    left = size + 1
    while left > 1 and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
