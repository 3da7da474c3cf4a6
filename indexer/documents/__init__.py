"""Here is a file; which articles are in it?

    discover.py   which files are there                  discover, Stamp
    seed.py       what are the bytes of one of them      read_seed
    formats/      which articles are in those bytes      records, parse, Record
    article.py    what an article is                     Article, paragraphs
    refusal.py    what was left out, and why             Refusal, Superseded

The other modules are the rules that these use: `kinds` (file names), `decode` (encodings), `header`
(date, headline, summary of a text), `dates`, `dateline` (sources), `identity` (ids), `wrapping` (paragraphs).
Nothing is imported here, so that a look at the folder does not pay for the formats.
"""
