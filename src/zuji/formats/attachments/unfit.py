"""Why a file is not taken, as the child process says it: without words, which are composed where they are read."""


class Unfit(Exception):
    """A file that is not taken. ``fault`` is a key of :data:`zuji.formats.attachments.faults.FAULTS`, ``found`` names what was found."""

    def __init__(self, fault: str, found: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.found = found
