"""Queries as nobody would type them: every sign in every place, words of every kind."""

import random

WORDS = ["gaza", "pauses", "the", "of", "US", "ceasfire", "p*", "*a*", "?*?*", "paus?", "a~2", "tokyo~", "ünïcode", "x" * 300, "停火", "\x00", "=", "-", "\\"]
SIGNS = ["w/5", "w/100", "w/0", "pre/3", "w/s", "w/p", "OR", "AND", "NOT", "(", ")", '"', "“", "atleast3(", "atleast0(", "headline:", "lead:", "body:"]
ENDS = ["^2", "^0", "~9", "~", "source:*", "path:*", "id:0", "date:2023", "date:none", "date:soon", "since:2021", "foo:bar", "*"]


def fuzzed(chance: random.Random) -> str:
    """A query that depends on the state of ``chance`` alone."""
    if chance.random() < 0.05:
        return "".join(chance.choices("ab\"()*?~^:-=\\ \t/", k=chance.randint(0, 4200)))
    parts = [chance.choice(chance.choice([WORDS, WORDS, SIGNS, ENDS])) for _ in range(chance.choice([1, 2, 3, 5, 8, 30]))]
    return "".join(part + chance.choice([" ", " ", " ", ""]) for part in parts)
