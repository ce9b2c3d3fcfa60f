"""Unified social credit codes (统一社会信用代码) and their check character. Pure.

Source: GB 32100-2015 《法人和其他组织统一社会信用代码编码规则》, 4 (structure), 5 and annex A (check character).
"""

from zuji.engine.text import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to the first seventeen.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def fault(code: str) -> Text | None:
    """What is wrong with ``code``, or None if it is a well-formed code whose check character is right.

    Whether an enterprise of that code exists is not known here.
    """
    if len(code) != 18:
        return Text(
            f"统一社会信用代码应为 18 位，现有 {len(code)} 位。", f"A unified social credit code has 18 characters; this has {len(code)}."
        )
    for place, character in enumerate(code, start=1):
        if character not in ALPHABET:
            return Text(
                f"第 {place} 位“{character}”不可用于统一社会信用代码：只用数字和大写字母，不用 I、O、S、V、Z。",
                f"Character {place}, {character!r}, cannot stand in a unified social credit code: digits and capital letters except I, O, S, V, Z.",
            )
    if not code[2:8].isdigit():
        return Text(
            "第 3 至 8 位应为登记机关行政区划码（数字）。", "Characters 3 to 8 are the digits of the registering authority's division."
        )
    if check_character(code[:17]) != code[17]:
        return Text(
            "统一社会信用代码的校验位不符，请核对是否有误输。",
            "The check character of the unified social credit code does not fit: look for a typing error.",
        )
    return None
