"""May this factor be used in this product footprint? Each refusal names the factor to use instead.

Sources: ISO 14067:2018 6.4.9.4 (electricity is life-cycle, with upstream), 6.5 (one GWP set); the announcements of the electricity
footprint factors (MEE, NBS, NEA) for the two families of Chinese electricity factors that must never be mixed.
"""

from fractions import Fraction

from zuji.engine.canonical import digest
from zuji.engine.electricity import ELECTRICITY_CLAUSE
from zuji.engine.errors import BadNumber, EngineError, UnknownUnit
from zuji.engine.factors import FactorPart, FactorSource, FactorVersion
from zuji.engine.findings import Findings
from zuji.engine.identity import spread_key
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.quality import check_spread
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.study import OwnFactor, Study
from zuji.engine.text import Text
from zuji.engine.units import canonical, convert, parse_factor_unit, parse_unit

OWN = "own"
NATIONAL_GRID = ("CN-EL-CF-2024-national",)
"""What to take in place of a grid CO2 factor that names nothing itself, as a study's own never does."""


def resolve_factor(
    use: str | OwnFactor, label: Text, where: str, study: Study, factors: FactorSource, findings: Findings
) -> FactorVersion | None:
    """The factor version that a line names, checked for use in a product footprint; None when a finding says why not."""
    factor = own_factor(use, label, where, findings) if isinstance(use, OwnFactor) else _library_factor(use, where, factors, findings)
    if factor is None:
        return None
    before = len(findings.all)
    _check_kind(factor, where, factors, findings)
    _check_gwp(factor, where, study, findings)
    _check_validity(factor, where, study, findings)
    if isinstance(use, str):
        _check_state(factor, pinned="@" in use, where=where, factors=factors, findings=findings)
    return None if any(f.severity == "error" for f in findings.all[before:]) else factor


def characterized(factor: FactorVersion, gwp: GwpSet, where: str, findings: Findings) -> bool:
    """Whether the GWP set states a value for every gas of the factor; a finding where it does not."""
    for part in factor.parts:
        if part.gas == CO2E:
            continue
        try:
            gwp.value(gwp.gas(part.gas), part.kind)
        except EngineError as error:
            findings.error("gas.unknown", where, error.text)
            return False
    return True


def _library_factor(reference: str, where: str, factors: FactorSource, findings: Findings) -> FactorVersion | None:
    factor = factors.find(reference)
    if factor is None:
        near = ", ".join(factors.nearest(reference))
        findings.error(
            "factor.unknown",
            where,
            Text(
                zh=f"因子库中没有“{reference}”。"
                + (f"相近的编号：{near}。" if near else "")
                + "请用 zuji factors search 查找，或写出自有因子及其来源。",
                en=f"The library has no factor “{reference}”. "
                + (f"Similar ids: {near}. " if near else "")
                + "Look it up with zuji factors search, or write your own factor with its source.",
            ),
        )
    return factor


def own_factor(use: OwnFactor, label: Text, where: str, findings: Findings) -> FactorVersion | None:
    """A study's own factor as a factor version, identified by its content; a value below zero must say that it is a removal.

    It is carried per canonical unit of activity, so that 2.0715 kgCO2e/kg and 2071.5 kgCO2e/t are one factor.
    """
    try:
        value = parse_number(use.value)
        unit = parse_factor_unit(use.unit)
    except (BadNumber, UnknownUnit) as error:
        findings.error("factor.own-invalid", where, error.text)
        return None
    if not check_spread(use.uncertainty, f"{where} / factor / uncertainty", findings):
        return None
    if not use.source.strip():
        findings.error("factor.source-missing", where, Text("自有因子必须写明来源。", "An own factor needs its source."))
        return None
    if value < 0 and use.split != "biogenic_removal":
        findings.error(
            "factor.negative",
            where,
            Text(
                zh="因子小于零。生物源吸收请写 split: biogenic_removal；副产品抵扣请用系统扩展；抵消量不得计入产品碳足迹。",
                en="The factor is below zero. A removal must say split: biogenic_removal, a credit belongs in system expansion, "
                "and offsets are never part of a product footprint.",
            ),
            "ISO 14067:2018 6.3.4.1",
        )
        return None
    if use.split == "biogenic_removal" and value > 0:
        findings.error(
            "factor.removal-positive",
            where,
            Text("移除因子须小于零（从大气中移除）。", "A removal factor must be below zero: it takes out of the atmosphere."),
        )
        return None
    if use.kind == "life-cycle" and unit.gas == "CO2" and unit.per.powers == parse_unit("kWh").powers:
        findings.warning(
            "factor.co2-per-energy",
            where,
            Text(
                "该自有因子写作生命周期因子，却只含每单位能量的 CO₂。若它是电力二氧化碳排放因子，请写 kind: grid-co2 并改用电力碳足迹因子；若是燃烧排放，请写 kind: direct。",
                "This own factor is called life-cycle, yet states CO2 alone per unit of energy. If it is a grid CO2 factor, say kind: grid-co2 and take an "
                "electricity footprint factor; if it is of combustion, say kind: direct.",
            ),
            ELECTRICITY_CLAUSE,
        )
    # A gas-specific removal is kilograms taken up; the sign comes with the GWP set's -1.
    kg = -value * unit.kg_per if use.split == "biogenic_removal" and unit.gas != CO2E else value * unit.kg_per
    per = canonical(unit.per)
    kg /= convert(Fraction(1), unit.per, per)
    stated = use.model_dump(mode="json", exclude={"name", "value", "unit", "uncertainty"}, exclude_none=True)
    content = digest(stated | {"value": [str(kg), unit.gas, per.text], "uncertainty": spread_key(use.uncertainty)})
    return FactorVersion(
        id=f"{OWN}-{content[:12]}",
        version="1",
        name=use.name.text if use.name else label,
        kind=use.kind,
        value=value,
        unit=use.unit,
        per=per.text,
        parts=(FactorPart(unit.gas, use.split, kg),),
        source=use.source,
        digest=content,
        geography=use.geography or "",
        year=use.year,
        confidence="unverified",
        valid_from=use.valid_from,
        valid_to=use.valid_to,
        gwp=use.gwp,
        gsd=_number(use.uncertainty.gsd) if use.uncertainty else None,
        relative_sd=_number(use.uncertainty.relative_sd) if use.uncertainty else None,
        category=OWN,
    )


def _number(stated: str | None) -> Fraction | None:
    return None if stated is None else parse_number(stated)


def _check_kind(factor: FactorVersion, where: str, factors: FactorSource, findings: Findings) -> None:
    if factor.kind == "grid-co2":
        right = [found for found in map(factors.find, factor.use_instead or NATIONAL_GRID) if found is not None]
        zh = "、".join(f"{f.reference}({decimal_text(f.value)} {f.unit})" for f in right) or "电力碳足迹因子"
        en = ", ".join(f"{f.reference} ({decimal_text(f.value)} {f.unit})" for f in right) or "an electricity footprint factor"
        findings.error(
            "factor.grid-co2",
            where,
            Text(
                zh=f"“{factor.id}”是电力二氧化碳排放因子（只含发电环节直接 CO₂），不能用于产品碳足迹。请改用电力碳足迹因子：{zh}。",
                en=f"“{factor.id}” is a grid CO2 emission factor (direct CO2 of generation only) and cannot be used in a product footprint. Use {en}.",
            ),
            ELECTRICITY_CLAUSE,
        )
    if factor.kind == "spend-based":
        findings.warning(
            "factor.spend-based",
            where,
            Text(
                zh=f"“{factor.id}”是按金额计的因子，只宜用于筛查；请尽可能改用按实物量计的因子。",
                en=f"“{factor.id}” is spend-based: fit for screening only. Replace it by a factor on a physical quantity where you can.",
            ),
        )


def _check_gwp(factor: FactorVersion, where: str, study: Study, findings: Findings) -> None:
    lumped = any(part.gas == CO2E for part in factor.parts)
    if lumped and factor.gwp is not None and factor.gwp.split("@")[0] != study.gwp:
        findings.error(
            "factor.gwp-mixed",
            where,
            Text(
                zh=f"“{factor.id}”按 {factor.gwp} 汇总且未分气体，而本研究用 {study.gwp}；不同 GWP 不得混用。请选用同一套 GWP 的因子或分气体的因子。",
                en=f"“{factor.id}” is a sum over gases by {factor.gwp} while the study uses {study.gwp}; GWP sets are never mixed. "
                "Choose a factor of the same set, or one that states its gases.",
            ),
            "ISO 14067:2018 6.5",
        )


def _check_validity(factor: FactorVersion, where: str, study: Study, findings: Findings) -> None:
    if factor.valid_to is not None and factor.valid_to < study.period.start:
        findings.error(
            "factor.expired",
            where,
            Text(
                zh=f"“{factor.reference}”有效期至 {factor.valid_to}，早于数据期 {study.period.start} 至 {study.period.end}。请改用有效的版本。",
                en=f"“{factor.reference}” was valid until {factor.valid_to}, before the data period {study.period.start} to {study.period.end}. "
                "Use a version that is valid.",
            ),
        )
    if factor.valid_from is not None and factor.valid_from > study.period.end:
        findings.error(
            "factor.not-yet-valid",
            where,
            Text(
                zh=f"“{factor.reference}”自 {factor.valid_from} 起有效，晚于数据期末 {study.period.end}。",
                en=f"“{factor.reference}” is valid from {factor.valid_from}, after the end of the data period {study.period.end}.",
            ),
        )


def _check_state(factor: FactorVersion, *, pinned: bool, where: str, factors: FactorSource, findings: Findings) -> None:
    if factor.state == "caution":
        findings.warning(
            "factor.caution",
            where,
            Text(zh=f"“{factor.id}”标为慎用：{factor.note}", en=f"“{factor.id}” is marked “use with caution” (慎用): {factor.note}"),
        )
    if factor.state == "revoked":
        findings.error(
            "factor.revoked",
            where,
            Text(
                zh=f"“{factor.reference}”已被撤销，不得用于新的核算：{factor.note or '—'}",
                en=f"“{factor.reference}” was revoked and enters no new calculation: {factor.note or '—'}",
            ),
        )
    if factor.state == "superseded":
        add = findings.warning if pinned else findings.error
        better = factor.superseded_by or "-"
        add(
            "factor.superseded",
            where,
            Text(
                zh=f"“{factor.id}”已被 {better} 取代。"
                + ("已按指定版本计算。" if pinned else f"请改用 {better}；确需沿用时写明版本“{factor.reference}”。"),
                en=f"“{factor.id}” is superseded by {better}. "
                + ("Calculated with the pinned version." if pinned else f"Use {better}, or pin “{factor.reference}” where it must stay."),
            ),
        )
    newest = factors.find(factor.id)
    if pinned and newest is not None and newest.version != factor.version:
        findings.info(
            "factor.newer-version",
            where,
            Text(zh=f"“{factor.id}”有更新的版本 {newest.version}。", en=f"“{factor.id}” has a newer version {newest.version}."),
        )
