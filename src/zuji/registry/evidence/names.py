"""The name of a file as it is shown. It never becomes a path: the bytes lie under their hash."""

import unicodedata

LONGEST = 120
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))  # what some systems do not take in a name


def shown(name: str) -> tuple[str, str]:
    r"""The name to show, and its ending in small letters with the point (empty if it has none).

    Folders are cut off, characters that do not print (NUL, controls, marks that turn the direction of writing, zero
    width) left out, and a long name shortened in its middle, so that its ending stays true.

    >>> shown("../../etc/电费单.PDF")
    ('电费单.PDF', '.pdf')
    >>> shown("invoice\u202efdp.exe")
    ('invoicefdp.exe', '.exe')
    >>> len(shown("a" * 10_000 + ".csv")[0])
    120
    """
    last = unicodedata.normalize("NFC", name[-100_000:]).replace("\\", "/").rpartition("/")[2]
    plain = "".join(each for each in last if each.isprintable()).translate(_FORBIDDEN).strip().lstrip(".").strip()
    stem, point, ending = plain.rpartition(".")
    if not point or not stem.strip() or len(ending) > 16:
        stem, ending = plain, ""
    suffix = f".{ending}" if ending else ""
    room = LONGEST - len(suffix)
    if len(stem) > room:
        stem = f"{stem[: room // 2]}…{stem[-(room - room // 2 - 1) :]}"
    return stem + suffix, suffix.lower()
