"""A proposed factor, read from what somebody wrote."""

from fractions import Fraction

import pytest

from zuji.formats.factors.candidates import FIELDS, read_candidate

MAP = {
    "id": "CHEN2015-MAP",
    "version": "2",
    "name_zh": "磷酸一铵制造（中国）",
    "name_en": "Monoammonium phosphate production, China",
    "synonyms": "一铵; MAP；monoammonium phosphate",
    "cas": "7722-76-1",
    "hs": "3105.40",
    "category": "chemicals",
    "value": "2.713",
    "unit": "kgCO2e/kg P2O5",
    "upstream": "2.713",
    "geography": "CN",
    "year": "2013",
    "source": "陈舜,逯非,王效科. 生态学报 2015,35(19):6371-6383",
    "document_number": "doi 10.5846/stxb201402210304",
    "document_page": "6371",
    "quality_time": "3",
    "supersedes": "CHEN2015-MAP@1",
    "reason": "data-error",
}


def test_a_candidate_keeps_what_was_written_and_is_found_by_its_codes() -> None:
    candidate, faults = read_candidate(MAP)
    assert not faults
    assert candidate is not None
    assert candidate.factor.reference == "CHEN2015-MAP@2"
    assert candidate.factor.value == Fraction("2.713")
    assert candidate.factor.synonyms == ("一铵", "MAP", "monoammonium phosphate", "CAS 7722-76-1", "HS 3105.40")
    assert candidate.codes == {"cas": ("7722-76-1",), "hs": ("3105.40",)}
    assert candidate.parts_of_boundary == {"upstream": Fraction("2.713")}
    assert candidate.quality is not None
    assert (candidate.quality.time, candidate.quality.technology) == (3, None)
    assert candidate.reason == "data-error"


@pytest.mark.parametrize("field", [name for name in FIELDS if name in MAP])
def test_every_field_is_sealed_by_the_digest(field: str) -> None:
    whole, _ = read_candidate(MAP)
    assert whole is not None
    other, faults = read_candidate(
        {**MAP, field: {"quality_time": "2", "year": "2014", "reason": "method", "unit": "kgCO2e/kg"}.get(field, MAP[field] + "9")}
    )
    assert not faults
    assert other is not None
    assert other.factor.digest != whole.factor.digest


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"value": "-2.713"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": ""}, "value"),
        ({"unit": "kgCO2e/nonsense"}, "unit"),
        ({"source": ""}, "source"),
        ({"quality_time": "6"}, "quality_time"),
        ({"upstream": "much"}, "upstream"),
        ({"reason": "because"}, "reason"),
        ({"state": "superseded"}, "state"),
        ({"note": "a\u202eb"}, "note"),
    ],
)
def test_a_fault_is_named_at_its_field(changed: dict[str, str], field: str) -> None:
    candidate, faults = read_candidate({**MAP, **changed})
    assert candidate is None
    assert field in {fault.where for fault in faults}
