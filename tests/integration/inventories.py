"""A small database as an ILCD folder, through the real import: power and steel in a loop, and one dataset for every other standing."""

from pathlib import Path

from tests.unit.formats.inventories.packages import (
    CO2,
    MASS,
    POWER,
    STEEL,
    ilcd_exchange,
    ilcd_files,
    ilcd_flow,
    ilcd_process,
)
from zuji.importing import Imported, import_inventory
from zuji.registry.inventory.operations import Source

YEAR = 2026
ORE = "aaaaaaaa-0000-4000-8000-000000000003"
COAL = "aaaaaaaa-0000-4000-8000-000000000004"
BOLT = "aaaaaaaa-0000-4000-8000-000000000005"
PLANT, MILL = "bbbbbbbb-0000-4000-8000-000000000002", "bbbbbbbb-0000-4000-8000-000000000001"
FORGE, QUARRY, SILENT, BROKEN = (f"bbbbbbbb-0000-4000-8000-00000000000{n}" for n in (3, 4, 5, 6))
SCREW = "aaaaaaaa-0000-4000-8000-000000000006"
STONE = "aaaaaaaa-0000-4000-8000-000000000007"
GYPSUM = "aaaaaaaa-0000-4000-8000-000000000008"
SOURCE = Source(name="试验数据库", edition="1", publisher="足迹", licence="CC0-1.0", address="https://example.org/inventory", public=True)


def files() -> dict[str, bytes]:
    texts = {
        "flows/ore.xml": _resource(ORE, "铁矿石", "iron ore"),
        "flows/coal.xml": ilcd_flow(COAL, "煤", "coal", "Product flow", MASS),
        "flows/bolt.xml": ilcd_flow(BOLT, "螺栓", "bolt", "Product flow", MASS),
        "flows/screw.xml": ilcd_flow(SCREW, "螺钉", "screw", "Product flow", MASS),
        "flows/stone.xml": ilcd_flow(STONE, "碎石", "crushed stone", "Product flow", MASS),
        "flows/gypsum.xml": ilcd_flow(GYPSUM, "石膏", "gypsum", "Product flow", MASS),
        "processes/plant.xml": ilcd_process(
            PLANT, "火力发电", "power plant", ilcd_exchange(0, POWER, "Output", "3.6"), ilcd_exchange(1, CO2, "Output", "0.9"),
            ilcd_exchange(2, STEEL, "Input", "0.01"), ilcd_exchange(3, ORE, "Input", "0.2"),
        ),
        "processes/mill.xml": ilcd_process(
            MILL, "转炉炼钢", "steelworks", ilcd_exchange(0, STEEL, "Output", "1"), ilcd_exchange(1, POWER, "Input", "1.8"),
            ilcd_exchange(2, CO2, "Output", "1.9"), ilcd_exchange(3, ORE, "Input", "1.5"),
        ),
        "processes/forge.xml": ilcd_process(
            FORGE, "锻造螺栓", "bolt forging", ilcd_exchange(0, BOLT, "Output", "1"), ilcd_exchange(1, STEEL, "Input", "1.1"),
            ilcd_exchange(2, COAL, "Input", "0.3"), ilcd_exchange(3, CO2, "Output", "0.7"),
        ),
        "processes/quarry.xml": ilcd_process(
            QUARRY, "采石场", "quarry", ilcd_exchange(0, STONE, "Output", "1"), ilcd_exchange(1, ORE, "Input", "1"),
            ilcd_exchange(2, CO2, "Output", "0.002"),
        ),
        "processes/silent.xml": ilcd_process(
            SILENT, "石膏加工", "gypsum works", ilcd_exchange(0, GYPSUM, "Output", "1"), ilcd_exchange(1, ORE, "Input", "1")
        ),
        "processes/broken.xml": ilcd_process(
            BROKEN, "螺钉 <b>", "screw works", ilcd_exchange(0, SCREW, "Output", "0"), ilcd_exchange(1, STEEL, "Input", "1")
        ).replace("螺钉 <b>", "螺钉 &lt;b&gt;"),
    }  # fmt: skip
    return ilcd_files() | {f"ILCD/{name}": text.encode() for name, text in texts.items()}


def _resource(identity: str, zh: str, en: str) -> str:
    return (
        ilcd_flow(identity, zh, en, "Elementary flow", MASS)
        .replace("Emissions to air", "Resources from ground")
        .replace("Emissions", "Resources")
    )


def folder(at: Path, changed: dict[str, bytes] | None = None) -> Path:
    """The database as files under ``at``."""
    for name, content in {**files(), **(changed or {})}.items():
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return at / "ILCD"


def imported(at: Path, changed: dict[str, bytes] | None = None) -> Imported:
    return import_inventory(folder(at, changed), "ilcd", rule="only-provider", year=YEAR)


def uncertain() -> dict[str, bytes]:
    """The same database, where the emissions of the plant and the steelworks' need of power are normal with 10 and 5 %; ILCD states two deviations."""
    changed = {}
    for name, amount, deviation in (("plant", b"0.9", b"0.18"), ("mill", b"1.8", b"0.18")):
        text = files()[f"ILCD/processes/{name}.xml"]
        before = b"<resultingAmount>" + amount + b"</resultingAmount>"
        assert before in text
        spread = (
            b"<uncertaintyDistributionType>normal</uncertaintyDistributionType><relativeStandardDeviation95In>"
            + deviation
            + b"</relativeStandardDeviation95In>"
        )
        changed[f"ILCD/processes/{name}.xml"] = text.replace(before, before + spread)
    return changed
