"""Why an operation or a query did not do what was asked. What HTTP makes of it is known in ``web`` only."""

from zuji.engine.text import Text


class RegistryError(Exception):
    """Base of every error of this package; ``text`` is the message in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NotFound(RegistryError):
    """There is no such thing, or none that this person may know of. Both read the same on purpose."""

    def __init__(self) -> None:
        super().__init__(Text("没有找到。它可能不存在，也可能不对您开放。", "Not found. It does not exist, or is not open to you."))


class NotAllowed(RegistryError):
    """The person may see the thing, and may not do this with it."""


class Refused(RegistryError):
    """The state of things, or what was handed in, forbids the operation."""
