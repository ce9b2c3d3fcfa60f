"""The lines of a study as a report lists them: amounts as entered, with the factor, its source and the data behind each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zuji.documents.numerals import entered, shown
from zuji.documents.wording import clipped, formula_signs
from zuji.documents.writer import Writer
from zuji.engine.amounts import Amounts
from zuji.engine.factors import FactorVersion
from zuji.engine.findings import Findings
from zuji.engine.quality import score
from zuji.engine.quantities import decimal_text
from zuji.engine.study import Data, Emission, Input, OwnFactor, Process
from zuji.engine.text import Text


@dataclass(frozen=True, slots=True)
class UsedFactor:
    """The factor of a line, from the library or the study's own, as it is shown."""

    name: str
    value: str
    reference: str
    source: str
    place: str = ""
    boundary: str = ""
    electricity: bool = False


def used_factor(w: Writer, item: Input) -> UsedFactor | None:
    """The factor of an input; None for a link, a gap or a line cut off. A factor that cannot be looked up shows its reference alone."""
    if isinstance(item.factor, OwnFactor):
        own = item.factor
        return UsedFactor(
            w.name(own.name or item.name),
            f"{entered(own.value)} {formula_signs(clipped(own.unit, 40))}",
            w.say("本研究自备", "the study's own"),
            clipped(own.source, 300),
            w.listed([part for part in (clipped(own.geography or "", 30), str(own.year or "")) if part]),
        )
    if item.factor is None:
        return None
    found = w.of.factors.find(item.factor)
    if found is None or not _as_calculated(w, found):
        return UsedFactor(w.not_stated, w.not_stated, clipped(item.factor, 80), w.not_stated)
    return UsedFactor(
        w.name(found.name),
        f"{factor_value(found)} {formula_signs(found.unit)}",
        found.reference,
        source(w, found),
        w.listed([part for part in (clipped(found.geography, 30), str(found.year or "")) if part]),
        clipped(found.boundary, 80),
        found.category.startswith("electricity"),
    )


def _as_calculated(w: Writer, factor: FactorVersion) -> bool:
    """Whether the factor is, to the last digit of its hash, the one that the result was calculated with."""
    used = w.of.result.manifest.get("factors")
    return isinstance(used, Mapping) and f"{factor.version}+sha256:{factor.digest}" in str(used.get(factor.id, "")).split(", ")


def factor_sources(w: Writer) -> dict[UsedFactor, int]:
    """Every factor of the study once, numbered from 1 in the order in which the lines use them."""
    used = (used_factor(w, item) for _, item in inputs(w))
    return {factor: number for number, factor in enumerate(dict.fromkeys(f for f in used if f is not None), 1)}


def factor_value(factor: FactorVersion) -> str:
    """The published value in full where it is short, else to six figures."""
    try:
        text = decimal_text(factor.value)
    except ValueError:
        return shown(factor.value, 6)
    return entered(text) if len(text) <= 12 else shown(factor.value, 6)


def source(w: Writer, factor: FactorVersion) -> str:
    """Publisher, document and year of a factor, and whether the value was checked against it."""
    parts = [clipped(factor.publisher, 90), clipped(factor.source, 200)]
    text = w.say("，", ", ").join(dict.fromkeys(p for p in parts if p))
    return text if factor.confidence == "verified" else text + confidence_mark(w, factor.confidence)


def confidence_mark(w: Writer, confidence: str) -> str:
    """What is said of a factor whose value was not read at its origin."""
    words = {
        "secondary": Text("（转引）", " (quoted from another work)"),
        "unverified": Text("（未核实）", " (unverified)"),
    }
    return words[confidence].in_(w.of.language) if confidence in words else ""


def amount_text(w: Writer, item: Input | Emission) -> str:
    """The amount as entered, with its unit; a formula with what it comes to."""
    if isinstance(item, Input) and item.transport is not None:
        carried = item.transport
        mass = _evaluated(w, carried.mass, carried.mass_unit)
        distance = _evaluated(w, carried.distance, carried.distance_unit)
        return f"{mass} {carried.mass_unit} × {distance} {carried.distance_unit}"
    if item.amount is None or item.unit is None:
        return w.not_stated
    return f"{_evaluated(w, item.amount, item.unit)} {clipped(item.unit, 30)}"


def output_text(w: Writer, process: Process) -> str:
    """The reference output of a process with its unit; a formula with what it comes to."""
    return f"{_evaluated(w, process.output.amount, process.output.unit)} {clipped(process.output.unit, 30)}"


def formula_text(item: Input | Emission) -> str:
    """The formula behind an amount, empty where a plain number was entered."""
    written = [item.amount] if item.amount else []
    if isinstance(item, Input) and item.transport is not None:
        written = [item.transport.mass, item.transport.distance]
    return "；".join(clipped(text, 120) for text in written if text.lstrip().startswith("="))


def _evaluated(w: Writer, text: str, unit: str) -> str:
    if not text.lstrip().startswith("="):
        return entered(text)
    numbers = Amounts(w.of.study.parameters, Findings())
    measured = numbers.unit(unit, "")
    value = None if measured is None else numbers.amount(text, measured, "", at_least_zero=False)
    return clipped(text) if value is None else shown(value)


def data_of(process: Process, item: Input | Emission) -> Data:
    """The data statement that holds for a line: its own, else its process's."""
    return item.data or process.data or Data()


def quality_text(w: Writer, data: Data) -> str:
    """Primary or secondary, and the mean of the indicators that were scored."""
    kinds = {"primary": Text("初级", "primary"), "secondary": Text("次级", "secondary")}
    kind = kinds[data.type].in_(w.of.language) if data.type else w.not_stated
    mean = score(data.quality)
    return f"{kind} {shown(mean, 2)}" if mean is not None else kind


def inputs(w: Writer) -> Iterator[tuple[Process, Input]]:
    """Every input of every process, in the order of the study."""
    return ((process, item) for process in w.of.study.processes for item in process.inputs)
