"""The way of a factor: every state, every act and every party; and that the table is sound."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.workflow.factor import FACTOR, NAMES, PARTY_NAMES, VERDICTS, Act, Party, State, Verdict, closed_to, outcome
from zuji.workflow.machine import TransitionRefused

# The table written out once more, as people would say it: act, party, from → to.
SAID = """
submit       submitter  draft returned                                    submitted
let_in       platform   submitted                                         tracing
stop         platform   submitted                                         returned
trace        platform   tracing                                           reviewing
return       checker    tracing                                           returned
agree        platform   reviewing                                         spot_check
revise       platform   reviewing                                         returned
reject       platform   reviewing                                         rejected
return       secretary  reviewing                                         returned
clear        platform   spot_check                                        awaiting_publication
found_sound  inspector  spot_check                                        awaiting_publication
return       inspector  spot_check                                        returned
reject       inspector  spot_check                                        rejected
sign         publisher  awaiting_publication                              signed_once
publish      publisher  signed_once                                       published
unsign       publisher  signed_once                                       awaiting_publication
lapse        platform   signed_once                                       awaiting_publication
return       publisher  awaiting_publication signed_once                  returned
withdraw     submitter  draft returned submitted tracing reviewing spot_check awaiting_publication signed_once appealed  withdrawn
appeal       submitter  rejected                                          appealed
admit        secretary  appealed                                          reviewing
dismiss      secretary  appealed                                          rejected
supersede    platform   published                                         superseded
expire       platform   published                                         expired
revoke       publisher  published superseded expired                      revoked
"""
WANTED = {
    (source, act): (target, party)
    for act, party, *sources, target in (line.split() for line in SAID.strip().splitlines())
    for source in sources
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", list(Act))
def test_every_act_in_every_state_for_every_party(state: State, act: Act) -> None:
    said = WANTED.get((state.value, act.value))
    if said is None:
        with pytest.raises(TransitionRefused) as refused:
            FACTOR.apply(state, act, reason="因为")
        assert NAMES[state.value].zh in refused.value.text.zh
        assert NAMES[act.value].en in refused.value.text.en
        assert refused.value.allowed == tuple(each.value for each in FACTOR.allowed(state))
        return
    found = FACTOR.apply(state, act, reason="因为")
    for party in Party:
        assert ((found.target.value, found.permission.value) == (said[0], party.value)) == (said[1] == party.value)


def test_whoever_undoes_the_work_of_others_says_why() -> None:
    reasoned = {t.action for t in FACTOR.transitions if t.reasoned}
    assert {
        Act.STOP,
        Act.RETURN,
        Act.REVISE,
        Act.REJECT,
        Act.WITHDRAW,
        Act.APPEAL,
        Act.ADMIT,
        Act.DISMISS,
        Act.UNSIGN,
        Act.REVOKE,
    } == reasoned
    for transition in FACTOR.transitions:
        if transition.reasoned:
            with pytest.raises(TransitionRefused):
                FACTOR.apply(min(transition.sources), transition.action, reason=" ")


def test_every_state_is_reached_and_everything_has_a_name() -> None:
    assert {State.DRAFT} | {t.target for t in FACTOR.transitions} == set(State)
    assert set(NAMES) == {each.value for each in (*State, *Act)}
    assert set(PARTY_NAMES) == set(Party)


def test_no_way_to_publication_leaves_out_a_station_or_a_party() -> None:
    """Every path from a draft to publication, without returning, passes every station in order, by four parties besides the platform."""
    ways: list[tuple[tuple[State, ...], frozenset[Party]]] = [((State.DRAFT,), frozenset())]
    arrived: list[tuple[tuple[State, ...], frozenset[Party]]] = []
    while ways:
        path, parties = ways.pop()
        for transition in FACTOR.transitions:
            if path[-1] in transition.sources and transition.target not in path:
                further = ((*path, transition.target), parties | {transition.permission})
                (arrived if transition.target is State.PUBLISHED else ways).append(further)
    stations = [State.TRACING, State.REVIEWING, State.SPOT_CHECK, State.AWAITING, State.SIGNED_ONCE, State.PUBLISHED]
    assert arrived
    for path, _ in arrived:
        assert [state for state in path if state in stations] == stations


def test_what_is_sealed_is_never_the_submitters_to_change() -> None:
    for state in State:
        if state not in {State.DRAFT, State.RETURNED}:
            assert Act.SUBMIT not in FACTOR.allowed(state)
    assert closed_to(State.WITHDRAWN, Party.SUBMITTER)
    assert not closed_to(State.TRACING, Party.CHECKER)


@given(st.lists(st.sampled_from(sorted(VERDICTS)), max_size=3))
def test_opinions_come_to_the_same_whoever_speaks_first(verdicts: list[Verdict]) -> None:
    assert len({outcome(order) for order in itertools.permutations(verdicts)}) == 1


def test_two_decide_and_a_third_breaks_the_tie() -> None:
    for pair in itertools.product(VERDICTS, repeat=2):
        came = outcome(pair)
        assert (came == "third") == (pair[0] != pair[1])
        for third in VERDICTS:
            assert isinstance(outcome([*pair, third]), Act)
