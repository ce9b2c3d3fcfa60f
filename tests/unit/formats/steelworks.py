"""A small inventory database without a fault: a power plant, and a steelworks that it supplies. Tests spoil one thing of it."""

from dataclasses import replace
from decimal import Decimal

from zuji.engine.findings import Severity
from zuji.formats.gate import Case, GateFinding
from zuji.formats.gate.checks import Check
from zuji.formats.inventory import (
    Dataset,
    Document,
    Exchange,
    Flow,
    FlowKind,
    FlowProperty,
    Inventory,
    Measure,
    Name,
    Part,
    Place,
    Unit,
    UnitGroup,
    gather,
)

YEAR = 2026
CO2 = "08a91e70-3ddc-11dd-923d-0050c2490048"  # EF 3.1: carbon dioxide (fossil), emissions to air, unspecified
POWER, STEEL = "11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"
SOURCE = "22222222-0000-4000-8000-000000000001"
HERE = Place("test.xml", "here")


def one(text: str) -> Decimal:
    return Decimal(text)


def group(name: str, reference: str, **units: str) -> UnitGroup:
    held = tuple(Unit(unit, one(factor)) for unit, factor in {reference: "1", **units}.items())
    return UnitGroup(f"group-{name}", "1", Name(en=name), held, reference, HERE, name)


def flow(identity: str, zh: str, en: str, kind: FlowKind, measure: str = "mass", *categories: str, cas: str = "") -> Flow:
    return Flow(
        identity,
        "1",
        Name(zh, en),
        kind,
        HERE,
        identity,
        categories,
        cas=cas,
        measures=(Measure(measure, one("1")),),
        reference_property=measure,
    )


FLOWS = (
    flow("steel", "粗钢", "crude steel", "product"),
    flow("electricity", "电力", "electricity", "product", "energy"),
    flow("ore", "铁矿石", "iron ore", "elementary", "mass", "Resources", "Resources from ground"),
    flow(CO2, "二氧化碳（化石）", "carbon dioxide (fossil)", "elementary", "mass", "Emissions", "Emissions to air"),
    flow("slag", "钢渣", "slag", "waste"),
)


def exchange(number: int, flow: str, direction: str, amount: str, **more: object) -> Exchange:
    name = next((f.name for f in FLOWS if f.id == flow), Name(en=flow))
    return Exchange(number, flow, name, direction, one(amount), Place("test.xml", f"exchange {number}"), **more)  # type: ignore[arg-type]  # as the test writes it


def sound() -> Inventory:
    """The database that every check passes."""
    return database(
        dataset(POWER, "火力发电", "power plant", exchange(1, "electricity", "output", "3.6"), exchange(2, "ore", "input", "0.5"),
                 exchange(3, CO2, "output", "0.9")),
        dataset(STEEL, "转炉炼钢", "steelworks", exchange(1, "steel", "output", "1"), exchange(2, "ore", "input", "1.5"),
                 exchange(3, "electricity", "input", "1.8"), exchange(4, CO2, "output", "1.9")),
    )  # fmt: skip


def dataset(identity: str, zh: str, en: str, *exchanges: Exchange) -> Dataset:
    return Dataset(
        id=identity,
        version="01.00.000",
        name=Name(zh, en),
        kind="unit process",
        place=Place(f"{en}.xml"),
        digest=identity,
        references=(1,),
        exchanges=exchanges,
        location="CN",
        year=2023,
        valid_until=2030,
        sources=(SOURCE,),
        licence="free",
        owner="somebody",
    )


def database(*datasets: Dataset, flows: tuple[Flow, ...] = FLOWS, form: str = "ilcd") -> Inventory:
    """A database of these datasets with the flows, properties and units of this module."""
    measures = {"mass": group("mass", "kg", t="1000"), "energy": group("energy", "MJ", kWh="3.6"), "volume": group("volume", "m3"),
                "money": group("money", "EUR")}  # fmt: skip
    properties = tuple(FlowProperty(name, "1", Name(en=name), held.id, HERE, name) for name, held in measures.items())
    source = Document(SOURCE, "source", Name(en="a yearbook"), HERE, SOURCE)
    return gather(form, [Part(datasets, flows, properties, tuple(measures.values()), (source,))])


def spoilt(dataset: str = STEEL, exchange: int | None = None, **changes: object) -> Inventory:
    """The sound database with fields of one dataset, or of one of its exchanges, changed."""
    inventory = sound()
    changed = []
    for held in inventory.datasets:
        if held.id == dataset and exchange is None:
            held = replace(held, **changes)  # type: ignore[arg-type]  # noqa: PLW2901  # the fields that the test names
        elif held.id == dataset:
            exchanges = tuple(replace(e, **changes) if e.number == exchange else e for e in held.exchanges)  # type: ignore[arg-type]  # the same
            held = replace(held, exchanges=exchanges)  # noqa: PLW2901  # the same
        changed.append(held)
    return replace(inventory, datasets=tuple(changed))


def adding(dataset: str, *exchanges: Exchange, flows: tuple[Flow, ...] = ()) -> Inventory:
    """The sound database with further exchanges in one dataset, and further flows."""
    inventory = sound()
    changed = tuple(replace(d, exchanges=(*d.exchanges, *exchanges)) if d.id == dataset else d for d in inventory.datasets)
    return replace(inventory, datasets=changed, flows={**inventory.flows, **{f.id: f for f in flows}})


def found(check: Check, inventory: Inventory) -> list[tuple[Severity, str, int | None]]:
    """What a check says about a database: severity, dataset and exchange. The sound database must be left in peace."""
    assert check(Case(sound(), YEAR)) == []
    findings = check(Case(inventory, YEAR))
    assert all(both_languages(finding) for finding in findings)
    return [(f.severity, f.dataset, f.exchange) for f in findings]


def both_languages(finding: GateFinding) -> bool:
    return bool(finding.message.zh and finding.message.en and finding.message.zh != finding.message.en)
