"""One spelling for the many ways in which a unit is typed: m³, m^3 and ㎥; t·km and t×km; full-width parentheses."""

import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_NORMAL_CUBIC = re.compile(r"(^|[^A-Za-z])([Nn])m\^3")
_DOTS = re.compile("[·⋅∙•‧・×✕*]")


def normal(text: str) -> str:
    """The text of a unit in one spelling; what it measures never changes.

    >>> normal("kgCO₂e／（t×km）"), normal("10⁴ m³")
    ('kgCO2e/(t·km)', '10^4 m^3')
    """
    text = _RAISED.sub(lambda raised: "^" + raised.group().translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text).replace("**", "^").replace("\u2212", "-").replace("∕", "/").replace("÷", "/")
    text = _NORMAL_CUBIC.sub(r"\1\2m3", text)
    return " ".join(_DOTS.sub("·", text).split())
