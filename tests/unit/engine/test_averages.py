"""Averages: their laws, the rules that withhold them, and attacks on everything that was ever published."""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.engine.averages import (
    FEWEST_GROUPS,
    P_PERCENT,
    Share,
    commitment,
    dominated,
    independent_groups,
    publishable,
    weighted_average,
)
from zuji.engine.errors import BadContribution

numbers = st.fractions(min_value="0.01", max_value=1000, max_denominator=100)


def share(number: int, group: str = "", value: str = "1", volume: str = "1", edition: int = 0) -> Share:
    return Share(f"{number}.{edition}", group or f"g{number}", Fraction(value), Fraction(volume))


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8))
def test_the_average_lies_between_its_values_and_carries_all_emissions(rows: list[tuple[Fraction, Fraction]]) -> None:
    shares = [Share(str(n), str(n), value, volume) for n, (value, volume) in enumerate(rows)]
    mean = weighted_average(shares)
    assert min(value for value, _ in rows) <= mean <= max(value for value, _ in rows)
    assert mean * sum((volume for _, volume in rows), Fraction(0)) == sum((value * volume for value, volume in rows), Fraction(0))
    assert weighted_average(shares[::-1]) == mean


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6))
def test_a_plant_split_in_two_of_the_same_value_changes_no_average(rows: list[tuple[Fraction, Fraction, Fraction]]) -> None:
    whole = [Share(str(n), "g", value, one + two) for n, (value, one, two) in enumerate(rows)]
    parts = [Share(f"{n}{k}", "g", value, volume) for n, (value, *two) in enumerate(rows) for k, volume in enumerate(two)]
    assert weighted_average(whole) == weighted_average(parts)


@pytest.mark.parametrize(("value", "volume"), [("0", "1"), ("-1", "1"), ("1", "0"), ("1", "-2")])
def test_what_is_not_positive_is_no_contribution(value: str, volume: str) -> None:
    with pytest.raises(BadContribution):
        weighted_average([share(1, value=value, volume=volume)])


def test_common_ownership_counts_once_however_it_was_declared() -> None:
    together = independent_groups([("a", "p"), ("b", "p"), ("c", "c"), ("a", "a")])
    assert together["a"] == together["b"] != together["c"]
    chain = independent_groups([("a", "b"), ("b", "c"), ("c", "d"), ("e", "a")])
    assert len(set(chain.values())) == 1


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), min_size=1))
def test_the_order_of_declarations_means_nothing_and_a_further_one_only_joins(declared: list[tuple[str, str]]) -> None:
    groups = independent_groups(declared)
    assert groups == independent_groups(declared[::-1])
    more = independent_groups([*declared, ("x", declared[0][0])])
    assert len({more[code] for code in groups}) <= len(set(groups.values()))


def test_the_p_percent_rule_is_that_of_the_handbook() -> None:
    """Largest 100, second 50: the rest has to be at least 10."""
    assert not dominated([share(1, volume="100"), share(2, volume="50"), share(3, volume="10")])
    assert dominated([share(1, volume="100"), share(2, volume="50"), share(3, volume="9.99")])
    assert dominated([share(1, value="100"), share(2, value="50"), share(3, value="9.99")])
    assert dominated([share(1, "g", volume="60"), share(9, "g", volume="40"), share(2, volume="50"), share(3, volume="9.99")])
    assert dominated([])


def test_fewer_than_three_independent_groups_are_withheld() -> None:
    equal = [share(1), share(2), share(3)]
    assert publishable(equal, [])
    assert not publishable(equal[:2], [])
    assert not publishable([share(1, "p"), share(2, "p"), share(3, "p"), share(4)], [])
    assert not publishable([], [])


def test_a_release_that_differs_by_fewer_than_three_groups_is_withheld() -> None:
    first = [share(n) for n in range(6)]
    assert publishable(first, [first])
    assert not publishable([*first, share(6)], [first])
    assert not publishable([*first, share(6), share(7)], [first])
    assert publishable([*first, share(6), share(7), share(8)], [first])
    assert not publishable(first[1:], [first])
    assert not publishable([*first[1:], share(0, value="1.1", edition=1)], [first]), "one firm that changes its own value probes the others"
    assert not publishable([*first, share(6, "p"), share(7, "p"), share(8, "q")], [first]), "two of three new ones have one owner"


def test_a_filter_and_its_complement_are_both_guarded() -> None:
    everybody = [share(n) for n in range(6)]
    assert publishable(everybody[:3], [everybody])
    assert not publishable(everybody[:4], [everybody]), "the complement has two"
    assert not publishable(everybody[:2], [everybody])


def test_three_releases_that_isolate_one_only_together_are_withheld() -> None:
    """Each pair differs by enough; A + B − C rests on one group."""
    a, b = [share(n) for n in range(4)], [share(n) for n in range(3, 8)]
    c = [*a[:3], *b[1:]]
    assert publishable(b, [a])
    assert publishable(c, [a])
    assert publishable(c, [b])
    assert not publishable(c, [a, b])


def releases(groups: int, volumes: Sequence[Fraction], values: Sequence[Fraction], masks: Sequence[int]) -> list[list[Share]]:
    """What is published of the cells asked for, one after the other: those that may be."""
    shares = [Share(str(n), f"g{n}", value, volume) for n, (value, volume) in enumerate(zip(values, volumes, strict=True))]
    published: list[list[Share]] = []
    for mask in masks:
        cell = [shares[n] for n in range(groups) if mask >> n & 1]
        if publishable(cell, published):
            published.append(cell)
    return published


@given(
    st.integers(3, 9).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.fractions(1, 20, max_denominator=4), min_size=n, max_size=n),
            st.lists(st.fractions(1, 20, max_denominator=4), min_size=n, max_size=n),
            st.lists(st.integers(0, 2**n - 1), max_size=12),
        )
    )
)
def test_no_linear_system_over_everything_published_tells_a_contributor_from_another(
    case: tuple[int, list[Fraction], list[Fraction], list[int]],
) -> None:
    """The attack: least squares over all releases by somebody who knows every volume and one group's value, for each of the others."""
    groups, volumes, values, masks = case
    published = releases(groups, volumes, values, [2**groups - 1, *masks])
    if not published:
        return
    weighted = np.array([[float(volumes[n]) if any(s.id == str(n) for s in cell) else 0.0 for n in range(groups)] for cell in published])
    totals = np.array([float(weighted_average(cell) * sum((s.volume for s in cell), Fraction(0))) for cell in published])
    for attacker in range(groups):
        rows = np.vstack([weighted, np.eye(groups)[attacker]])
        told = np.append(totals, float(values[attacker]))
        _, _, rank, _ = np.linalg.lstsq(rows, told, rcond=None)
        for target in range(groups):
            if target == attacker:
                continue
            more = np.vstack([rows, np.eye(groups)[target]])
            assert np.linalg.matrix_rank(more) > rank, "the system determines a contributor's value"
    for cell in published:  # within p %: the tightest bound on the largest is what the second largest can say of it
        sizes = sorted((share.value * share.volume for share in cell), reverse=True)
        slack = sum(sizes, Fraction(0)) - sizes[0] - sizes[1]
        assert slack * 100 >= P_PERCENT * sizes[0]


def test_the_attack_finds_what_the_rules_would_have_withheld() -> None:
    """The control: without the rules the same attack recovers a value exactly."""
    values, volumes = [3.0, 5.0, 7.0, 11.0], [2.0, 1.0, 4.0, 3.0]
    rows = np.array([[v if n < last else 0.0 for n, v in enumerate(volumes)] for last in (4, 3)])
    told = rows @ np.array(values)
    difference = (told[0] - told[1]) / volumes[3]
    assert difference == pytest.approx(values[3])
    shares = [Share(str(n), f"g{n}", Fraction(v), Fraction(w)) for n, (v, w) in enumerate(zip(values, volumes, strict=True))]
    assert not publishable(shares[:3], [shares])


def test_asking_again_and_again_with_one_s_own_value_changed_tells_nothing() -> None:
    """Bisection: a contributor revises its own value before each release; every release but the first is withheld."""
    others = [share(n, value=str(n + 2)) for n in range(1, 5)]
    published: list[list[Share]] = []
    for edition in range(20):
        cell = [*others, share(0, value=str(edition + 1), edition=edition)]
        if publishable(cell, published):
            published.append(cell)
    assert len(published) == 1


def test_many_groups_are_judged_in_time() -> None:
    first = [share(n) for n in range(300)]
    assert publishable([*first[:150], *(share(n, edition=1) for n in range(150, 300))], [first, first[:150], first[100:]])


def test_a_commitment_binds_and_is_salted() -> None:
    content = {"value": "2.713", "record": "sha256:ab"}
    assert commitment(b"a" * 32, content) == commitment(b"a" * 32, content) != commitment(b"b" * 32, content)
    assert commitment(b"a" * 32, content) != commitment(b"a" * 32, {**content, "value": "2.714"})
    assert hashlib.sha256(b'{"record":"sha256:ab","value":"2.713"}').hexdigest() not in commitment(b"a" * 32, content)
    with pytest.raises(BadContribution, match="128"):
        commitment(b"a" * 15, content)
    assert FEWEST_GROUPS == 3
