"""Are two words at most so many letters apart?"""


def within(left: str, right: str, most: int) -> bool:
    """Say whether ``most`` insertions, deletions or replacements of a letter turn ``left`` into ``right``.

    Levenshtein's distance by rows, given up as soon as a whole row exceeds ``most``.

    >>> within("ceasfire", "ceasefire", 1), within("gazza", "gza", 1)
    (True, False)
    """
    if abs(len(left) - len(right)) > most:
        return False
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            above = row[j]
            row[j] = min(above + 1, row[j - 1] + 1, diagonal + (letter != other))
            diagonal = above
        if min(row) > most:
            return False
    return row[-1] <= most
