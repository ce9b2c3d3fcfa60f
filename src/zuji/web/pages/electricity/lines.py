"""The fields of forms about certificates, each described once."""

from zuji.engine.text import Text
from zuji.registry.electricity.kinds import FACTORS, GREEN, TYPES
from zuji.registry.electricity.models import LONGEST_REASON
from zuji.registry.electricity.queries import Sheet
from zuji.web.forms import Line

_VOLUME = Text("电量（MWh）", "Amount (MWh)")


def certificate(sites: list[tuple[str, Text]]) -> tuple[Line, ...]:
    """A certificate as it is registered."""
    return (
        Line(
            "number",
            Text("证书编号", "Number"),
            Text("每张证书各登记一次，不写编号区间。", "Register each certificate by itself, not a range of numbers."),
            most=80,
        ),
        Line("volume", _VOLUME, Text("精确到证书所载，最多六位小数。", "As the certificate says; six decimals at most."), most=40),
        Line("start", Text("发电时段开始", "First day of generation"), kind="date"),
        Line("end", Text("发电时段结束", "Last day of generation"), kind="date"),
        Line("type", Text("发电类型", "Type of generation"), kind="select", options=tuple(GREEN.items())),
        Line("issuer", Text("核发机构", "Issuer"), most=200),
        Line("site", Text("用电场所", "Site where the power is used"), kind="select", options=tuple(sites)),
        Line("file", Text("证书文件", "File of the certificate"), Text("PDF、图片或表格。", "A PDF, a picture or a sheet."), kind="file"),
    )


def claim(sheet: Sheet) -> tuple[Line, ...]:
    """A claim of a certificate for one of the drafts."""
    options = tuple(
        (f"{product}.{number}", Text(f"{name.zh} · 第 {number} 版", f"{name.en} · version {number}"))
        for product, number, name in sheet.drafts
    )
    return (
        Line(
            "version",
            Text("用于哪个产品版本", "For which version of a product"),
            Text("只列出填报中的版本。", "Only drafts are listed."),
            kind="select",
            options=options,
        ),
        Line("volume", _VOLUME, Text(f"尚余 {sheet.row.left} MWh。", f"{sheet.row.left} MWh are left."), most=40),
        Line(
            "start",
            Text("用电时段开始", "First day of use"),
            Text("须与证书时段相交，并在同一自然年内。", "It overlaps the certificate's period and lies in one calendar year."),
            kind="date",
        ),
        Line("end", Text("用电时段结束", "Last day of use"), kind="date"),
    )


REASON = (Line("reason", Text("理由", "Reason"), kind="area", most=LONGEST_REASON),)

GENERATION = (
    Line("year", Text("年份", "Year"), kind="select", options=tuple((str(year), Text(str(year), str(year))) for year in FACTORS)),
    Line("type", Text("发电类型", "Type of generation"), kind="select", options=tuple(TYPES.items())),
    Line("mwh", Text("全国发电量（MWh，整数）", "Generation of the country (whole MWh)"), most=12),
    Line("source", Text("来源", "Source"), Text("文件名称与文号。", "Document and number."), most=500),
    Line("address", Text("网址", "Address"), needed=False, most=500),
    Line(
        "verified",
        Text("核实状态", "State"),
        kind="radio",
        options=(
            ("no", Text("未核实：转引，没有看到原文", "unverified: quoted, the source was not seen")),
            ("yes", Text("已在原文中核对", "read in the source itself")),
        ),
    ),
)
