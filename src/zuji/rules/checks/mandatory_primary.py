"""The lines for which the rule demands primary data have them (ISO 14067:2018 6.3.5)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, EmissionLine, InputLine, contains
from zuji.rules.schema import PrimaryNeed


def mandatory_primary(case: Case) -> list[Finding]:
    """A warning for each line that must be primary and is not, and for each need of the rule that no line answers."""
    found: list[Finding] = []
    for need in case.rule.mandatory_primary.value:
        lines = _lines(case, need)
        if not lines and need.required:
            found.append(_absent(case, need))
        found += [_secondary(case, need, line) for line in lines if line.data.type != "primary"]
    return found


def _lines(case: Case, need: PrimaryNeed) -> list[InputLine | EmissionLine]:
    lines: list[InputLine | EmissionLine] = []
    if need.among in ("inputs", "both"):
        lines += [line for line in case.inputs if _answers(line, need)]
    if need.among in ("emissions", "both"):
        lines += [line for line in case.emissions if line.says(need.words) and _in_process(line.process.id, need)]
    return lines


def _answers(line: InputLine, need: PrimaryNeed) -> bool:
    freight = line.item.transport is not None or (line.factor is not None and line.factor.category == "transport")
    if freight or not _in_process(line.process.id, need) or line.item.cut_off is not None:
        return False
    if need.kinds and (line.factor is None or line.factor.kind not in need.kinds):
        return False
    return (not need.words or line.says(need.words)) and not contains(line.label, need.unlike)


def _in_process(process: str, need: PrimaryNeed) -> bool:
    return not need.processes or any(word in process.lower() for word in need.processes)


def _absent(case: Case, need: PrimaryNeed) -> Finding:
    message = Text(
        zh=f"规则要求“{need.label.zh}”采用初级数据，研究中没有找到这样的行。请补充，或核对行的名称。",
        en=f"The rule demands primary data for “{need.label.en}”, and no such line was found in the study. Add it, or check how the line is named.",
    )
    return case.finding("primary.not-found", "warning", f"primary / {need.id}", message, "mandatory_primary")


def _secondary(case: Case, need: PrimaryNeed, line: InputLine | EmissionLine) -> Finding:
    message = Text(
        zh=f"“{line.label.zh}”属于“{need.label.zh}”，须为初级数据，现为{'次级数据' if line.data.type else '未写明类型'}。请换成本企业计量数据。",
        en=f"“{line.label.en}” belongs to “{need.label.en}” and must rest on primary data; it is {line.data.type or 'not stated'}. "
        "Replace it by what the plant measured.",
    )
    return case.finding("primary.required", "warning", line.where, message, "mandatory_primary")
