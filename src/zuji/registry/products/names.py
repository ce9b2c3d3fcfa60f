"""Names that people give to products, made fit to be kept and shown. Pure."""

import unicodedata
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.refusals import Refused

LONGEST = 200
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True, slots=True)
class Named:
    """What a product is called."""

    name: Text
    specification: str


def product(name: Text, specification: str) -> Named:
    """A product's names and specification. Where only one language is given it stands for both.

    Raises:
        Refused: no name at all, too long, or with control and direction characters.
    """
    zh, en = _fit(name.zh, Text("中文名称", "The Chinese name")), _fit(name.en, Text("英文名称", "The English name"))
    if not zh and not en:
        raise Refused(Text("请填写产品名称。", "Enter the name of the product."))
    return Named(Text(zh or en, en or zh), _fit(specification, Text("规格型号", "The specification")))


def _fit(text: str, called: Text) -> str:
    plain = " ".join(text.split(" ")).strip()
    if len(plain) > LONGEST:
        raise Refused(
            Text(
                f"{called.zh}有 {len(plain)} 个字符，最多 {LONGEST} 个。",
                f"{called.en} has {len(plain)} characters; at most {LONGEST} are kept.",
            )
        )
    if any(unicodedata.category(character) in _REFUSED for character in plain):
        raise Refused(
            Text(
                f"{called.zh}含有控制符、换行或方向控制符，请删去后重填。",
                f"{called.en} has control, line break or direction characters. Remove them.",
            )
        )
    return plain
