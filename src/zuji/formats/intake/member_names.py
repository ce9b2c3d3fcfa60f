"""Which names of files in an archive are taken."""

import re
import unicodedata

from zuji.engine.text import Text

_MOST_CHARACTERS, _MOST_FOLDERS = 400, 20
_DRIVE = re.compile(r"^[A-Za-z]:")


def why_not(name: str) -> Text | None:
    """Why a file of this name makes the archive unsafe; None where it does not.

    >>> why_not("../etc/passwd").en
    'leaves its folder'
    """
    if not name or "\\" in name or name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return Text("指向文件夹之外", "leaves its folder")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Cf"} for character in name):
        return Text("的名称含有控制字符", "has control characters in its name")
    if len(name) > _MOST_CHARACTERS or name.count("/") > _MOST_FOLDERS:
        return Text("的名称过长", "has too long a name")
    return None
