"""Plain text and CSV, in the two encodings that Chinese software writes."""

import re
from itertools import islice

from zuji.formats.attachments.unfit import Unfit

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A cell that starts another program when a spreadsheet opens the file (Dynamic Data Exchange): =cmd|'/c calc'!A1
_DYNAMIC = re.compile(r"""(?:^|[,;\t"'\r\n])\s*[=+@-][^,;\t\r\n|]{0,80}\|[^\r\n]{0,2000}?!""")


def encoding_of(data: bytes, kind: str) -> str:
    """The encoding: ``utf-8`` or ``gb18030`` (which holds GBK and GB 2312).

    Raises:
        Unfit: it is neither, holds control characters, or is a CSV with a cell that starts a program.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(True for _ in islice(_CONTROL.finditer(text), 1)):
            raise Unfit("encoding")
        if kind == "csv" and _DYNAMIC.search(text):
            raise Unfit("remote", "DDE")
        return encoding
    raise Unfit("encoding")
