"""Here are bytes; how are they kept?

The only package that writes files. ``directory`` says what each operation promises about durability,
``framing`` tells whole files from damaged ones, ``lock`` lets one writer in at a time.
"""

from indexer.storage.directory import Directory, FileDirectory, Writer
from indexer.storage.framing import frame, unframe
from indexer.storage.lock import Lock

__all__ = ["Directory", "FileDirectory", "Lock", "Writer", "frame", "unframe"]
