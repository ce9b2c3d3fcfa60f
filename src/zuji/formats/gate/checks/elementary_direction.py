"""Emissions go out and resources come in."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def elementary_direction(case: Case) -> list[GateFinding]:
    """An emission as an input, or a resource as an output; an error where it is a greenhouse gas, whose sign would turn around."""
    found = []
    for line in case.lines:
        if line.flow is None or line.flow.kind != "elementary" or not line.exchange.amount or line.is_reference:
            continue
        where = " ".join(line.flow.categories).lower()
        emission, resource = "emission" in where or "排放" in where, "resource" in where or "资源" in where
        wrong = (emission and not resource and line.exchange.direction == "input") or (resource and line.exchange.direction == "output")
        if wrong:
            inward = line.exchange.direction == "input"
            message = Text(
                f"“{line.flow.name}”（{line.flow.categories[-1]}）的方向是{'输入' if inward else '输出'}。",
                f"“{line.flow.name}” ({line.flow.categories[-1]}) is an {line.exchange.direction}.",
            )
            severity = "error" if line.exchange.flow in case.gases else "warning"
            found.append(about("elementary.direction", severity, line.dataset, message, line.exchange))  # type: ignore[arg-type]  # one word
    return found
