import datetime
import json

import pytest

from tests.unit.rules.cases import rulebook
from zuji.rules.errors import BadRuleFile, UnknownRule
from zuji.rules.load import GENERAL, Rulebook, library_files, read_rules
from zuji.rules.schema import Rule
from zuji.rules.strict_yaml import read

FILES = dict(library_files("rules"))


def changed(**fields: object) -> dict[str, bytes]:
    """The general rule's file with some fields changed (None: left out), as a file of its own."""
    content = read(FILES["gbt24067.yaml"], "gbt24067.yaml")
    content.update(fields)
    kept = {key: value for key, value in content.items() if value is not None}
    return {"wrong.yaml": json.dumps(kept, ensure_ascii=False).encode()}


def test_the_shipped_rules() -> None:
    assert [rule.reference for rule in rulebook().all()] == ["cement@1.0.0", "gbt24067@1.0.0", "lfp-battery@1.0.0", "map-fertiliser@1.0.0"]


def test_null_is_the_general_rule_and_a_bare_id_its_newest_version() -> None:
    assert rulebook().get(None).reference == GENERAL
    assert rulebook().get("cement") is rulebook().get("cement@1.0.0")


@pytest.mark.parametrize(
    ("asked", "offered"), [("cemnt@1.0.0", "cement@1.0.0"), ("cement@9.0.0", "cement@1.0.0"), ("", "gbt24067@1.0.0"), ("x" * 999, GENERAL)]
)
def test_an_unknown_rule_is_a_finding_with_what_is_near(asked: str, offered: str) -> None:
    if not asked:
        assert rulebook().get(asked).reference == offered
        return
    with pytest.raises(UnknownRule) as caught:
        rulebook().get(asked)
    finding = caught.value.finding
    assert (finding.code, finding.severity, finding.where) == ("rule.unknown", "error", "rule")
    assert offered in finding.message.en
    assert offered in finding.message.zh


def test_a_rule_is_asked_by_date() -> None:
    assert rulebook().at("cement", datetime.date(2025, 1, 1)).version == "1.0.0"
    with pytest.raises(UnknownRule) as caught:
        rulebook().at("cement", datetime.date(2024, 12, 31))
    assert caught.value.finding.code == "rule.not-in-force"
    with pytest.raises(UnknownRule) as unknown:
        rulebook().at("glass", datetime.date(2025, 1, 1))
    assert unknown.value.finding.code == "rule.unknown"


def versions(first: dict[str, object], second: dict[str, object]) -> Rulebook:
    rule = rulebook().get(None)
    return Rulebook([rule.model_copy(update=first), rule.model_copy(update=second)])


def test_of_two_versions_the_date_decides_and_the_newest_is_the_last() -> None:
    book = versions({"valid_to": datetime.date(2026, 12, 31)}, {"version": "1.10.0", "valid_from": datetime.date(2027, 1, 1)})
    assert book.at("gbt24067", datetime.date(2026, 12, 31)).version == "1.0.0"
    assert book.at("gbt24067", datetime.date(2027, 1, 1)).version == "1.10.0"
    assert book.get("gbt24067").version == "1.10.0"


def test_overlapping_validity_and_a_version_given_twice_are_faults() -> None:
    with pytest.raises(BadRuleFile, match="overlaps"):
        versions({"valid_to": datetime.date(2027, 1, 1)}, {"version": "2.0.0", "valid_from": datetime.date(2027, 1, 1)})
    with pytest.raises(BadRuleFile, match="overlaps"):
        versions({}, {"version": "2.0.0", "valid_from": datetime.date(2027, 1, 1)})
    with pytest.raises(BadRuleFile, match="twice"):
        versions({}, {})


CUT_OFF = {"value": {"line": "0.01", "total": "0.05"}, "source": "s", "text": "t"}


@pytest.mark.parametrize(
    ("fields", "place", "says"),
    [
        ({"cut_off": None}, "cut_off", "required"),
        ({"cut_of": "x"}, "cut_of", "not permitted"),
        ({"cut_off": {**CUT_OFF, "status": "sourced", "grade": "K"}}, "cut_off", "grade A or B"),
        ({"cut_off": {**CUT_OFF, "status": "unverified", "grade": "A"}}, "cut_off", "grade A or B"),
        ({"cut_off": {**CUT_OFF, "status": "unverified", "grade": "K", "source": ""}}, "cut_off / source", "at least 1 character"),
        ({"version": "1"}, "version", "match pattern"),
        ({"valid_from": "2025-13-01"}, "valid_from", "date"),
        ({"valid_to": "2020-01-01"}, "file", "valid_to lies before"),
        ({"based_on": []}, "based_on", "at least 1 item"),
        ({"status": "final"}, "status", "Input should be"),
        ({"extends": "glass@1.0.0"}, "extends", "no rule “glass@1.0.0”"),
        (
            {"data_quality": {**CUT_OFF, "value": {"overall": "3"}, "status": "unverified", "grade": "K"}},
            "data_quality / value / row",
            "required",
        ),
        (
            {"cut_off": {**CUT_OFF, "value": {"line": "one per cent", "total": "0.05"}, "status": "unverified", "grade": "K"}},
            "cut_off / value / line",
            "not a plain decimal",
        ),
        (
            {"declared_unit": {**CUT_OFF, "value": {"units": ["bushel"], "of": "x"}, "status": "unverified", "grade": "K"}},
            "declared_unit / value / units / 0",
            "unit",
        ),
    ],
)
def test_a_wrong_rule_file_names_file_place_and_fault(fields: dict[str, object], place: str, says: str) -> None:
    with pytest.raises(BadRuleFile) as caught:
        read_rules(changed(**fields))
    assert says in caught.value.text.en
    assert caught.value.text.en.startswith(f"wrong.yaml: {place}")


def test_a_rule_takes_from_the_one_it_extends_what_it_does_not_state() -> None:
    cement, general = rulebook().get("cement"), rulebook().get(None)
    assert cement.cut_off == general.cut_off
    assert cement.declared_unit != general.declared_unit


@pytest.mark.parametrize("rule", rulebook().all(), ids=lambda rule: rule.reference)
class TestEachRule:
    def test_every_clause_has_value_status_source_and_text_in_both_languages(self, rule: Rule) -> None:
        assert set(rule.clauses) >= {
            "declared_unit",
            "boundary",
            "cut_off",
            "allocation",
            "data_quality",
            "electricity",
            "mandatory_primary",
        }
        for name, clause in rule.clauses.items():
            assert clause.status in ("sourced", "unverified"), name
            assert clause.source.strip(), name
            assert clause.text.zh.strip(), name
            assert clause.text.en.strip(), name
            assert clause.text.zh != clause.text.en, name

    def test_what_no_source_was_seen_for_is_unverified(self, rule: Rule) -> None:
        """ISO 14067 fixes no percentage and the text of GB/T 24067-2024 was not read: neither cut-off nor rating limits may claim a source."""
        assert not rule.cut_off.verified
        assert not rule.data_quality.verified
        assert "unverified" in rule.cite("cut_off")

    def test_titles_and_categories_are_complete(self, rule: Rule) -> None:
        assert rule.title.zh != rule.title.en
        assert all(category.source and category.label.zh for category in rule.categories)

    def test_a_finding_that_rests_on_an_unverified_clause_says_so(self, rule: Rule) -> None:
        text = rule.title.text
        assert rule.marked("cut_off", text).zh.endswith("（依据的规则参数未核实）")
        assert rule.marked("comparability", text) == text
