"""Every life cycle stage is in the study, or excluded with a reason (ISO 14067:2018 6.3.4.2)."""

from zuji.engine.findings import Finding
from zuji.engine.study import STAGES, Stage, Study
from zuji.engine.text import Text
from zuji.rules.case import Case

NAMES: dict[Stage, Text] = {
    "raw_materials": Text("原材料获取", "raw materials"),
    "production": Text("生产", "production"),
    "distribution": Text("分销", "distribution"),
    "use": Text("使用", "use"),
    "end_of_life": Text("寿命终止", "end of life"),
}


def required_stages(case: Case) -> list[Finding]:
    """A warning for a stage that the rule requires and the study neither has nor excludes; one for a stage both present and excluded."""
    present = stages_present(case.study)
    excluded = {each.stage for each in case.study.excluded_stages}
    required = set(case.rule.stages.value) or _of_boundary(case.study)
    found = [_missing(case, stage) for stage in STAGES if stage in required and stage not in present and stage not in excluded]
    found += [_silent(case, stage) for stage in STAGES if stage not in required and stage not in present and stage not in excluded]
    found += [_both(case, stage) for stage in STAGES if stage in present and stage in excluded]
    return found


def stages_present(study: Study) -> set[Stage]:
    """The stages that at least one process, input or emission of the study belongs to."""
    stages: set[Stage] = set()
    for process in study.processes:
        stages.update(line.stage or process.stage for line in process.inputs)
        stages.update(line.stage or process.stage for line in process.emissions)
    return stages


def _of_boundary(study: Study) -> set[Stage]:
    if study.boundary == "cradle-to-grave":
        return set(STAGES)
    return {"production"} if study.boundary == "gate-to-gate" else {"raw_materials", "production"}


def _missing(case: Case, stage: Stage) -> Finding:
    message = Text(
        zh=f"研究没有“{NAMES[stage].zh}”阶段的数据，也没有说明排除理由。请补充，或在 excluded_stages 中写明理由。",
        en=f"The study has nothing in the stage “{NAMES[stage].en}” and gives no reason for leaving it out. Add it, or state the reason in excluded_stages.",
    )
    return case.finding("stages.missing", "warning", f"stage / {stage}", message, "stages")


def _silent(case: Case, stage: Stage) -> Finding:
    message = Text(
        zh=f"部分碳足迹须披露未包含的阶段：请在 excluded_stages 中写明不含“{NAMES[stage].zh}”的理由。",
        en=f"A partial footprint discloses what it leaves out: state in excluded_stages why “{NAMES[stage].en}” is not included.",
    )
    return case.finding("stages.not-disclosed", "info", f"stage / {stage}", message, "stages")


def _both(case: Case, stage: Stage) -> Finding:
    message = Text(
        zh=f"“{NAMES[stage].zh}”阶段写明排除，却又有数据计入。请二者择一。",
        en=f"The stage “{NAMES[stage].en}” is declared as left out, yet lines of it count. Keep one of the two.",
    )
    return case.finding("stages.contradiction", "warning", f"stage / {stage}", message, "stages")
