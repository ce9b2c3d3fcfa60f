"""Words that are one slip of the keyboard apart."""

SHORTEST = 6  # shorter words have neighbours that mean other things, such as coal and coat


def one_letter_apart(written: str, known: str) -> bool:
    """Whether one letter was left out, put in, changed, or swapped with its neighbour.

    >>> one_letter_apart("alumnium", "aluminium"), one_letter_apart("limestoen", "limestone"), one_letter_apart("coat", "coal")
    (True, True, False)
    """
    if written == known or min(len(written), len(known)) < SHORTEST or abs(len(written) - len(known)) > 1:
        return False
    if len(written) == len(known):
        at = [i for i, (a, b) in enumerate(zip(written, known, strict=True)) if a != b]
        swapped = len(at) == 2 and at[1] == at[0] + 1 and written[at[0]] == known[at[1]] and written[at[1]] == known[at[0]]
        return len(at) == 1 or swapped
    short, long = sorted((written, known), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
