"""A kept footprint is calculated again to the same number, whatever was published since; two of them compare."""

import dataclasses
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client

from tests import cast
from tests.integration.conftest import World
from zuji.engine.factors import FactorVersion
from zuji.formats import gwp
from zuji.formats.factors import FactorLibrary
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import ANYONE, SYSTEM
from zuji.registry.factors import operations as factors
from zuji.registry.footprints import operations, queries
from zuji.registry.footprints.comparing import compared
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation
from zuji.registry.footprints.reproduction import reproduce
from zuji.registry.refusals import NotFound

Calculate = Callable[..., Calculation]


def newer(version: FactorVersion) -> FactorVersion:
    """The same factor, corrected to twice its value."""
    parts = tuple(dataclasses.replace(part, kg=part.kg * 2) for part in version.parts)
    return dataclasses.replace(version, version="99", value=version.value * 2, parts=parts, digest="9" * 64)


def used(world: World, method: Method) -> list[FactorVersion]:
    references = sorted({c.factor for c in world.result.contributions if c.factor and not c.factor.startswith("own-")})
    found = [method.library.find(reference) for reference in references]
    return [version for version in found if version is not None]


@pytest.fixture
def other_potentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second version of AR6 with other values has been published."""
    monkeypatch.setitem(gwp.COLUMNS, "AR6", {"1": "ar6", "2": "ar5"})
    gwp.load_gwp.cache_clear()
    yield
    monkeypatch.undo()
    gwp.load_gwp.cache_clear()


def test_a_footprint_is_calculated_again_to_the_same_hash(world: World) -> None:
    again = reproduce(world.public, viewer=ANYONE)
    assert again.hash_agrees
    assert again.total_agrees
    assert again.differing == ()
    assert all(version.same for version in again.used)
    assert {version.name for version in again.used} >= {"engine", "gwp", "input"}


def test_a_newer_version_of_every_factor_changes_nothing_that_is_kept(world: World, method: Method) -> None:
    fresh = [newer(version) for version in used(world, method)]
    assert len(fresh) >= 3
    factors.load_library(actor=SYSTEM.name, versions=[(version, "") for version in fresh])
    shipped = [(version, method.library.row(version.reference)) for version in method.library.all()]
    library = FactorLibrary([*shipped, *((version, {}) for version in fresh)])
    assert library.find(fresh[0].id) == fresh[0]
    again = reproduce(world.public, viewer=ANYONE, library=library)
    assert again.hash_agrees
    assert again.again is not None
    assert again.again.total == world.result.total
    page = Client().get(f"/footprints/{world.public}/").content.decode()
    assert format(world.result.total, "f") in page
    assert world.result.result_hash in page


def test_a_signed_case_states_its_number_whatever_is_published_since(
    world: World, method: Method, signed_in: Callable[[cast.Person], Client]
) -> None:
    member = accounts.viewer(world.people[cast.VIEWER.email])
    signed = queries.sheet(world.signed, viewer=member).calculated.result
    references = sorted({c.factor for c in signed.contributions if c.factor and "@" in c.factor})
    fresh = [newer(version) for version in (method.library.find(reference) for reference in references) if version is not None]
    assert len(fresh) >= 3
    factors.load_library(actor=SYSTEM.name, versions=[(version, "") for version in fresh])
    shipped = [(version, method.library.row(version.reference)) for version in method.library.all()]
    again = reproduce(world.signed, viewer=member, library=FactorLibrary([*shipped, *((version, {}) for version in fresh)]))
    assert again.hash_agrees
    assert again.again is not None
    assert again.again.total == signed.total
    for address in (f"/footprints/{world.signed}/", f"/cases/{world.case}/"):
        assert format(signed.total, "f") in signed_in(cast.VIEWER).get(address).content.decode()


def test_a_version_that_the_library_no_longer_ships_is_taken_from_what_was_published(world: World) -> None:
    assert reproduce(world.public, viewer=ANYONE, library=FactorLibrary([])).hash_agrees


def test_another_version_of_the_potentials_changes_nothing_that_is_kept(world: World, other_potentials: None) -> None:
    assert gwp.load_gwp("AR6").reference == "AR6@2"
    again = reproduce(world.public, viewer=ANYONE)
    assert again.hash_agrees
    assert next(version for version in again.used if version.name == "gwp").again.startswith("AR6@1+sha256:")


def test_potentials_that_are_gone_are_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a published set ever be lost, the page says so and shows both numbers: it does not say that they agree."""
    monkeypatch.setitem(gwp.COLUMNS, "AR6", {"3": "ar5"})
    gwp.load_gwp.cache_clear()
    again = reproduce(world.public, viewer=ANYONE)
    monkeypatch.undo()
    gwp.load_gwp.cache_clear()
    assert not again.hash_agrees
    assert "manifest" in again.differing
    assert [version.name for version in again.used if not version.same] == ["gwp"]


def test_a_factor_whose_content_changed_is_not_taken_for_the_one_used(world: World, method: Method) -> None:
    bad = [dataclasses.replace(newer(v), version=v.version) for v in used(world, method)]
    again = reproduce(world.public, viewer=ANYONE, library=FactorLibrary([(version, {}) for version in bad]))
    assert again.hash_agrees


def test_what_is_hidden_is_not_calculated_again(world: World) -> None:
    rival = accounts.viewer(world.people[cast.RIVAL_OWNER.email])
    for code in (world.private, "zzzzzzzzzz"):
        with pytest.raises(NotFound):
            reproduce(code, viewer=rival)
        with pytest.raises(NotFound):
            queries.siblings(code, viewer=rival)
        with pytest.raises(NotFound):
            compared(world.public, code, viewer=rival)
        with pytest.raises(NotFound):
            compared(code, world.public, viewer=rival)


def test_two_versions_compare_by_driver(world: World, calculated: Calculate) -> None:
    changed = calculated({'clinker_ratio: "0.780"': 'clinker_ratio: "0.790"'})
    code = operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=changed, public=True)
    found = compared(world.public, code, viewer=ANYONE)
    assert found.comparison is not None
    assert found.comparison.total_after == changed.result.total
    assert sum(found.comparison.by_driver.values(), Decimal(0)) == changed.result.total - world.result.total
    assert found.comparison.by_driver["structure"] > 0
    exact = sum((effect.exact for effect in found.comparison.effects), Fraction(0))
    assert exact == found.comparison.after - found.comparison.before
    assert [row.code for row in queries.siblings(code, viewer=ANYONE)] == [world.public]


def test_versions_compare_with_the_factors_of_their_time(world: World, calculated: Calculate, method: Method) -> None:
    changed = calculated({'clinker_ratio: "0.780"': 'clinker_ratio: "0.790"'})
    code = operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=changed, public=True)
    before = compared(world.public, code, viewer=ANYONE).comparison
    factors.load_library(actor=SYSTEM.name, versions=[(newer(version), "") for version in used(world, method)])
    assert compared(world.public, code, viewer=ANYONE).comparison == before


def test_footprints_of_different_products_are_not_compared(world: World) -> None:
    member = accounts.viewer(world.people[cast.VIEWER.email])
    found = compared(world.public, world.private, viewer=member)
    assert found.comparison is None
    assert "different product" in found.reasons[0].en
