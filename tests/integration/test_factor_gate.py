"""The gate over the database: a candidate beside what is published, with a fixed number of queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.rules.factor_checks.candidates import candidate, version
from zuji.engine.text import Text
from zuji.formats.factors import load_library
from zuji.registry.factors import operations
from zuji.registry.factors.gate import examined

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 27)


@pytest.fixture
def library() -> None:
    shipped = load_library()
    rows = [(each, shipped.row(each.reference).get("group", "")) for each in shipped.all()]
    operations.load_library(actor="system", versions=rows)


@pytest.mark.usefixtures("library")
def test_a_candidate_is_held_against_what_is_published() -> None:
    shipped = load_library().find("CPCD-46430X0172025C")
    assert shipped is not None
    slipped = candidate(
        version(
            "79",
            "kgCO2e/kg",
            id=shipped.id,
            version="2",
            name=shipped.name,
            category=shipped.category,
            geography="CN",
            year=2025,
            synonyms=("LFP",),
        ),
        {"source_year": "2026"},
        supersedes=shipped.reference,
        reason="misprint",
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        said = examined(slipped, today=TODAY)
    assert len(asked) == 5, [each["sql"][:200] for each in asked]
    assert {finding.code for finding in said.all if finding.severity == "error"} >= {"gate.power-of-ten", "gate.correction-size"}


@pytest.mark.usefixtures("library")
def test_names_and_ids_of_the_whole_library_are_seen() -> None:
    alike = candidate(
        version(id="СPCD-46430X0172025C", category="chemicals", synonyms=("磷酸铁锂",), name=Text("某种新料", "New material"))
    )
    codes = {finding.code for finding in examined(alike, today=TODAY, held=[]).all}
    assert {"gate.id-confusable", "gate.synonym-collides", "gate.evidence-not-kept"} <= codes
