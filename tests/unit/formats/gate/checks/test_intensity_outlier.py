from tests.unit.formats.steelworks import CO2, database, dataset, exchange, found
from zuji.formats.gate.checks.intensity_outlier import intensity_outlier


def test_one_of_five_is_a_thousand_times_smaller() -> None:
    alike = [
        dataset(f"mill-{n}", f"钢厂{n}", f"mill {n}", exchange(1, "steel", "output", "1"), exchange(2, CO2, "output", amount))
        for n, amount in enumerate(("1.8", "1.9", "2.0", "2.1", "0.002"))
    ]
    assert found(intensity_outlier, database(*alike)) == [("warning", "mill-4", 1)]
    assert found(intensity_outlier, database(*alike[1:])) == []
