import pytest

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.source_address import source_address


@pytest.mark.parametrize(
    "address", ["https://www.mee.gov.cn/x", "10.1016/j.jclepro.2015.04.062", "GB/T 51366-2019", "mee.gov.cn 公告 2025 年第 47 号"]
)
def test_what_leads_somewhere_says_nothing(address: str) -> None:
    assert found(source_address, candidate(version(address=address))) == []


@pytest.mark.parametrize("address", ["file:///home/me/a.pdf", r"C:\Users\me\a.pdf", r"\\server\share", "http://localhost/a"])
def test_a_file_on_somebodys_machine_is_an_error(address: str) -> None:
    assert found(source_address, candidate(version(address=address))) == [("gate.source-address", "error", "address")]


def test_a_vague_place_is_noted() -> None:
    assert found(source_address, candidate(version(address="图书馆"))) == [("gate.source-address", "info", "address")]
