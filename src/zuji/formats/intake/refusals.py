"""How reading says no: a package as a whole, or one thing in one file."""

from zuji.engine.text import Text
from zuji.formats.inventory import Fault, Place


class PackageRefused(Exception):
    """The package is not taken at all: it is dangerous, or not what it is said to be. ``text`` is for the person who gave it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Unreadable(Exception):
    """One file, or one element of it, cannot be read; what depends on it does not come in."""

    def __init__(self, code: str, place: Place, text: Text) -> None:
        super().__init__(f"{place}: {text.en}")
        self.code = code
        self.place = place
        self.text = text

    def fault(self, dataset: str = "") -> Fault:
        """As a part of the inventory's list of faults."""
        return Fault(self.code, self.place, self.text.zh, self.text.en, dataset)
