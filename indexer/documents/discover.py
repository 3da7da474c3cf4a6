"""Which files are in seeds, and as of when?

The walk reads names, sizes and times only; it opens no file. Regular files are listed. A link to a regular
file inside seeds counts as that file; every other link, and whatever else is not a regular file, is refused
with a reason. Paths are plain strings here: a Path object costs more than the rest of the work on a file.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from indexer.documents.kinds import PLAINLY_READ, is_ignored, refused_by_name, size_limit, too_large
from indexer.documents.refusal import Refusal, Refused
from indexer.errors import StorageError
from indexer.limits import LIMITS, Limits


class Stamp(NamedTuple):
    """A file as the walk saw it: path relative to seeds (POSIX), size in bytes, time of last change in ns."""

    path: str
    size: int
    mtime_ns: int


def discover(seeds: Path, limits: Limits = LIMITS) -> tuple[list[Stamp], list[Refusal]]:
    """Every seed file below ``seeds``, and what lies there that cannot be one; both sorted by path.

    Raises StorageError when ``seeds`` itself cannot be listed.
    """
    root = os.fspath(seeds)
    stamps: list[Stamp] = []
    refusals: list[Refusal] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:  # noqa: PTH118
                _sort_out(root, folder, entries, limits, stamps, refusals, folders)
        except OSError as error:
            if not folder:
                raise StorageError("list", root, error) from error
            refusals.append(Refusal(_printable(folder), 0, f"this folder cannot be read: {error.strerror}"))
    stamps.sort(key=attrgetter("path"))
    refusals.sort(key=attrgetter("path"))
    return stamps, refusals


def folders(seeds: Path) -> list[tuple[str, int]]:
    """Every folder that ``discover`` lists, with ``/`` at the end, seeds itself as "", and its time in ns."""
    root = os.fspath(seeds)
    found: list[tuple[str, int]] = []
    left = [""]
    while left:
        folder = left.pop()
        place = os.path.join(root, folder)  # noqa: PTH118
        try:
            found.append((folder, os.stat(place).st_mtime_ns))  # noqa: PTH116
            with os.scandir(place) as entries:
                left.extend(f"{folder}{entry.name}/" for entry in entries if _is_walked(entry))
        except OSError:
            continue  # gone, or not to be listed: discover says so
    return sorted(found)


def _is_walked(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if is_ignored(name) or not entry.is_dir(follow_symlinks=False):
        return False
    return name.isascii() or _printable(name) == name


def _sort_out(
    root: str,
    folder: str,
    entries: Iterable[os.DirEntry[str]],
    limits: Limits,
    stamps: list[Stamp],
    refusals: list[Refusal],
    folders: list[str],
) -> None:
    """Put each entry of one folder where it belongs. The hot loop: 20,000 files pass here before a search."""
    for entry in entries:
        name = entry.name
        plain = name.endswith(PLAINLY_READ)
        if name[0] == "." or (not plain and is_ignored(name)):
            continue
        path = folder + name
        try:
            if entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
            elif entry.is_dir(follow_symlinks=False):
                _check_encoding(name)
                folders.append(path + "/")
                continue
            else:
                status = _status_of_odd(root, entry)
            if not plain or not name.isascii() or status.st_size > limits.seed_bytes:
                _admit(name, status.st_size, limits)
            stamps.append(Stamp(path, status.st_size, status.st_mtime_ns))
        except FileNotFoundError:
            pass  # it vanished since the folder was listed: as if it had never been there
        except OSError as error:
            refusals.append(Refusal(_printable(path), 0, f"cannot be read: {error.strerror}"))
        except Refused as refused:
            refusals.append(Refusal(_printable(path), 0, refused.reason))


def _status_of_odd(root: str, entry: os.DirEntry[str]) -> os.stat_result:
    """Size and time of the file that a link leads to. Raises Refused for anything else, OSError."""
    if entry.is_symlink():
        return os.stat(resolve_link(root, entry.path))  # noqa: PTH116
    raise Refused(what_it_is(entry.stat(follow_symlinks=False).st_mode))


def _admit(name: str, size: int, limits: Limits) -> None:
    """Raise Refused for a name or a size that rules a regular file out."""
    _check_encoding(name)
    reason = refused_by_name(name)
    if reason is not None:
        raise Refused(reason)
    if size > (limit := size_limit(name, limits)):
        raise Refused(too_large(size, limit))


def _check_encoding(name: str) -> None:
    if not name.isascii() and _printable(name) != name:
        raise Refused("the name is not UTF-8")


def resolve_link(root: str, path: str) -> str:
    """The absolute path of the regular file inside ``root`` that the link leads to. Raises Refused."""
    try:
        target = os.path.realpath(path, strict=True)
        mode = os.stat(target).st_mode  # noqa: PTH116
    except OSError as error:
        circle = error.errno == errno.ELOOP
        raise Refused("a link that leads in a circle" if circle else "a broken link") from error
    inside = os.path.join(os.path.realpath(root), "")  # noqa: PTH118
    if not target.startswith(inside):
        raise Refused("a link that leaves seeds")
    if not stat.S_ISREG(mode):
        raise Refused(f"a link to {what_it_is(mode)}")
    return target


_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


def what_it_is(mode: int) -> str:
    """Words for something that is not a regular file."""
    return next((words for test, words in _KINDS if test(mode)), "not a regular file")


def _printable(path: str) -> str:
    """The path with bytes that are not UTF-8 written as ``\\xNN``, so that it can be stored and shown."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
