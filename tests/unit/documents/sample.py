"""The reports under test: the shipped examples, and one study made to be awkward."""

import datetime
import json
from functools import cache
from pathlib import Path

from zuji.documents import Report, build_report, to_docx, to_pdf
from zuji.engine.analyses import Analyses
from zuji.engine.impact import GwpSet
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.engine.text import Language
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study
from zuji.rules import assess, load_rules

ROOT = Path(__file__).resolve().parents[3]
ISSUED = datetime.date(2026, 11, 20)
EXAMPLES = ("portland-cement", "lfp-battery-pack", "map-fertiliser")
HOSTILE = '#panic("x") $x^2$ <b>粗</b> *星* _下_ \\ @label `raw` {c} {b|x} %s & "引号" \'单\' </svg><script>alert(1)</script> ]]> =1+1'

# A loop, co-products, a contract and a direct line, removals, a gap with its size, names that are code in some language.
AWKWARD = """
zuji: study/1
id: awkward
title: {zh: "TITLE", en: "TITLE"}
boundary: cradle-to-grave
declared_unit: {amount: "2", unit: kg}
period: {start: 2025-01-01, end: 2025-12-31}
geography: CN
reference: main
parameters: {share: "0.5"}
processes:
  - id: main
    name: {zh: "NAME", en: "NAME"}
    stage: production
    output: {product: "<i>thing</i>", amount: "1", unit: kg, price: "3"}
    coproducts: [{product: by-product, amount: "1", unit: kg, price: "1"}]
    allocation: {method: economic, reason: "$\\\\frac{1}{2}$ #set text(red)"}
    inputs:
      - {name: "NAME", amount: "=share", unit: kg, process: other}
      - name: 绿电
        amount: "2"
        unit: kWh
        factor: CN-EL-CF-2024-wind
        electricity: {kind: contract, certificate: {number: "GEC-<1>", state: cancelled}}
      - {name: 网电, amount: "3", unit: kWh, factor: CN-EL-CF-2024-national, electricity: {kind: grid}}
      - {name: 废水, amount: "1", unit: t, factor: {value: "0.00001234", unit: kgCO2e/t, source: "#eval <source>"}, stage: end_of_life}
      - name: 缺口 *
        amount: "1"
        unit: kg
        factor: null
        reason: "<script>"
        possible: {low: "1", high: "2", unit: kgCO2e/kg, source: assumed}
      - {name: 卡车, transport: {mass: "1", mass_unit: t, distance: "100", distance_unit: km}, factor: CPCD-65119X0282024C, stage: distribution}
    emissions:
      - {gas: CH4, kind: biogenic, amount: "1", unit: g}
      - {gas: CO2, kind: biogenic_removal, amount: "0.5", unit: kg, stage: raw_materials}
  - id: other
    stage: raw_materials
    output: {product: other, amount: "1", unit: kg}
    inputs:
      - {name: back, amount: "0.2", unit: kg, process: main, product: by-product}
      - {name: salt, amount: "1", unit: g, cut_off: {reason: "小 <small>", estimate: "0.01"}}
    emissions:
      - {gas: N2O, kind: fossil, amount: "1", unit: g}
about:
  producer: {zh: "NAME", en: "NAME"}
  goal: {zh: "NAME", en: "NAME"}
excluded_stages: [{stage: use, reason: {zh: 无, en: none}}]
"""


def study(name: str) -> Study:
    """A shipped example."""
    return read_study((ROOT / "examples" / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def awkward(name: str = HOSTILE, title: str = HOSTILE) -> Study:
    """The awkward study with its names replaced."""
    made = read_study(AWKWARD.encode(), "awkward.yaml")
    text = made.model_dump_json().replace('"NAME"', _quoted(name)).replace('"TITLE"', _quoted(title))
    return Study.model_validate_json(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def gwp(of: Study) -> GwpSet:
    """The characterization set of a study."""
    return load_gwp(of.gwp)


def result(of: Study) -> Result:
    """Its result, with the findings of its rule."""
    return assess(of, load_library(), load_rules(), {of.gwp: gwp(of)}, today=ISSUED)


def made(of: Study, language: Language) -> Report:
    """Its report."""
    return build_report(of, result(of), load_rules().get(of.rule), language, issued=ISSUED, analyses=Analyses((), None))


@cache
def example_result(name: str) -> Result:
    """The result of a shipped example."""
    return result(study(name))


@cache
def example_report(name: str, language: Language) -> Report:
    """The report of a shipped example."""
    return build_report(study(name), example_result(name), load_rules().get(study(name).rule), language, issued=ISSUED)


@cache
def awkward_report(language: Language) -> Report:
    """The report of the awkward study."""
    return made(awkward(), language)


@cache
def pdf(name: str, language: Language) -> bytes:
    """The PDF of a shipped example; ``awkward`` names the awkward study."""
    return to_pdf(awkward_report(language) if name == "awkward" else example_report(name, language))


@cache
def word(name: str, language: Language) -> bytes:
    """The DOCX of a shipped example."""
    return to_docx(example_report(name, language))
