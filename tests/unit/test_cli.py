"""The command line as a person or a program calls it: exit status, streams, no number where a study is refused."""

import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from zuji.cli import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CEMENT = EXAMPLES / "portland-cement.yaml"

STUDY = """
zuji: study/1
id: cement-example
title: {zh: 普通硅酸盐水泥, en: Ordinary Portland cement}
rule: null
boundary: cradle-to-gate
declared_unit: {amount: "1", unit: t}
gwp: AR6
period: {start: 2024-01-01, end: 2024-12-31}
geography: CN-HB
reference: grinding
parameters: {clinker_ratio: "0.70"}
processes:
  - id: kiln
    stage: production
    output: {product: clinker, amount: "1", unit: t}
    coproducts: []
    inputs:
      - {name: {zh: 电, en: electricity}, amount: "60", unit: kWh, factor: CN-EL-CF-2024-national}
      - {name: coal, amount: "0.15", unit: t, factor: {value: "2071.5", unit: kgCO2e/t, kind: life-cycle, source: "fuel table"}}
      - {name: grinding aid, amount: "0.4", unit: kg, factor: null, reason: no factor found}
      - {name: gypsum, amount: "50", unit: kg, process: gypsum_mill}
    emissions:
      - {gas: CO2, kind: fossil, amount: "0.53", unit: t}
    data: {type: primary, quality: {technology: 1, geography: 1, time: 2, completeness: 2, reliability: 2}, uncertainty: {distribution: lognormal, gsd: "1.10"}}
  - id: gypsum_mill
    stage: raw_materials
    output: {product: gypsum, amount: "1", unit: t}
    inputs:
      - {name: electricity, amount: "10", unit: 度, factor: CN-EL-CF-2024-national@1}
  - id: grinding
    stage: production
    output: {product: cement, amount: "1", unit: t}
    inputs:
      - {name: clinker, amount: "=clinker_ratio", unit: t, process: kiln}
"""


def given(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_the_contract_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """0.7 × (60 × 0.5777 + 0.15 × 2071.5 + 530 + 0.05 × 10 × 0.5777)."""
    given(STUDY, monkeypatch)
    assert main(["calculate", "-", "--format", "json", "--lang", "en"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert Decimal(result["total"]) == Decimal("612.973095")
    assert result["by_stage"]["raw_materials"] == "0.202195000000"
    assert result["gaps"] == [
        {
            "process": "kiln",
            "item": "grinding aid",
            "amount": "0.4",
            "unit": "kg",
            "label": {"zh": "grinding aid", "en": "grinding aid"},
            "reason": "no factor found",
            "per_declared_unit": {"amount": "0.280000000000", "unit": "kg"},
            "possible": {"low": None, "high": None},
        }
    ]
    assert result["manifest"]["factors"]["CN-EL-CF-2024-national"].startswith("1+sha256:")
    assert {"code", "severity", "where", "message", "reference"} == set(result["findings"][0])


def test_refused_prints_no_number(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given(STUDY.replace('amount: "60"', 'amount: "NaN"'), monkeypatch)
    assert main(["calculate", "-", "--format", "json"]) == 3
    refused = json.loads(capsys.readouterr().out)
    assert refused["refused"] is True
    assert refused["study"] == "cement-example"
    assert "total" not in refused
    assert "result_hash" not in refused
    assert [(f["code"], f["where"]) for f in refused["findings"] if f["severity"] == "error"] == [("number.invalid", "kiln / 电 / amount")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_refusal_as_text_names_the_place(lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given(STUDY.replace("unit: 度", "unit: kg"), monkeypatch)
    assert main(["calculate", "-", "--lang", lang]) == 3
    assert "gypsum_mill / electricity / unit" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["calculate"],
        ["calculate", "no-such-file.yaml"],
        ["calculate", str(CEMENT), "--format", "xml"],
        ["calculate", str(CEMENT), "--report", "report.txt"],
        ["calculate", str(CEMENT), "--factors", "no-such-file.csv"],
        ["factors", "show", "no-such-factor"],
        ["nonsense"],
        [],
    ],
)
def test_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status: object = main(arguments)
    except SystemExit as end:  # argparse leaves this way
        status = end.code
    assert status == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


def test_own_factors_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name_zh,name_en,value,unit,kind,source_title\nMY-AID,助磨剂,grinding aid,2,kgCO2e/kg,life-cycle,supplier statement 12\n",
        "utf-8",
    )
    given(STUDY.replace("factor: null, reason: no factor found", "factor: MY-AID"), monkeypatch)
    assert main(["calculate", "-", "--format", "json", "--factors", str(mine)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert Decimal(result["total"]) == Decimal("612.973095") + Decimal("0.56")
    assert result["gaps"] == []


def test_search_finds_aluminium_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["factors", "search", "铝锭"]) == 0
    chinese = capsys.readouterr().out
    assert main(["factors", "search", "aluminium", "--lang", "en"]) == 0
    assert "铝" in chinese
    assert "luminium" in capsys.readouterr().out


def test_show_gives_value_source_and_licence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["factors", "show", "CN-EL-CF-2024-national"]) == 0
    shown = capsys.readouterr().out
    assert "0.5777 kgCO2e/kWh" in shown
    assert "生态环境部" in shown


def test_schema_is_a_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["zuji"] == {"const": "study/1", "title": "Zuji", "type": "string"}
