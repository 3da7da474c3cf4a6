"""Where does a headline lead? To the seed it stands in, for a terminal that follows OSC 8.

What ``ESC ] 8 ; ; URI ESC \\`` opens is closed by the same without a URI. As the specification asks, the URI
of a file names the host, so that a terminal at the other end of ssh does not open a file of its own; every
byte that is not plain is percent-encoded, so that no path can end the sequence.

    https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
"""

import os
from collections.abc import Callable
from pathlib import Path

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def opener(root: Path) -> Callable[[str], str]:
    """The function from a path in the archive to its URI."""
    host = encoded(os.uname().nodename) if hasattr(os, "uname") else ""
    whole = root.absolute()
    return lambda path: f"file://{host}{encoded(str(whole / path))}"


def encoded(path: str) -> str:
    """
    >>> encoded("/news/a b\\x1b.txt")
    '/news/a%20b%1B.txt'
    """
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in os.fsencode(path))
