"""Links are made by the rule that was named and no other; what is refused is not replaced."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.unit.formats.steelworks import POWER, STEEL, YEAR, adding, dataset, exchange, sound, spoilt
from zuji.formats.gate import RULES, Case, Linking, judge, link
from zuji.formats.gate.linking import Rule
from zuji.formats.inventory import Dataset, Inventory


def plants(*locations: str, volumes: tuple[str | None, ...] = ()) -> Inventory:
    """The steelworks with power plants at these places, in HUB-CN itself."""
    inventory = sound()
    plant, mill = inventory.datasets
    said = volumes or (None,) * len(locations)
    made = tuple(
        replace(plant, id=f"plant-{n}", location=place, volume=None if v is None else Decimal(v))
        for n, (place, v) in enumerate(zip(locations, said, strict=True))
    )
    return replace(inventory, datasets=(*made, replace(mill, location="HUB-CN")))


def linked(inventory: Inventory, rule: Rule) -> list[tuple[str, Fraction, str]] | str:
    """The suppliers of the steelworks' electricity, or the reason that there is none."""
    case = Case(inventory, YEAR)
    made: Linking = link(case, rule, case.datasets)
    assert {one.dataset for one in made.links} | {gap.dataset for gap in made.open} == {STEEL}
    return made.open[0].reason if made.open else [(one.provider, one.share, one.how) for one in made.links]


def test_without_a_rule_nothing_is_linked() -> None:
    assert linked(sound(), "none") == "rule"
    assert linked(sound(), "stated") == "rule"


def test_a_stated_supplier_is_taken_by_every_rule_but_none() -> None:
    stated = spoilt(exchange=3, provider=POWER)
    assert [linked(stated, rule) for rule in RULES] == ["rule", *[[(POWER, Fraction(1), "stated")]] * 4]


def test_the_only_supplier() -> None:
    assert linked(sound(), "only-provider") == [(POWER, Fraction(1), "only")]
    assert linked(plants("CN", "HUB-CN"), "only-provider") == "several"


@pytest.mark.parametrize(
    ("places", "chosen"),
    [(("CN", "HUB-CN"), "plant-1"), (("CN", "GLO"), "plant-0"), (("US", "GLO"), "plant-1"), (("US", "RoW"), "plant-1")],
)
def test_the_nearest_place_with_exactly_one(places: tuple[str, ...], chosen: str) -> None:
    assert linked(plants(*places), "location-then-only") == [(chosen, Fraction(1), "location")]


def test_several_of_a_place_stay_open_or_share() -> None:
    assert linked(plants("CN", "CN"), "location-then-only") == "several"
    half = Fraction(1, 2)
    assert linked(plants("CN", "CN"), "location-then-share") == [("plant-0", half, "share equally"), ("plant-1", half, "share equally")]
    by_volume = linked(plants("CN", "CN", volumes=("1e9", "3e9")), "location-then-share")
    assert by_volume == [("plant-0", Fraction(1, 4), "share by volume"), ("plant-1", Fraction(3, 4), "share by volume")]
    assert linked(plants("US", "DE"), "location-then-share") == "several"


def test_a_refused_supplier_is_a_gap_and_not_replaced() -> None:
    judgement = judge(Case(spoilt(dataset=POWER, exchange=3, amount=None), YEAR), "only-provider")
    assert judgement.refused == {POWER: ("amount.missing",)}
    assert [gap.reason for gap in judgement.linking.open] == ["refused"]
    assert judgement.admitted == {STEEL}
    assert judgement.complete == frozenset()


def test_the_order_of_the_datasets_changes_nothing() -> None:
    inventory = plants("CN", "CN", volumes=("1e9", "3e9"))
    turned = replace(inventory, datasets=inventory.datasets[::-1])
    assert sorted(linked(inventory, "location-then-share")) == sorted(linked(turned, "location-then-share"))


def consumer(location: str = "HUB-CN") -> Dataset:
    """A process described per unit of electricity that it consumes, as the census data of TianGong are."""
    plant = sound().datasets[0]
    return replace(
        plant, id="consumer", location=location, exchanges=(replace(plant.exchanges[0], direction="input"), *plant.exchanges[1:])
    )


def test_what_takes_a_product_never_supplies_it_and_does_not_hide_who_makes_it() -> None:
    """The consumer is nearer; before, it was chosen and the input became a gap."""
    inventory = plants("CN")
    both = replace(inventory, datasets=(*inventory.datasets, consumer()))
    assert linked(both, "only-provider") == [("plant-0", Fraction(1), "only")]
    assert linked(both, "location-then-share") == [("plant-0", Fraction(1), "only")]
    alone = replace(inventory, datasets=(consumer(), inventory.datasets[-1]))
    assert [linked(alone, rule) for rule in RULES] == ["rule", *["direction"] * 4]


def test_a_stated_supplier_on_the_wrong_side_is_a_gap() -> None:
    stated = spoilt(exchange=3, provider="consumer")
    assert linked(replace(stated, datasets=(*stated.datasets, consumer())), "only-provider") == "direction"


@pytest.mark.parametrize(("direction", "amount"), [("input", "10"), ("output", "-10")])
def test_a_treatment_takes_the_waste_and_the_link_says_so(direction: str, amount: str) -> None:
    """As an input (ILCD, openLCA, SimaPro) or as an output of a negative amount (ecoinvent 3, Brightway)."""
    treatment = dataset("treatment", "钢渣处理", "slag treatment", exchange(1, "slag", direction, amount))
    base = adding(STEEL, exchange(7, "slag", "output", "0.5"))
    case = Case(replace(base, datasets=(*base.datasets, treatment)), YEAR)
    made = link(case, "only-provider", case.datasets)
    assert [(one.provider, one.side) for one in made.links if one.exchange == 7] == [("treatment", "takes")]
    assert [one.side for one in made.links if one.exchange == 3] == ["makes"]
    taking = adding(STEEL, exchange(7, "slag", "input", "0.5"))
    turned = Case(replace(taking, datasets=(*taking.datasets, treatment)), YEAR)
    assert [gap.reason for gap in link(turned, "only-provider", turned.datasets).open] == ["direction"]
