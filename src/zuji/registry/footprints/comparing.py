"""Two kept footprints side by side, and why they differ."""

from dataclasses import dataclass

from zuji.engine.comparison import Comparison, NotComparable, compare, refuse_unlike
from zuji.engine.text import Text
from zuji.formats.factors import FactorLibrary
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints.models import Footprint
from zuji.registry.footprints.queries import Sheet, sheet
from zuji.registry.footprints.reproduction import solution_of

_OTHER_ENTERPRISE = Text("不是同一企业的产品", "products of different enterprises")
_CHANGED = Text(
    "“{n}”的{v}用现在的软件与数据已得不到保存的总量，差值无法按因素拆开",
    "{v} of “{n}” can no longer be calculated to its kept total, so the difference cannot be split by driver",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Both footprints; ``comparison`` is None where there is none, and ``reasons`` says why."""

    before: Sheet
    after: Sheet
    comparison: Comparison | None
    reasons: tuple[Text, ...]


def compared(before: str, after: str, *, viewer: Viewer, library: FactorLibrary | None = None) -> Compared:
    """The footprints ``before`` and ``after`` with the difference by driver. Raises :class:`NotFound` unless ``viewer`` may see both."""
    one, other = sheet(before, viewer=viewer), sheet(after, viewer=viewer)
    if one.row.owner != other.row.owner:
        return Compared(one, other, None, (_OTHER_ENTERPRISE,))
    same = _of_one_product(before, after)
    solutions = [solution_of(found, library=library) for found in (one, other)]
    if solutions[0] is None or solutions[1] is None:
        return Compared(one, other, None, _why_not(one, other, [solution is None for solution in solutions], same=same))
    try:
        return Compared(one, other, compare(solutions[0], solutions[1], one_product=same), ())
    except NotComparable as refusal:
        return Compared(one, other, None, refusal.reasons)


def _of_one_product(before: str, after: str) -> bool:
    """Whether both were calculated from a product's questionnaire, and of one product: each version is a study with an id of its own."""
    products = set(Footprint.objects.filter(code__in=[before, after]).values_list("version__product", flat=True))
    return len(products) == 1 and None not in products


def _why_not(one: Sheet, other: Sheet, lost: list[bool], *, same: bool) -> tuple[Text, ...]:
    """That two studies are unlike comes before that one of them cannot be calculated any more."""
    try:
        refuse_unlike(one.calculated.study, other.calculated.study, "", "", one_product=same)
    except NotComparable as refusal:
        return refusal.reasons
    return tuple(
        Text(
            _CHANGED.zh.format(n=found.row.title.zh, v=found.row.edition.zh),
            _CHANGED.en.format(n=found.row.title.en, v=found.row.edition.en),
        )
        for found, gone in zip((one, other), lost, strict=True)
        if gone
    )
