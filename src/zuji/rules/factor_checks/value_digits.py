"""A value has the digits of something that was measured or published, not those of a calculator."""

from zuji.engine.findings import Finding
from zuji.engine.quantities import decimal_text
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def value_digits(case: Case) -> list[Finding]:
    """A note where there are more significant digits than any source has."""
    try:
        digits = decimal_text(abs(case.factor.value)).replace(".", "").strip("0")
    except ValueError:
        digits = "1" * 99
    if len(digits) <= case.context.limits["most_digits"]:
        return []
    message = Text(
        "有效数字过多，不像是出版物中的原样数字。请写出版物上的数。",
        "More significant digits than a publication prints. Write the figure as it was published.",
    )
    return [case.found("gate.value-digits", "info", "value", message, "most_digits")]
