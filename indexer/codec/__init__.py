"""Here is a term or a document; what is known about it?

One immutable segment is one sectioned file. ``builder`` writes a segment from articles and their tokens,
``merge`` from other segments, ``segment`` reads it, ``whoosh_codec`` shows it to Whoosh. Everything else is
one structure of the file each, with its layout in the docstring: ``terms`` and ``families`` (dictionaries),
``postings`` and ``positions`` (which documents, where), ``documents``, ``keywords``, ``stored``,
``sentence_table`` and ``sketches`` (what a document is).
"""
