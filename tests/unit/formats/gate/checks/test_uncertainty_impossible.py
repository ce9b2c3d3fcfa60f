import pytest

from tests.unit.formats.gate.checks.test_uncertainty_contradiction import one
from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.uncertainty_impossible import uncertainty_impossible
from zuji.formats.inventory import Uncertainty


@pytest.mark.parametrize(
    "stated",
    [
        one("lognormal", None, "0.9"),
        one("lognormal", None, "0"),
        one("lognormal", None, "-1.2"),
        one("lognormal", None, "1e9"),
        one("normal", None, "-0.1"),
        one("uniform", None, None, "2.1", "1.7"),
        one("triangular", "2.2", None, "1.7", "2.1"),
        Uncertainty("normal", stated="normal: variance=NaN", faulty=True),
    ],
)
def test_parameters_that_no_distribution_has(stated: Uncertainty) -> None:
    assert found(uncertainty_impossible, spoilt(exchange=4, uncertainty=stated)) == [("warning", STEEL, 4)]


@pytest.mark.parametrize("stated", [one("lognormal", None, "1"), one("normal", None, "0"), one("uniform", None, None, "1.7", "2.1")])
def test_possible_ones(stated: Uncertainty) -> None:
    assert found(uncertainty_impossible, spoilt(exchange=4, uncertainty=stated)) == []
