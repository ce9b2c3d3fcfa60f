"""What makes a line itself, whatever its amount: process, name, stage, factor or gas, data."""

import functools

from zuji.engine.canonical import digest, digest_of_texts
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.study import Data, Electricity, Uncertainty
from zuji.engine.system import EmissionLine, FactorLine, LinkLine


def line_id(line: FactorLine | EmissionLine) -> str:
    """A stable id of a line: its process, its name and twelve digits of its identity, never its amount."""
    key = factor_key(line) if isinstance(line, FactorLine) else emission_key(line)
    return f"{line.process}/{line.label.zh}#{digest_of_texts(key)[:12]}"


def factor_key(line: FactorLine) -> tuple[str, ...]:
    """What makes a factor line itself, whatever its amount."""
    return (
        line.process,
        *line.label,
        line.stage,
        line.factor.reference,
        line.factor.digest,
        line.shown_unit,
        "credit" if line.amount < 0 else "",
        data_key(line.data),
        electricity_key(line.electricity),
    )


def emission_key(line: EmissionLine) -> tuple[str, ...]:
    """What makes an emission line itself, whatever its amount."""
    return (line.process, *line.label, line.stage, line.gas, line.kind, data_key(line.data))


def link_key(line: LinkLine) -> tuple[str | int, ...]:
    """What makes a link itself, whatever its amount."""
    return (line.process, *line.label, line.supplier, "credit" if line.amount < 0 else "", data_key(line.data))


@functools.lru_cache(maxsize=4096)
def data_key(data: Data) -> str:
    """Data type, quality and uncertainty as canonical text; 1.10 and 1.1 are the same spread."""
    return digest([data.model_dump(mode="json", exclude={"uncertainty"}, exclude_none=True), spread_key(data.uncertainty)])


def spread_key(uncertainty: Uncertainty | None) -> list[str]:
    """The distribution and the value of its spread: 1.10 and 1.1 are the same."""
    if uncertainty is None:
        return []
    return [uncertainty.distribution, decimal_text(parse_number(uncertainty.gsd or uncertainty.relative_sd or ""))]


@functools.lru_cache(maxsize=4096)
def electricity_key(electricity: Electricity | None) -> str:
    """The kind of electricity and its certificate as canonical text."""
    return "" if electricity is None else digest(electricity.model_dump(mode="json", exclude_none=True))
