"""Of several versions of a dataset the newest counts."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def version_superseded(case: Case) -> list[GateFinding]:
    """An older version of a dataset that is in the package too; it is left aside."""
    return [
        about(
            "version.superseded",
            "info",
            old,
            Text(
                f"包内另有更新的版本，版本 {old.version} 未采用。", f"The package has a newer version; version {old.version} is left aside."
            ),
        )
        for old in case.inventory.older
    ]
