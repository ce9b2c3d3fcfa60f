from tests.unit.formats.steelworks import found, spoilt
from zuji.formats.gate.checks.identity_form import identity_form


def test_an_identifier_that_is_no_uuid() -> None:
    assert found(identity_form, spoilt(id="steel works #1")) == [("warning", "steel works #1", None)]
