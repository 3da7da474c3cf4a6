"""How does an answer look? The only code that escapes, colours, wraps or encodes what is shown."""
