"""Here are bytes; how are they kept?

The only package that writes files. ``directory`` says what each operation promises about durability,
``framing`` tells whole files from damaged ones, ``lock``, which only writers import, lets one of them in at a
time.
"""

from indexer.storage.directory import Directory, FileDirectory, Writer
from indexer.storage.framing import frame, unframe

__all__ = ["Directory", "FileDirectory", "Writer", "frame", "unframe"]
