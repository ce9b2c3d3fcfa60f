"""Datasets that make the same product emit alike."""

from collections import defaultdict
from statistics import median

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_FEWEST, _FACTOR = 5, 300.0


def intensity_outlier(case: Case) -> list[GateFinding]:
    """Direct emissions 300 times above or below the median of at least five datasets for one product: a factor of 1,000 lies behind."""
    per: defaultdict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for dataset in case.inventory.datasets:
        reference = dataset.reference
        emitted = case.direct.get(dataset.id)
        if reference is not None and reference.amount and emitted and emitted > 0:
            per[reference.flow, case.inventory.unit(reference)].append((float(emitted / abs(reference.amount)), dataset.id))
    found = []
    for values in per.values():
        middle = median(value for value, _ in values)
        for value, identity in values:
            if len(values) >= _FEWEST and not middle / _FACTOR <= value <= middle * _FACTOR:
                dataset = case.datasets[identity]
                message = Text(
                    f"直接排放 {value:.3g} kgCO2e/单位，而同一产品 {len(values)} 个数据集的中位数为 {middle:.3g}。",
                    f"Direct emissions of {value:.3g} kgCO2e per unit, while the median of {len(values)} datasets of this product is {middle:.3g}.",
                )
                found.append(about("emission.outlier", "warning", dataset, message, dataset.reference))
    return found
