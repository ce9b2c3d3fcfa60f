"""What people type about themselves and their enterprises: cleaned, or refused with the field and the reason. Pure."""

import re
import unicodedata
from datetime import date

from zuji.engine.text import Text
from zuji.registry.refusals import Refused

# Characters that hide, reorder or control the text around them. A line of a name needs none.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ADDRESS = re.compile(
    r"[^\s@<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_DIVISION = re.compile(r"[1-9][0-9]{5}")


class Unfit(Refused):
    """One or more fields hold what cannot be taken; ``faults`` says which and why."""

    def __init__(self, faults: dict[str, Text]) -> None:
        first = next(iter(faults.values()))
        super().__init__(
            first if len(faults) == 1 else Text("".join(f.zh for f in faults.values()), " ".join(f.en for f in faults.values()))
        )
        self.faults = faults


class Entries:
    """Reads fields one after the other and refuses all faults together.

    >>> entries = Entries()
    >>> entries.line("name", "  Li  Min ", most=120)
    'Li Min'
    """

    def __init__(self) -> None:
        self.faults: dict[str, Text] = {}

    def line(self, field: str, text: str, *, most: int, needed: bool = True) -> str:
        """One line of text: spaces at its ends and doubled ones are nothing."""
        kept = " ".join(unicodedata.normalize("NFC", text).split())
        if any(unicodedata.category(character) in _HIDDEN for character in kept):
            self.faults[field] = Text("含有不可见的控制字符，请重新输入。", "There are invisible control characters in it: type it again.")
        elif len(kept) > most:
            self.faults[field] = Text(
                f"最多 {most} 个字符，现有 {len(kept)} 个。", f"At most {most} characters can be kept; this has {len(kept)}."
            )
        elif needed and not kept:
            self.faults[field] = Text("请填写。", "Fill this in.")
        return kept

    def email(self, field: str, text: str) -> str:
        """An e-mail address, in small letters."""
        kept = self.line(field, unicodedata.normalize("NFKC", text), most=254).lower()
        if field not in self.faults and not _ADDRESS.fullmatch(kept):
            self.faults[field] = Text("邮箱格式不正确，如 name@example.com。", "This is not an e-mail address such as name@example.com.")
        return kept

    def division(self, field: str, text: str) -> str:
        """A division code of GB/T 2260: six digits. Whether the division exists is not known here."""
        kept = self.line(field, unicodedata.normalize("NFKC", text), most=20)
        if field not in self.faults and not _DIVISION.fullmatch(kept):
            self.faults[field] = Text("行政区划代码为 6 位数字，如 420200。", "A division code has six digits, such as 420200.")
        return kept

    def day(self, field: str, text: str, *, first: date, last: date) -> date:
        """A calendar day between two others."""
        try:
            kept = date.fromisoformat(text.strip()) if len(text) <= 20 else None
        except ValueError:
            kept = None
        if kept is None:
            self.faults[field] = Text("请填写日期，如 2027-06-30。", "Write a date such as 2027-06-30.")
            return first
        if not first <= kept <= last:
            self.faults[field] = Text(
                f"日期须在 {first.isoformat()} 与 {last.isoformat()} 之间。",
                f"The date must lie between {first.isoformat()} and {last.isoformat()}.",
            )
        return kept

    def chosen(self, field: str, text: str, choices: frozenset[str]) -> str:
        """One of the choices offered."""
        if text not in choices:
            self.faults[field] = Text("请选择其中一项。", "Choose one of these.")
        return text

    def fault(self, field: str, reason: Text | None) -> None:
        """``reason`` against ``field``, where there is one and none was found before."""
        if reason is not None:
            self.faults.setdefault(field, reason)

    def settle(self) -> None:
        """Nothing where all is well.

        Raises:
            Unfit: with every fault found.
        """
        if self.faults:
            raise Unfit(self.faults)
