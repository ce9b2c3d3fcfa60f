"""What a study file may not hold, and that the message says what, where and what to do."""

import time

import pytest

from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Finding
from zuji.formats.study import read_study

STUDY = """\
zuji: study/1
id: cement
title: {zh: 水泥, en: Cement}
boundary: cradle-to-gate
declared_unit: {amount: "1", unit: t}
period: {start: 2024-01-01, end: 2024-12-31}
geography: CN-HB
reference: kiln
processes:
  - id: kiln
    stage: production
    output: {product: cement, amount: "1", unit: t}
    inputs:
      - {name: coal, amount: "0.15", unit: t, factor: CN-GUIDE-bituminous-coal}
    data: {type: primary, quality: {technology: 1}}
"""


def refused(text: str | bytes) -> list[Finding]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(StudyRefused) as caught:
        read_study(data, "plant.yaml")
    assert caught.value.findings
    for finding in caught.value.findings:
        assert finding.severity == "error"
        assert finding.message.zh
        assert finding.message.en
    return list(caught.value.findings)


def only(text: str | bytes) -> Finding:
    (finding,) = refused(text)
    return finding


def test_the_study_without_faults_is_read() -> None:
    study = read_study(STUDY.encode(), "plant.yaml")
    assert study.processes[0].inputs[0].amount == "0.15"
    assert study.processes[0].data is not None
    assert study.processes[0].data.quality is not None
    assert study.processes[0].data.quality.technology == 1


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e400", "１２３", "1_000", "1,5", "0x10", "12:30", "NO", "9" * 5000])
def test_a_number_comes_through_as_it_was_written(amount: str) -> None:
    study = read_study(STUDY.replace('"0.15"', amount if amount != "1,5" else '"1,5"').encode(), "plant.yaml")
    assert study.processes[0].inputs[0].amount == amount


@pytest.mark.parametrize("amount", ["9" * 5000, "1e400", "-0.5", "1E+2"])
def test_a_json_number_comes_through_as_it_was_written(amount: str) -> None:
    study = read_study(JSON.replace('"0.15"', amount).encode(), "plant.json")
    assert study.processes[0].inputs[0].amount == amount


JSON = (
    '{"zuji": "study/1", "id": "cement", "title": "Cement", "boundary": "cradle-to-gate", "declared_unit": {"amount": 1, "unit": "t"},\n'
    ' "period": {"start": "2024-01-01", "end": "2024-12-31"}, "geography": "CN", "reference": "kiln",\n'
    ' "processes": [{"id": "kiln", "stage": "production", "output": {"product": "cement", "amount": "1", "unit": "t"},\n'
    '   "inputs": [{"name": "coal", "amount": "0.15", "unit": "t", "factor": null, "reason": "none found"}]}]}'
)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_json_words_that_are_no_numbers_are_refused(word: str) -> None:
    finding = only(JSON.replace('"0.15"', word))
    assert finding.code == "study.not-a-number"
    assert finding.where.startswith("plant.yaml, line 4")


@pytest.mark.parametrize("number", ["01", "1.", ".5", "+1", "0x1", "1_000", "tru", "'a'"])
def test_json_is_strict_about_numbers(number: str) -> None:
    assert only(JSON.replace('"0.15"', number)).code == "study.json"


@pytest.mark.parametrize(
    "text", ["{", '{"a"', '{"a":', '{"a": 1,}', '{"a": 1} x', '{"a": "', '{"a": "\n"}', "{,}", "[1,]", '{"a" 1}', "[1 2]"]
)
def test_broken_json_is_refused_with_its_place(text: str) -> None:
    finding = only(text)
    assert finding.code == "study.json"
    assert "line" in finding.where


def test_a_field_written_twice_is_refused_in_both_notations() -> None:
    for text in (
        STUDY.replace("unit: t, factor", "unit: t, unit: kg, factor"),
        JSON.replace('"unit": "t", "factor"', '"unit": "t", "unit": "kg", "factor"'),
    ):
        finding = only(text)
        assert finding.code == "study.duplicate-key"
        assert "unit" in finding.message.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\nb: *x\n", "study.alias"),
        ("a: *x\n", "study.alias"),
        ("a: !!python/object/apply:os.system [ls]\n", "study.tag"),
        ("a: !!float 1\n", "study.tag"),
        ("a: ! 1\n", "study.tag"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "study.tag"),
        ("<<: {a: 1}\n", "study.merge-key"),
        ("a: 1\n---\nb: 2\n", "study.several-documents"),
        ("? {a: 1}\n: 2\n", "study.key"),
        ("~: 2\n", "study.key"),
        ("a:\n\t- 1\n", "study.yaml"),
        ("a: 'open\n", "study.yaml"),
        ("a: [1, 2\n", "study.yaml"),
        ("a: \x01\n", "study.yaml"),
        ("", "study.empty"),
        ("# only words\n", "study.empty"),
        ("- a\n", "study.value-invalid"),
        ("42", "study.value-invalid"),
    ],
)
def test_yaml_that_means_more_than_it_shows_is_refused(text: str, code: str) -> None:
    assert only(text).code == code


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20))
    assert only(bomb).code == "study.alias"
    assert only(bomb).where == "plant.yaml, line 1, column 4"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "a: " + "[" * 100_000, "{" * 100_000, '{"a":' * 100_000, "- " * 100_000, "".join(" " * i + "a:\n" for i in range(60))],
)
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    assert only(text).code in ("study.too-deep", "study.json", "study.yaml")


def test_fifty_megabytes_are_refused_at_once() -> None:
    data = b"a: 1\n" * (10 * 1024 * 1024)
    started = time.process_time()
    finding = only(data)
    assert time.process_time() - started < 0.5
    assert finding.code == "study.too-large"
    assert "50 MB" in finding.message.en
    assert "8 MB" in finding.message.zh


@pytest.mark.parametrize("text", ["- 1\n" * 200_000, "[" + "1," * 200_000 + "1]"])
def test_too_many_items_are_refused_in_bounded_time(text: str) -> None:
    started = time.process_time()
    assert only(text).code == "study.too-many-nodes"
    assert time.process_time() - started < 10


def test_a_long_line_of_json_is_read_in_bounded_time() -> None:
    started = time.process_time()
    assert refused('{"a": [' + '"0123456789012345678901234567890123456789",' * 40_000 + '"x"]}')
    assert time.process_time() - started < 10


def test_another_encoding_is_refused() -> None:
    finding = only(STUDY.encode("gb18030"))
    assert finding.code == "study.not-utf8"
    assert "UTF-8" in finding.message.zh
    assert finding.where == "plant.yaml, line 3"
    assert read_study(b"\xef\xbb\xbf" + STUDY.encode(), "plant.yaml").id == "cement"


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u2066", "U+2066"),
        ("\u00ad", "U+00AD"),
        ("\ufeff", "U+FEFF"),
    ],
)
def test_characters_that_hide_or_reorder_are_named(hidden: str, name: str) -> None:
    for text in (
        STUDY.replace("Cement}", f'"Ce{hidden}ment"}}'),
        JSON.replace("Cement", f"Ce{hidden}ment"),
        STUDY.replace("geography:", f'"geo{hidden}graphy":'),
    ):
        finding = only(text)
        assert finding.code == "study.hidden-character"
        assert name in finding.message.en
        assert name in finding.message.zh
        assert hidden not in finding.message.zh


def test_an_escaped_bidi_character_is_refused_too() -> None:
    assert only(STUDY.replace("Cement}", r'"Ce\u202ement"}')).code == "study.hidden-character"
    assert only(JSON.replace("Cement", r"\ud800")).code == "study.hidden-character"


def test_a_text_that_nobody_reads_is_refused() -> None:
    assert only(STUDY.replace("Cement}", "x" * 20_001 + "}")).code == "study.text-too-long"


def test_a_field_that_is_not_known_is_named_with_the_one_that_is_meant() -> None:
    finding = only(STUDY.replace("unit: t, factor", "unti: t, factor"))
    assert finding.code == "study.field-unknown"
    assert finding.where == "processes[kiln] / inputs[coal] / unti, line 14"
    assert "“unit”" in finding.message.en
    assert "“unit”" in finding.message.zh


def test_an_unknown_field_of_an_own_factor_is_told_from_a_factor_id() -> None:
    text = STUDY.replace("CN-GUIDE-bituminous-coal", "{valeu: '1', unit: kgCO2e/t, source: plant}")
    missing, unknown = refused(text)
    assert (missing.code, unknown.code) == ("study.field-missing", "study.field-unknown")
    assert unknown.where == "processes[kiln] / inputs[coal] / factor / valeu, line 14"
    assert "“value”" in unknown.message.en


def test_a_missing_field_is_named_with_its_place() -> None:
    finding = only(STUDY.replace("    stage: production\n", ""))
    assert finding.code == "study.field-missing"
    assert finding.where == "processes[kiln] / stage, line 10"
    assert "stage" in finding.message.zh


def test_an_own_factor_without_a_source_is_refused() -> None:
    finding = only(STUDY.replace("CN-GUIDE-bituminous-coal", "{value: '1', unit: kgCO2e/t}"))
    assert (finding.code, finding.where) == ("study.field-missing", "processes[kiln] / inputs[coal] / factor / source, line 14")


@pytest.mark.parametrize(
    ("right", "wrong", "field", "says"),
    [
        ("stage: production", "stage: prodution", "processes[kiln] / stage, line 11", "“production”"),
        ("cradle-to-gate", "cradle-to-cradle", "boundary, line 4", "cradle-to-grave"),
        ("type: primary", "type: measured", "processes[kiln] / data / type, line 15", "secondary"),
        ("technology: 1", "technology: 6", "processes[kiln] / data / quality / technology, line 15", "at most 5"),
        ("technology: 1", "technology: 1.5", "processes[kiln] / data / quality / technology, line 15", "whole number"),
        ("technology: 1", "technology: 0_1", "processes[kiln] / data / quality / technology, line 15", "whole number"),
        ("technology: 1", "technology: １", "processes[kiln] / data / quality / technology, line 15", "whole number"),
        ("start: 2024-01-01", "start: 20240101", "period / start, line 6", "2024-12-31"),
        ("start: 2024-01-01", "start: 2024-02-30", "period / start, line 6", "2024-12-31"),
        ("start: 2024-01-01", "start: 1704067200", "period / start, line 6", "2024-12-31"),
        ("start: 2024-01-01", "start: 2024-01-01T00:00:00", "period / start, line 6", "2024-12-31"),
        ("zuji: study/1", "zuji: study/2", "zuji, line 1", "study/1"),
        ("id: cement", "id: ''", "id, line 2", "empty"),
        ("reference: kiln", "reference: [kiln]", "reference, line 8", "A text"),
        ('declared_unit: {amount: "1", unit: t}', "declared_unit: 1 t", "declared_unit, line 5", "A mapping"),
        ("title: {zh: 水泥, en: Cement}", "title: {zh: 水泥, de: Zement, en: Cement}", "title / de, line 3", "zh, en"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_what_can(right: str, wrong: str, field: str, says: str) -> None:
    finding = refused(STUDY.replace(right, wrong))[0]
    assert finding.where == field
    assert says in finding.message.en


def test_every_fault_is_reported_at_once() -> None:
    text = STUDY.replace("stage: production", "stage: x").replace("cradle-to-gate", "y").replace("unit: t, factor", "unti: t, factor")
    assert {finding.code for finding in refused(text)} == {"study.value-invalid", "study.field-unknown"}
    assert len(refused(text)) == 3
