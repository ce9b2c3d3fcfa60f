"""An electricity factor says of which year and which system it is."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def electricity_vintage(case: Case) -> list[Finding]:
    """An error without a year, a warning for an old one or one without its system; a grid CO2 factor names what a footprint takes instead."""
    factor = case.factor
    if factor.category != "electricity":
        return []
    if factor.year is None:
        return [
            case.found("gate.electricity-year", "error", "year", Text("电力因子须写明年份。", "An electricity factor states its year."))
        ]
    found = []
    age = case.context.today.year - factor.year
    if age > case.context.limits["electricity_oldest"]:
        message = Text(f"电力因子为 {factor.year} 年，距今 {age} 年。", f"The electricity factor is of {factor.year}, {age} years back.")
        found.append(case.found("gate.electricity-old", "warning", "year", message, "electricity_oldest"))
    if not factor.boundary and not case.candidate.technology:
        message = Text(
            "请写明发电类型或电网（平均、残余、单一电源）及是否含输配。",
            "State the type of generation or the mix, and whether transmission is within.",
        )
        found.append(case.found("gate.electricity-system", "warning", "technology", message))
    if factor.kind == "grid-co2" and not factor.use_instead:
        message = Text(
            "电力 CO2 排放因子不能用于产品碳足迹，请在“改用”中写明应使用的碳足迹因子。",
            "A grid CO2 factor is not for product footprints; name the footprint factor to use instead.",
        )
        found.append(case.found("gate.electricity-instead", "warning", "use_instead", message))
    return found
