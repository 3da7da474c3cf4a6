"""What did somebody type, and how does the program answer and exit? The commands search and indexer."""
