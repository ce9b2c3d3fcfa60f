"""The residual mix keeps the balance exactly, is never negative, and is refused where it cannot be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.engine.errors import MixImpossible
from zuji.engine.residual_mix import Generated, residual_mix

amounts = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)
intensities = st.fractions(min_value=0, max_value=1, max_denominator=10**4)
share = st.fractions(min_value=0, max_value=1, max_denominator=100)


@st.composite
def mixes(draw: st.DrawFn) -> tuple[Fraction, list[Generated]]:
    """A mix whose average is the true one, as an announcement would state it; any part of each type is claimed."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        energy = draw(amounts) + 1
        rows.append(Generated(f"type {number}", energy, energy * draw(share), draw(intensities)))
    total = sum((row.energy for row in rows), Fraction(0))
    emitted = sum((row.energy * (row.intensity or 0) for row in rows), Fraction(0))
    return emitted / total, rows


@given(mixes())
def test_what_is_claimed_and_what_is_left_are_together_what_was_generated(given_mix: tuple[Fraction, list[Generated]]) -> None:
    average, rows = given_mix
    total = sum((row.energy for row in rows), Fraction(0))
    claimed = sum((row.claimed for row in rows), Fraction(0))
    green = sum((row.claimed * (row.intensity or 0) for row in rows), Fraction(0))
    if claimed == total:
        with pytest.raises(MixImpossible):
            residual_mix(average, rows)
        return
    left = residual_mix(average, rows)
    assert left.intensity * (total - claimed) + green == total * average
    assert left.intensity >= 0
    assert (left.energy, left.claimed) == (total - claimed, claimed)


@given(mixes())
def test_where_nothing_is_claimed_the_average_is_left(given_mix: tuple[Fraction, list[Generated]]) -> None:
    average, rows = given_mix
    assert residual_mix(average, [Generated(row.type, row.energy, Fraction(0), None) for row in rows]).intensity == average


@given(intensities, share)
def test_claiming_more_of_what_is_cleaner_than_the_average_never_lowers_the_rest(average: Fraction, part: Fraction) -> None:
    green = Generated("green", Fraction(1000), 1000 * part / 2, average / 2)
    more = Generated("green", Fraction(1000), 1000 * part, average / 2)
    other = Generated("other", Fraction(3000), Fraction(0), None)
    assert residual_mix(average, [more, other]).intensity >= residual_mix(average, [green, other]).intensity >= average


@pytest.mark.parametrize(
    ("average", "row", "said"),
    [
        ("0.5777", Generated("wind", Fraction(10), Fraction(11), Fraction("0.0324")), "More of “wind” is claimed"),
        ("0.5777", Generated("wind", Fraction(10), Fraction(5), None), "no factor"),
        ("0.5777", Generated("wind", Fraction(-1), Fraction(0), None), "not negative"),
        ("0.5777", Generated("coal", Fraction(10), Fraction(0), None), "occurs twice"),
        ("0.0001", Generated("wind", Fraction(10), Fraction(10), Fraction("0.924")), "negative emissions"),
    ],
)
def test_a_mix_that_cannot_be_is_refused(average: str, row: Generated, said: str) -> None:
    with pytest.raises(MixImpossible, match=said):
        residual_mix(Fraction(average), [Generated("coal", Fraction(100), Fraction(0), None), row])


def test_the_arithmetic_by_hand() -> None:
    """100 MWh at 0.5 of which 20 MWh of wind at 0.03 are claimed: (50 − 0.6) / 80."""
    rows = [Generated("wind", Fraction(30), Fraction(20), Fraction("0.03")), Generated("coal", Fraction(70), Fraction(0), None)]
    assert residual_mix(Fraction("0.5"), rows).intensity == Fraction("0.6175")
