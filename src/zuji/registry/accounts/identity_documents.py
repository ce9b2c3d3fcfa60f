"""Which person an account is of, as far as papers say. The number of a document is never kept: a keyed hash of it tells whether two are one.

A plain hash of an identity number is found by trying all of them; the key is the platform's own.
"""

import re
import unicodedata

from django.utils.crypto import salted_hmac

from zuji.engine.text import Text

_RESIDENT = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_OTHER = re.compile(r"[A-Z]{1,3}\d{6,10}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def fault_of_document(number: str) -> Text | None:
    """Why ``number`` is no number of an identity document; None where it may be one.

    A resident's number has 18 places, the last of which checks the others (GB 11643-1999, ISO 7064 MOD 11-2); others are letters and digits.

    >>> fault_of_document("11010519491231002X") is None, fault_of_document("110105194912310021") is None, fault_of_document("E12345678") is None
    (True, False, True)
    """
    kept = written(number)
    if _RESIDENT.fullmatch(kept):
        if _CHECKS[sum(int(digit) * weight for digit, weight in zip(kept[:17], _WEIGHTS, strict=True)) % 11] == kept[17]:
            return None
        return Text(
            "证件号码校验位不符，请核对。",
            "The last character of the number does not fit the others (GB 11643). Compare it with the document.",
        )
    if _OTHER.fullmatch(kept):
        return None
    return Text(
        "请填写 18 位居民身份证号码，或护照等证件号码（字母加数字）。",
        "Write the 18 characters of a resident's identity number, or the letters and digits of a passport or the like.",
    )


def written(number: str) -> str:
    """The one way to write a number: half width, capitals, no spaces."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


def document_key(number: str) -> str:
    """The keyed hash by which a document is known again, in hexadecimal."""
    return salted_hmac("zuji.registry.accounts.identity_documents", written(number), algorithm="sha256").hexdigest()
