"""Who is looking, as every query and operation is told."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (``user`` is their number) or nobody in particular (None), with their role in each enterprise (by its number)."""

    user: int | None = None
    roles: dict[int, str] = field(default_factory=dict)
    system: bool = False

    @property
    def name(self) -> str:
        """As the audit chain names them."""
        if self.system:
            return "system"
        return f"user:{self.user}" if self.user is not None else "anonymous"

    @property
    def enterprises(self) -> frozenset[int]:
        return frozenset(self.roles)


ANYONE = Viewer()
SYSTEM = Viewer(system=True)  # the command line on the machine itself: loading the library, preparing the demonstration
