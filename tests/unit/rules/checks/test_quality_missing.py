from tests.unit.rules.cases import found, plant, said
from zuji.rules.checks.quality_missing import quality_missing


def test_every_row_scored_says_nothing() -> None:
    assert found(quality_missing) == []


def test_rows_without_scores_are_named_with_their_share() -> None:
    rows = "{name: scored, amount: '3', unit: t, factor: MATERIAL}, {name: bare, amount: '1', unit: t, factor: MATERIAL, data: {type: primary}}"
    finding = said(quality_missing, plant(rows))
    assert (finding.code, finding.severity, finding.where) == ("quality.missing", "warning", "data_quality")
    assert "25.00 %" in finding.message.en
    assert "bare" in finding.message.en
    assert "scored" not in finding.message.en
