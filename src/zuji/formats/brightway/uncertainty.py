"""The uncertainty of an exchange's amount, by the columns of bw2io and the numbers of stats_arrays.

0 undefined, 1 none, 2 lognormal (``loc``, ``scale``: mean and standard deviation of the logarithm; the sign is the amount's), 3 normal, 4 uniform,
5 triangular (``loc`` is the most likely value). The others (gamma, beta …) are named and not drawn.
"""

from collections.abc import Mapping
from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.intake import Parameters, Unreadable
from zuji.formats.inventory import Place, Uncertainty
from zuji.formats.inventory.uncertainty import median_of, of_deviation

_NAMES = {
    "6": "Bernoulli", "7": "discrete uniform", "8": "Weibull", "9": "gamma", "10": "beta", "11": "generalized extreme value", "12": "Student's t",
}  # fmt: skip


def uncertainty(cells: Mapping[str, str], amount: Decimal | None) -> Uncertainty | None:
    """What a row states; None where it states nothing."""
    kind = cells.get("uncertainty type", "").removesuffix(".0")
    held = Parameters()
    centre, spread, minimum, maximum = (held.read(name, cells.get(name)) for name in ("loc", "scale", "minimum", "maximum"))
    match kind:
        case "2":
            median = median_of(centre)
            return held.checked(
                Uncertainty("lognormal", median.copy_sign(amount) if median is not None and amount else median, of_deviation(spread))
            )
        case "3":
            return held.checked(Uncertainty("normal", centre, spread))
        case "4":
            return held.checked(Uncertainty("uniform", minimum=minimum, maximum=maximum))
        case "5":
            return held.checked(Uncertainty("triangular", centre, minimum=minimum, maximum=maximum))
        case "" | "0" | "1":
            return Uncertainty("other", stated="pedigree alone") if cells.get("pedigree") else None
    return held.checked(Uncertainty("other", minimum=minimum, maximum=maximum, stated=_NAMES.get(kind, kind[:80])))


def calculated(written: str, place: Place) -> str:
    """The text of a cell. Raises ``Unreadable`` for a formula that nobody has calculated."""
    if written.startswith("="):
        raise Unreadable(
            "formula",
            place,
            Text(
                f"公式 {written[:40]} 没有存储计算结果。请用电子表格程序打开并保存后再导入。",
                f"The formula {written[:40]} has no stored result. Open and save the file in a spreadsheet program first.",
            ),
        )
    return written
