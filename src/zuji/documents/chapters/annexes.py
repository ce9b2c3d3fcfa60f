"""The annexes: versions and hashes, full values, findings, terms, and how to get the same number again."""

from collections.abc import Mapping
from decimal import Decimal

from zuji.documents.blocks import Row, TableColumn
from zuji.documents.wording import DATA_TYPES, KINDS, SEVERITIES, STAGES, clipped, gas_name
from zuji.documents.writer import Writer

_GLOSSARY = (
    (
        "产品碳足迹",
        "product carbon footprint (PCF)",
        "产品系统中温室气体排放量与去除量之和，以二氧化碳当量表示。",
        "Greenhouse gas emissions and removals in a product system, as CO₂ equivalents.",
    ),
    ("声明单位", "declared unit", "部分碳足迹所对应的产品数量。", "The quantity of product to which a partial footprint refers."),
    (
        "基准流",
        "reference flow",
        "交付声明单位或功能单位所需的产品量。",
        "The amount of product that delivers the declared or functional unit.",
    ),
    (
        "单元过程",
        "unit process",
        "清单分析中量化输入与输出的最小部分。",
        "The smallest part of the inventory whose inputs and outputs are quantified.",
    ),
    (
        "初级数据",
        "primary data",
        "对本系统测量或由其测量值计算得到的数据。",
        "Data measured for this system, or calculated from such measurements.",
    ),
    ("次级数据", "secondary data", "取自数据库、文献等其他来源的数据。", "Data from databases, publications and other sources."),
    ("排放因子", "emission factor", "单位活动量对应的温室气体排放量。", "Greenhouse gas emissions per unit of activity."),
    (
        "特征化因子",
        "characterization factor",
        "将某种温室气体换算为二氧化碳当量的系数，此处为 GWP100。",
        "Converts a greenhouse gas into CO₂ equivalents; here GWP100.",
    ),
    (
        "取舍准则",
        "cut-off criteria",
        "允许不计入某些流的条件，其影响须予说明。",
        "When flows may be left out; their effect is explained.",
    ),
    (
        "数据缺口",
        "data gap",
        "没有可用因子的输入，不计入总量，也不按零处理。",
        "An input without a factor: not in the total, and not taken as zero.",
    ),
    ("kgCO₂e", "kgCO₂e", "千克二氧化碳当量。", "Kilograms of CO₂ equivalent."),
)


def write(w: Writer) -> None:
    """All annexes."""
    _manifest(w)
    _values(w)
    _findings(w)
    _glossary(w)
    _again(w)


def _manifest(w: Writer) -> None:
    result = w.of.result
    words = {
        "engine": w.say("计算引擎", "Engine"),
        "gwp": w.say("增温潜势数据集", "GWP set"),
        "rounding": w.say("修约规则", "Rounding rule"),
        "geography": w.say("地域", "Geography"),
        "input": w.say("输入哈希", "Input hash"),
    }
    w.annex("版本清单", "Version manifest")
    w.paragraph(
        "结果只由下列版本决定。任一项改变，结果哈希随之改变。",
        "The result depends on these versions alone. If one of them changes, so does the hash of the result.",
    )
    rows = [(words[key], str(value)) for key, value in result.manifest.items() if key in words]
    rows.insert(1, (w.say("核算规则", "Product rule"), w.of.rule.reference if w.of.rule else result.rule or w.not_stated))
    rows.append((w.say("结果哈希", "Result hash"), result.result_hash))
    w.definitions(rows)
    factors = result.manifest.get("factors")
    if isinstance(factors, Mapping) and factors:
        w.table(
            w.say(f"所用因子及其版本（{len(factors)} 个）", f"Factors used, by version ({len(factors)})"),
            [
                TableColumn(w.say("因子", "Factor"), width=1),
                TableColumn(w.say("版本与内容哈希", "Version and hash of content"), width=2.65),
            ],
            [Row((clipped(str(key), 100), clipped(str(value), 160))) for key, value in factors.items()],
            dense=True,
        )


def _values(w: Writer) -> None:
    result = w.of.result
    w.annex("完整数值", "Full values")
    w.paragraph(
        f"单位均为 {w.unit}，按修约规则给出全部数位，不分组。各组之和恒等于总量。",
        f"All in {w.unit}, with every digit that the rounding rule keeps, ungrouped. Each group sums to the total exactly.",
    )
    rows = [Row((w.say("总量", "Total"), f"{result.total:f}"), "total")]
    rows += _group(w.say("按生命周期阶段", "By life cycle stage"), {w.term(STAGES, k): v for k, v in result.by_stage.items()})
    rows += _group(w.say("按排放类别", "By kind"), _by_kind(w))
    rows += _group(w.say("按温室气体", "By gas"), {gas_name(k, w.of.language): v for k, v in result.by_gas.items()})
    w.table(
        w.say("结果的完整数值", "Full values of the result"),
        [TableColumn("", width=2), TableColumn(w.unit, "end", 1.6)],
        rows,
        dense=True,
    )
    lines = [
        Row(
            (
                w.name(c.label),
                w.process(c.process),
                w.term(DATA_TYPES, c.data),
                clipped(c.factor or w.say("直接排放", "direct emission"), 80),
                f"{c.value:f}",
            )
        )
        for c in result.contributions
    ]
    lines.append(Row((w.say("合计", "Total"), "", "", "", f"{result.total:f}"), "total"))
    w.table(
        w.say("全部贡献的完整数值", "Full values of all contributions"),
        [
            TableColumn(w.say("项目", "Item"), width=1.6),
            TableColumn(w.say("单元过程", "Unit process"), width=1.3),
            TableColumn(w.say("数据", "Data"), width=0.8),
            TableColumn(w.say("因子", "Factor"), width=2),
            TableColumn(w.unit, "end", 1.5),
        ],
        lines,
        dense=True,
    )


def _by_kind(w: Writer) -> dict[str, Decimal]:
    """The kinds by name; where part of the result is not split, a zero says so: it holds only as far as kinds are stated."""
    unsplit = bool(w.of.result.by_kind.get("unspecified"))
    mark = w.say("（限已说明部分）", " (as far as stated)")
    return {w.term(KINDS, k) + (mark if unsplit and not v else ""): v for k, v in w.of.result.by_kind.items()}


def _group(title: str, values: Mapping[str, Decimal]) -> list[Row]:
    return [Row((title,), "group"), *(Row((name, f"{value:f}")) for name, value in values.items())]


def _findings(w: Writer) -> None:
    findings = w.of.result.findings
    w.annex("检查发现", "Findings of the checks")
    if not findings:
        w.paragraph("检查没有发现。", "The checks found nothing.")
        return
    w.table(
        w.say(f"检查发现（{len(findings)} 条）", f"Findings ({len(findings)})"),
        [
            TableColumn(w.say("程度", "Severity"), width=0.7),
            TableColumn(w.say("位置", "Where"), width=1.4),
            TableColumn(w.say("说明", "Message"), width=3),
            TableColumn(w.say("依据", "Reference"), width=1.5),
        ],
        [
            Row(
                (
                    w.term(SEVERITIES, f.severity),
                    clipped(f.where, 120),
                    f"{clipped(f.message.in_(w.of.language), 500)}\n{f.code}",
                    clipped(f.reference, 160) or "—",
                )
            )
            for f in findings
        ],
        dense=True,
    )


def _glossary(w: Writer) -> None:
    w.annex("术语与单位", "Terms and units")
    zh = w.of.language == "zh"
    w.definitions([(f"{a}  {b}" if zh and a != b else b, c if zh else d) for a, b, c, d in _GLOSSARY])


def _again(w: Writer) -> None:
    result = w.of.result
    w.annex("复算方法", "How to reproduce the number")
    w.paragraph(
        "取得研究文件与附录 A 所列版本的软件后，在命令行执行：",
        "With the study file and the software in the versions of annex A, run:",
    )
    w.definitions([(w.say("命令", "Command"), f"zuji calculate {clipped(result.study, 80)}.yaml --format json")])
    w.paragraph(
        f"输出中的 result_hash 应为 {result.result_hash}，total 应为 {result.total:f}。计算采用精确有理数，与处理器、线程数、时区和语言环境无关。",
        f"The output must state result_hash {result.result_hash} and total {result.total:f}. The arithmetic is exact and does not depend on processor, threads, "
        "time zone or locale.",
    )
