"""Chapter 1, goal and scope (ISO 14067:2018 6.3; 7.3 a, b, j, l, n, o, p)."""

from zuji.documents.blocks import Row, TableColumn
from zuji.documents.chapters.cover import rule_name
from zuji.documents.diagram import system_diagram
from zuji.documents.wording import BOUNDARIES, CLAUSE_STATES, STAGES, clipped
from zuji.documents.writer import Writer
from zuji.engine.study import STAGES as STAGE_ORDER


def write(w: Writer) -> None:
    """The chapter."""
    w.chapter("目的与范围", "Goal and scope")
    _goal(w)
    _product(w)
    _boundary(w)
    _representativeness(w)
    _rule(w)


def _goal(w: Writer) -> None:
    about = w.of.study.about
    w.section("研究目的与预期用途", "Goal and intended use")
    w.text(w.prose(about.goal if about else None))
    w.definitions(
        [
            (w.say("预期读者", "Intended audience"), w.prose(about.audience if about else None)),
            (
                w.say("公开比较声明", "Comparative claims"),
                w.say(
                    "本研究不支持与其他产品的公开比较声明；不同规则、边界或声明单位的结果不可比较。",
                    "The study does not support comparative claims to the public; results under other rules, boundaries or units are not comparable.",
                ),
            ),
            (
                w.say("碳抵消", "Offsets"),
                w.say("结果不含任何碳抵消或碳信用。", "The result contains no offsets and no carbon credits."),
            ),
        ]
    )


def _product(w: Writer) -> None:
    study, about = w.of.study, w.of.study.about
    whole = study.boundary == "cradle-to-grave"
    w.section("产品与声明单位", "Product and declared unit")
    unit = f"{study.declared_unit.amount} {study.declared_unit.unit}"
    reference = next((p for p in study.processes if p.id == study.reference), None)
    rows = [
        (w.say("产品", "Product"), w.name(about.product if about and about.product else study.title)),
        (w.say("型号规格", "Model"), w.prose(about.model if about else None)),
        (w.say("生产者", "Producer"), w.prose(about.producer if about else None)),
        (w.say("生产场所", "Site"), w.prose(about.site if about else None)),
        (w.say("功能单位", "Functional unit") if whole else w.say("声明单位", "Declared unit"), unit),
        (
            w.say("基准流", "Reference flow"),
            w.say("{unit}，由单元过程“{process}”交付（{product}）", "{unit}, delivered by the unit process “{process}” ({product})").format(
                unit=unit,
                process=w.process(study.reference),
                product=clipped(reference.output.product) if reference else w.not_stated,
            ),
        ),
    ]
    if whole or (about and about.use_profile):
        rows.append((w.say("使用情景", "Use profile"), w.prose(about.use_profile if about else None)))
    if whole or (about and about.end_of_life):
        rows.append((w.say("寿命终止情景", "End-of-life scenario"), w.prose(about.end_of_life if about else None)))
    w.definitions(rows)


def _boundary(w: Writer) -> None:
    study = w.of.study
    w.section("系统边界", "System boundary")
    within = [w.term(STAGES, s) for s in STAGE_ORDER if any(s in (p.stage, *(line.stage for line in p.inputs)) for p in study.processes)]
    w.paragraph(
        f"系统边界为“{w.term(BOUNDARIES, study.boundary)}”，包括{w.listed(within)}。各阶段内的运输计入该阶段。"
        "边界内的过程与能源、材料、运输原则上全部计入；未计入的仅为 2.4 节列明的取舍项和 4.6 节列明的缺口。图中虚线框为系统边界。",
        f"The boundary is “{w.term(BOUNDARIES, study.boundary)}” and covers: {w.listed(within).lower()}. Transport counts in the stage in which it happens. "
        "In principle every process, energy, material and transport within the boundary is counted; what is not counted is listed as cut off in section 2.4 "
        "or as a gap in section 4.6.",
    )
    drawing = system_diagram(study, w.of.language)
    w.figure(
        w.say("产品系统与系统边界（虚线框）", "Product system and system boundary (dashed)"),
        drawing.svg,
        drawing.alt,
        drawing.width,
        drawing.height,
    )
    _excluded(w)


def _excluded(w: Writer) -> None:
    study = w.of.study
    stated = {e.stage: w.prose(e.reason) for e in study.excluded_stages}
    counted = set(w.of.result.by_stage)
    rows = [Row((w.term(STAGES, s), stated.get(s, w.not_stated))) for s in STAGE_ORDER if s in stated or s not in counted]
    if rows:
        w.table(
            w.say("未包括的生命周期阶段及理由", "Life cycle stages not included, and why"),
            [TableColumn(w.say("阶段", "Stage"), width=1), TableColumn(w.say("理由", "Reason"), width=3.6)],
            rows,
        )


def _representativeness(w: Writer) -> None:
    study, about = w.of.study, w.of.study.about
    w.section("数据代表性", "Representativeness of the data")
    w.definitions(
        [
            (w.say("时间", "Time"), w.say("{a} 至 {b}", "{a} to {b}").format(a=study.period.start, b=study.period.end)),
            (w.say("地域", "Geography"), study.geography),
            (w.say("技术", "Technology"), w.prose(about.technology if about else None)),
        ]
    )


def _rule(w: Writer) -> None:
    rule = w.of.rule
    w.section("核算依据与规则状态", "Rule and its status")
    w.paragraph(
        "量化方法按 GB/T 24067—2024《温室气体 产品碳足迹 量化要求和指南》与 ISO 14067:2018 的框架编制，"
        "清单与分配按 GB/T 24044（ISO 14044:2006）。平台编写规则时未读到 GB/T 24067—2024 全文，与其条文是否一致须由核查确认。",
        "Quantification is laid out after GB/T 24067-2024 and ISO 14067:2018, inventory and allocation after GB/T 24044 (ISO 14044:2006). "
        "The full text of GB/T 24067-2024 was not at hand when the rules were written; whether every clause is met is for verification to confirm.",
    )
    if rule is None:
        w.definitions([(w.say("核算规则", "Product rule"), rule_name(w))])
        return
    w.definitions(
        [
            (w.say("核算规则", "Product rule"), rule_name(w)),
            (w.say("适用范围", "Scope"), w.prose(rule.scope)),
            (w.say("生效日期", "Valid from"), rule.valid_from.isoformat()),
            (w.say("编制依据", "Based on"), "\n".join(clipped(basis.title, 200) for basis in rule.based_on)),
        ]
    )
    clauses = rule.clauses
    unverified = sum(1 for clause in clauses.values() if not clause.verified)
    w.paragraph(
        f"规则共 {len(clauses)} 条，其中 {unverified} 条的取值未核实：编制时未见到可查证的原文，属可由主管部门设定的参数，以此为据的判断一并注明。",
        f"The rule has {len(clauses)} clauses; the values of {unverified} are unverified: no source could be read when the rule was written, "
        "so they are parameters for the authority to set, and every judgement that rests on them says so.",
    )
    w.table(
        w.say("规则条款及其状态", "Clauses of the rule and their status"),
        [
            TableColumn(w.say("条款", "Clause"), width=3.2),
            TableColumn(w.say("状态", "Status"), width=0.8),
            TableColumn(w.say("出处", "Source"), width=2.6),
        ],
        [Row((w.prose(c.text), w.term(CLAUSE_STATES, c.status), clipped(c.source, 200))) for c in clauses.values()],
        dense=True,
    )
