"""Which command does ``python -m indexer`` run? The keeper's, ``indexer``."""

from indexer.cli.keeper import main

main()
