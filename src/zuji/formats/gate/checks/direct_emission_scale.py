"""What a process emits itself is of the size that a process can emit."""

from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.units import measured

_MOST, _LEAST = Decimal(100), Decimal("0.0001")
_MAINLY = Decimal("0.9")
_MOST_PER_MONEY = Decimal(100)


def direct_emission_scale(case: Case) -> list[GateFinding]:
    """Direct emissions above 100 kgCO2e per kg of product (per plant, or t for kg), or mainly CO2 and below 0.0001 (t written as kg).

    Where the reference is money, above 100 kgCO2e per unit of it.

    Aggregated datasets are left out. The most carbon-intensive bulk products stay far below: primary aluminium emits about 2 kg/kg
    itself, fluorochemicals and rare metals some tens. What is really above needs a person to say so.
    """
    found = []
    for dataset in case.inventory.datasets:
        reference = dataset.reference
        emitted = case.direct.get(dataset.id)
        if reference is None or not reference.amount or emitted is None or emitted <= 0 or dataset.kind == "system":
            continue
        unit = measured(case.inventory.unit(reference))
        if unit is None:
            continue
        per = emitted / (abs(reference.amount) * Decimal(unit.scale.numerator) / Decimal(unit.scale.denominator))
        money = unit.dimension.startswith("currency")
        carbon = case.direct_carbon.get(dataset.id, Decimal(0)) / emitted
        if unit.dimension == "mass" and (per > _MOST or (carbon > _MAINLY and per < _LEAST)):
            wrong = Text(f"直接排放为 {per:.3g} kgCO2e/kg，", f"Direct emissions are {per:.3g} kgCO2e/kg: ")
        elif money and per > _MOST_PER_MONEY:
            wrong = Text(f"直接排放为每货币单位 {per:.3g} kgCO2e，", f"Direct emissions are {per:.3g} kgCO2e per unit of money: ")
        else:
            continue
        large = per > 1
        message = Text(
            wrong.zh + ("可能是整厂数据、行业总量或吨与千克混淆。" if large else "可能是千克与吨混淆，或数据不全。"),
            wrong.en
            + ("probably a whole plant, a sector's total, or kg taken for t." if large else "probably t entered as kg, or incomplete."),
        )
        found.append(about("emission.scale", "error", dataset, message, reference))
    return found
