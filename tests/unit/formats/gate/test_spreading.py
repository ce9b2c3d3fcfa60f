"""An imported database is drawn as its publisher states it: against Brightway's own Monte Carlo, closed forms, and through the release's files."""

import io
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import bw_processing as bwp
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.formats.gate.test_assembly import assembled
from tests.unit.formats.steelworks import CO2, POWER, STEEL, adding, dataset, exchange, sound, spoilt
from zuji.bench.rivals import quiet_bw2calc
from zuji.engine.sparse.background import Background, solved_background
from zuji.engine.sparse.background_draws import background_sampler
from zuji.engine.sparse.draws import drawn
from zuji.engine.sparse.needs import Floats
from zuji.engine.sparse.spread import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM
from zuji.formats.background import BadRelease, read_manifest, release_files, released
from zuji.formats.gate.assembly import SETS
from zuji.formats.gate.spreading import merged
from zuji.formats.gate.spreads import Drawable
from zuji.formats.inventory import Inventory, Uncertainty

DRAWS = 8000
SOURCE = {"title": "Test database"}


def stated(distribution: str, centre: str | None = None, spread: str | None = None, *bounds: str) -> Uncertainty:
    low, high = (Decimal(bound) for bound in bounds) if bounds else (None, None)
    at, size = (None if held is None else Decimal(held) for held in (centre, spread))
    return Uncertainty(distribution, at, size, low, high)  # type: ignore[arg-type]  # one of the words


def uncertain() -> Inventory:
    """The steelworks (1.9 kg CO2, 1.8 MJ) and its power plant (0.9 kg CO2 per 3.6 MJ, and some steel), every number with its spread."""
    inventory = adding(POWER, exchange(4, "steel", "input", "0.05"))
    spreads = {
        (POWER, 3): stated("lognormal", "0.9", "1.3"),
        (POWER, 4): stated("uniform", None, None, "0.02", "0.09"),
        (STEEL, 3): stated("normal", "1.8", "0.3"),
        (STEEL, 4): stated("triangular", "1.8", None, "1.6", "2.4"),
    }
    changed = tuple(
        replace(d, exchanges=tuple(replace(e, uncertainty=spreads.get((d.id, e.number))) for e in d.exchanges)) for d in inventory.datasets
    )
    return replace(inventory, datasets=changed)


def background(inventory: Inventory) -> Background:
    made = assembled(inventory)
    return solved_background(made.processes, made.needs, made.burdens, sets=SETS, unknown=made.unknown, uncertain=made.uncertain)


def draws(found: Background, process: str, column: str = "AR6/total") -> Floats:
    return drawn(background_sampler(found, column, seed=3), draws=DRAWS).of(found.place(process))


def brightway() -> NDArray[np.float64]:
    """The same system in Brightway: columns power (3.6 MJ) and steel (1 kg); biosphere of CO2 with a factor of 1."""
    # A seed for each: with one, Brightway draws both matrices from the same numbers, and they depend on each other.
    package, nature = bwp.create_datapackage(seed=7), bwp.create_datapackage(seed=8)
    at = np.array([(0, 0), (1, 1), (1, 0), (0, 1)], dtype=bwp.INDICES_DTYPE)
    package.add_persistent_vector(
        matrix="technosphere_matrix", data_array=np.array([3.6, 1.0, 0.05, 1.8]), indices_array=at,
        flip_array=np.array([False, False, True, True]), distributions_array=rows(
            {}, {}, {"uncertainty_type": 4, "minimum": 0.02, "maximum": 0.09}, {"uncertainty_type": 3, "loc": 1.8, "scale": 0.3},
            amounts=[3.6, 1.0, 0.05, 1.8],
        ),
    )  # fmt: skip
    nature.add_persistent_vector(
        matrix="biosphere_matrix", data_array=np.array([0.9, 1.9]), indices_array=np.array([(0, 0), (0, 1)], dtype=bwp.INDICES_DTYPE),
        distributions_array=rows(
            {"uncertainty_type": 2, "loc": np.log(0.9), "scale": np.log(1.3)},
            {"uncertainty_type": 5, "loc": 1.8, "minimum": 1.6, "maximum": 2.4}, amounts=[0.9, 1.9],
        ),
    )  # fmt: skip
    package.add_persistent_vector(
        matrix="characterization_matrix", data_array=np.ones(1), indices_array=np.array([(0, 0)], dtype=bwp.INDICES_DTYPE)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of faster solvers
        lca = quiet_bw2calc().LCA({1: 1}, data_objs=[package, nature], use_distributions=True)
        lca.lci()
        lca.lcia()
        found = []
        for _ in range(DRAWS // 4):
            found.append(lca.score)
            next(lca)
    return np.array(found)


def rows(*told: Mapping[str, float], amounts: list[float]) -> Any:
    made = np.zeros(len(told), dtype=bwp.UNCERTAINTY_DTYPE)
    for name in ("loc", "scale", "shape", "minimum", "maximum"):
        made[name] = np.nan
    for n, one in enumerate(told):
        made[n]["uncertainty_type"], made[n]["loc"] = 0, amounts[n]
        for name, value in one.items():
            made[n][name] = value
    return made


def test_draws_of_an_imported_database_are_those_of_brightway() -> None:
    ours, theirs = draws(background(uncertain()), STEEL), brightway()
    wide = theirs.std()
    assert ours.mean() == pytest.approx(theirs.mean(), abs=0.08 * wide)
    assert ours.std() == pytest.approx(wide, rel=0.06)
    for percent in (5, 25, 50, 75, 95):
        assert np.percentile(ours, percent) == pytest.approx(np.percentile(theirs, percent), abs=0.12 * wide)


def test_every_number_that_states_one_has_its_spread() -> None:
    made = assembled(uncertain())
    assert sorted(made.uncertain.needs.kind.tolist()) == [NORMAL, UNIFORM]
    assert sorted(made.uncertain.direct.kind.tolist()) == [LOGNORMAL, TRIANGULAR]
    assert made.uncertain.size == 4
    assert made.undrawn == {}
    total = np.zeros(len(made.processes))
    np.add.at(total, made.uncertain.emitters, made.uncertain.emissions[:, 1])
    assert np.allclose(total, made.burdens[:, 1, :].sum(axis=1), rtol=1e-15)


def test_parts_are_drawn_from_the_same_numbers_as_their_total() -> None:
    found = background(uncertain())
    assert np.allclose(draws(found, STEEL, "AR6/fossil"), draws(found, STEEL), rtol=1e-6)
    assert not draws(found, STEEL, "AR6/biogenic").any()
    with pytest.raises(KeyError):
        background_sampler(found, "AR4/total", seed=1)


def test_a_database_without_spreads_is_drawn_as_it_stands() -> None:
    found = background(sound())
    assert found.uncertain is None
    assert np.allclose(draws(found, STEEL), 2.35, rtol=1e-6)


def test_the_files_of_a_release_bring_the_same_draws() -> None:
    found = background(uncertain())
    files = release_files(found, SOURCE)
    told = read_manifest(files["manifest.json"])
    assert (told.uncertain, told.emissions) == (4, 2)

    def array(name: str) -> Any:
        return np.lib.format.read_array(io.BytesIO(files[f"{name}.npy"]))

    again = released(told, files["processes.json"], array)
    assert draws(again, STEEL).tobytes() == draws(found, STEEL).tobytes()
    assert release_files(again, SOURCE) == files
    without = read_manifest(release_files(background(sound()), SOURCE)["manifest.json"])
    assert set(told.files) - set(without.files) == {f"{name}.npy" for name in told.arrays if name not in without.arrays}
    with pytest.raises(BadRelease):
        released(told, files["processes.json"], lambda name: array(name)[:1] if name == "emission_kinds" else array(name))
    with pytest.raises(BadRelease):
        released(told, files["processes.json"], lambda name: array(name) + 9 if name == "emitters" else array(name))


def test_two_inputs_from_one_supplier_are_drawn_as_one_and_counted() -> None:
    inventory = adding(STEEL, replace(exchange(9, "electricity", "input", "0.6"), uncertainty=stated("lognormal", None, "1.5")))
    made = assembled(inventory)
    assert made.undrawn == {"merged": 1}
    (kind,), (size,) = made.uncertain.needs.kind, made.uncertain.needs.size
    assert kind == LOGNORMAL
    assert size == pytest.approx(0.6 * np.log(1.5) / 2.4, rel=1e-6)


def test_merging_keeps_mean_and_variance() -> None:
    terms = [
        (2.0, Drawable(UNIFORM, low=0.5, high=1.5)),
        (3.0, Drawable(NORMAL, 0.1)),
        (1.0, None),
        (4.0, Drawable(TRIANGULAR, 0, 1, 0.5, 1.5)),
    ]
    found = merged(terms)
    assert found is not None
    variance = (2 / np.sqrt(12)) ** 2 + 0.3**2 + (4 / np.sqrt(24)) ** 2
    assert found.kind == NORMAL
    assert found.centre == pytest.approx(1.0)
    assert found.size == pytest.approx(np.sqrt(variance) / 10, rel=1e-12)
    assert merged([(1.0, Drawable(LOGNORMAL, 0.2)), (-1.0, None)]) is None


def test_what_is_not_drawn_as_stated_is_counted() -> None:
    at_reference = assembled(spoilt(exchange=1, uncertainty=stated("lognormal", None, "1.2")))
    assert at_reference.undrawn == {"reference": 1}
    impossible = assembled(spoilt(exchange=4, uncertainty=stated("lognormal", None, "0.5")))
    assert impossible.undrawn == {"impossible": 1}
    assert impossible.uncertain.size == 0
    other = dataset(
        "44444444-0000-4000-8000-000000000004", "另一电厂", "other plant", exchange(1, "electricity", "output", "3.6"),
        exchange(2, "ore", "input", "0.5"), exchange(3, CO2, "output", "0.8"),
    )  # fmt: skip
    two = spoilt(exchange=3, uncertainty=stated("lognormal", None, "1.2"))
    split = assembled(replace(two, datasets=tuple(sorted((*two.datasets, other), key=lambda d: d.id))), "location-then-share")
    assert Counter(split.undrawn) == {"split": 1}
    assert split.uncertain.needs.kind.tolist() == [LOGNORMAL, LOGNORMAL]
