"""Which certificates a study's contractual electricity names, and how much it is."""

from fractions import Fraction

from tests.questionnaires import MODELS
from zuji.engine.contracts import certificate_key, certificate_numbers, contracted


def study(**changes: str):  # type: ignore[no-untyped-def]  # the type is the engine's own
    model = MODELS["lfp-battery-pack"]
    return model.study({**model.example, **changes})


def test_the_green_power_of_a_model_is_one_line_with_its_certificate() -> None:
    (line,) = contracted(study(green_power="65.8", **{"green_power.unit": "MWh"}))
    assert (line.energy, line.certificates, line.factor) == (Fraction(65800), ("DEMOGEC2025420800000002",), "CN-EL-CF-2024-wind")


def test_without_a_cancelled_certificate_there_is_no_such_line() -> None:
    assert contracted(study(certificate_state="none")) == ()


def test_spellings_of_a_number_are_one_certificate() -> None:
    assert certificate_key("ＧＥＣ－2025　001") == certificate_key("gec–2025-001") == "GEC2025001"
    assert certificate_numbers("GEC-1；gec1， GEC-2") == ("GEC1", "GEC2")
    assert certificate_numbers(" 、") == ()
