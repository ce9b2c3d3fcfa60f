from tests.unit.rules.cases import found, plant, said
from zuji.rules.checks.cut_off_limits import cut_off_limits

MATERIAL = "{name: material, amount: '5', unit: t, factor: MATERIAL}"  # 100 kgCO2e in all


def left_out(*estimates: str) -> str:
    lines = [
        f"{{name: small {n}, amount: '1', unit: kg, cut_off: {{reason: small, estimate: '{e}', source: s}}}}"
        for n, e in enumerate(estimates)
    ]
    return plant(", ".join([MATERIAL, *lines]))


def test_nothing_left_out_is_nothing_to_say() -> None:
    assert found(cut_off_limits) == []


def test_the_effect_is_stated_where_the_limits_are_kept() -> None:
    finding = said(cut_off_limits, left_out("1", "0.5"))
    assert (finding.code, finding.severity) == ("cut-off.effect", "info")
    assert "1.50 %" in finding.message.en
    assert "unverified" in finding.reference


def test_a_line_just_at_the_limit_is_kept_and_one_above_it_is_named() -> None:
    assert found(cut_off_limits, left_out("1")) == [("cut-off.effect", "info", "cut_off")]
    assert found(cut_off_limits, left_out("1.01"))[0] == ("cut-off.line-above-limit", "warning", "plant / small 0")


def test_many_small_lines_are_held_against_the_limit_together() -> None:
    assert found(cut_off_limits, left_out(*["1"] * 5)) == [("cut-off.effect", "info", "cut_off")]
    assert found(cut_off_limits, left_out(*["1"] * 6)) == [("cut-off.total-above-limit", "warning", "cut_off")]


def test_a_total_of_zero_still_names_what_is_left_out() -> None:
    only = plant("{name: small, amount: '1', unit: kg, cut_off: {reason: small, estimate: '1', source: s}}")
    assert ("cut-off.line-above-limit", "warning", "plant / small") in found(cut_off_limits, only)
