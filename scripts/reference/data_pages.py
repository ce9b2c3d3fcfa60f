"""The shipped data: units, gases, sources of factors, rules."""

from collections import Counter
from importlib.resources import files

from scripts.reference.markdown import page, table
from zuji.engine.text import Language, Text
from zuji.formats.factors import load_library
from zuji.formats.factors.bilingual import reading
from zuji.formats.gwp import gas_rows, load_gwp
from zuji.rules import load_rules

UNITS = files("zuji") / "library" / "units"


def units(language: Language) -> str:
    """The page of units: the definition files themselves, since people write them."""
    body = []
    for name, title in (
        ("units.txt", Text("单位", "Units")),
        ("bases.txt", Text("基准", "Bases")),
        ("gases.txt", Text("因子中的气体", "Gases in factors")),
    ):
        body.append(f"## {title.in_(language)}\n\n```text\n{(UNITS / name).read_text(encoding='utf-8').rstrip()}\n```")
    lead = Text(
        "产品读取的就是下列定义文件。每行依次为名称、定义、符号和别名；带基准的单位（如 `kg P2O5`）与普通单位不能互换，除非研究写明含量。",
        "These definition files are what the product reads. A line is name, definition, symbol, further names; a unit with a basis (`kg P2O5`) does not "
        "turn into the plain one unless the study states the content.",
    )
    return page(Text("单位", "Units"), lead, body, language)


def gases(language: Language) -> str:
    """The page of characterization factors."""
    sets = [load_gwp("AR5"), load_gwp("AR6")]
    head = {"zh": ["气体", "类别", "AR5", "AR6", "名称"], "en": ["gas", "kinds", "AR5", "AR6", "name"]}[language]
    rows = [
        [row["gas"], row["kinds"].replace(" ", ", "), row["ar5"] or "—", row["ar6"] or "—", row[f"name_{language}"]] for row in gas_rows()
    ]
    lead = Text(
        f"百年增温潜势，kgCO2e/kg。“—”表示该套没有给出数值：此时拒绝核算，不当作零。版本：{sets[0].reference}、{sets[1].reference}。",
        f"Global warming potential over 100 years, kgCO2e per kg. “—”: the set states no value; it is then refused, not taken as zero. "
        f"Versions: {sets[0].reference}, {sets[1].reference}.",
    )
    return page(Text("增温潜势", "Characterization factors"), lead, [table(head, rows)], language)


def factor_sources(language: Language) -> str:
    """The page of factor sources: who published how many, and on what terms."""
    library = list(load_library().all())
    by_source = Counter((factor.publisher or "—", factor.licence) for factor in library)
    kinds = Counter(factor.kind for factor in library)
    states = Counter(f"{factor.confidence} / {factor.state}" for factor in library)
    head = {"zh": ["发布者", "条数", "许可说明"], "en": ["publisher", "factors", "licence note"]}[language]
    rows = [
        [reading(publisher).in_(language), str(number), reading(licence).in_(language)]
        for (publisher, licence), number in sorted(by_source.items(), key=lambda item: (-item[1], item[0]))
    ]
    counts = {"zh": ["种类", "条数"], "en": ["kind", "factors"]}[language]
    trust = {"zh": ["可信度 / 状态", "条数"], "en": ["confidence / state", "factors"]}[language]
    body = [
        table(counts, [[kind, str(n)] for kind, n in sorted(kinds.items())]),
        table(trust, [[state, str(n)] for state, n in sorted(states.items())]),
        table(head, rows),
    ]
    lead = Text(
        f"随产品提供的因子共 {len(library)} 条。每条的来源、地址、许可和说明用 `./x zuji factors show 编号` 或因子页面查看。",
        f"The product ships {len(library)} factors. Source, address, licence and notes of each: `./x zuji factors show ID`, or the page of the factor.",
    )
    return page(Text("因子来源", "Sources of factors"), lead, body, language)


def rules(language: Language) -> str:
    """The page of product rules: each clause with its status and source."""
    head = {"zh": ["条款", "状态", "等级", "内容", "来源"], "en": ["clause", "status", "grade", "content", "source"]}[language]
    marks = {"sourced": Text("有来源", "sourced"), "unverified": Text("未核实", "unverified")}
    body = []
    for rule in load_rules().all():
        rows = [
            [f"`{name}`", marks[clause.status].in_(language), clause.grade, clause.text.text.in_(language), clause.source]
            for name, clause in rule.clauses.items()
        ]
        based = "\n".join(f"- {basis.title} ({basis.grade}): {basis.note.text.in_(language)}" for basis in rule.based_on)
        body += [f"## {rule.reference} {rule.title.text.in_(language)}", rule.scope.text.in_(language), based, table(head, rows)]
    lead = Text(
        "产品规则是带日期和来源的数据。“未核实”的条款没有见到依据：其数值是参数，凡据此得出的结论都会写明。等级：A 见到官方文本，B 见到注明出处的副本，C 只有一份弱副本，K 通识。",
        "Product rules are dated, sourced data. For an unverified clause no source was seen: its value is a parameter, and every finding that rests on it says so. "
        "Grades: A the official text was read, B a copy that names it, C one weak copy, K general knowledge.",
    )
    return page(Text("产品规则", "Product rules"), lead, body, language)
