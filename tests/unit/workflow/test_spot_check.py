"""The draw of a spot check: anybody draws the same again, risk counts, and nobody is beyond reach."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from zuji.workflow.spot_check import Risk, draw, list_digest, sample_size, weight

LISTS = st.dictionaries(st.text("0123456789", min_size=1, max_size=6), st.integers(1, 20), max_size=12)


def again(seed: str, weights: dict[str, int], size: int) -> list[str]:
    """The same draw, written by another hand from the published description alone: tickets in a row, one hash a turn."""
    drawn: list[str] = []
    for kind, turns in (("risk", size - size // 2), ("blind", size // 2)):
        for turn in range(turns):
            tickets = [number for number in sorted(weights) if number not in drawn for _ in range(weights[number] if kind == "risk" else 1)]
            if tickets:
                drawn.append(tickets[int.from_bytes(hashlib.sha256(f"{seed}|{kind}|{turn}".encode()).digest(), "big") % len(tickets)])
    return drawn


@given(st.text(max_size=20), LISTS, st.integers(0, 25))
def test_anybody_draws_the_same(seed: str, weights: dict[str, int], size: int) -> None:
    size = min(size, len(weights))
    assert list(draw(seed, weights, size)) == again(seed, weights, size)
    assert draw(seed, dict(reversed(weights.items())), size) == draw(seed, weights, size)
    assert len(set(draw(seed, weights, size))) == size


def test_a_draw_that_was_published_comes_out_the_same_for_ever() -> None:
    weights = {"YZ-2026-000001": 10, "YZ-2026-000002": 60, "YZ-2026-000003": 10, "YZ-2026-000004": 10}
    assert draw("2026-11-27 seed", weights, 2) == ("YZ-2026-000002", "YZ-2026-000004")
    assert list_digest(weights) == hashlib.sha256(b"YZ-2026-000001 10\nYZ-2026-000002 60\nYZ-2026-000003 10\nYZ-2026-000004 10").hexdigest()


def test_risk_is_looked_at_oftener_and_everybody_now_and_then() -> None:
    weights = {"risky": 90} | {f"calm-{n}": 10 for n in range(9)}
    hits = dict.fromkeys(weights, 0)
    for turn in range(600):
        for number in draw(f"seed {turn}", weights, 2):
            hits[number] += 1
    assert all(hits.values())
    # By risk one half of the time, and blindly one time in nine of the other half: 0.5 + 0.5 / 9.
    assert abs(hits["risky"] / 600 - (0.5 + 0.5 / 9)) < 0.08
    assert hits["risky"] > 2.5 * max(n for number, n in hits.items() if number != "risky")


@given(st.integers(0, 500), st.integers(1, 100))
def test_the_sample_is_the_share_rounded_up(listed: int, percent: int) -> None:
    size = sample_size(listed, percent)
    assert listed * percent <= size * 100
    assert size <= listed
    assert (size == 0) == (listed == 0)


@given(
    st.builds(
        Risk,
        st.integers(0, 50),
        st.integers(0, 50),
        st.booleans(),
        st.none() | st.integers(-900, 900),
        st.integers(0, 5),
        st.integers(5, 9),
    )
)
def test_a_weight_stays_in_its_range_and_grows_with_each_reason(risk: Risk) -> None:
    assert 10 <= weight(risk) <= 100
    more = Risk(risk.warnings + 1, risk.returns + 1, True, risk.change, risk.errors, risk.decided)
    assert weight(more) >= weight(risk)
