import itertools

from hypothesis import given
from hypothesis import strategies as st

from zuji.rules.precedence import Side, load_precedence

RULES = load_precedence()
SIDES = st.builds(
    Side,
    valid=st.booleans(),
    geography=st.sampled_from(["", "CN-HB", "CN", "GLO", "CN-JS", "US"]),
    verified=st.booleans(),
    year=st.one_of(st.none(), st.integers(1990, 2030)),
)
HERE = Side(valid=True, geography="CN-HB", verified=True, year=2024)


def test_each_rule_decides_where_those_before_it_are_silent() -> None:
    cases = {
        "validity": Side(valid=False, geography="CN-HB", verified=True, year=2030),
        "place": Side(valid=True, geography="CN", verified=True, year=2030),
        "verified": Side(valid=True, geography="CN-HB", verified=False, year=2030),
        "year": Side(valid=True, geography="CN-HB", verified=True, year=2023),
    }
    for code, weaker in cases.items():
        assert [part if isinstance(part, str) else part.code for part in RULES.decide(HERE, weaker)] == ["ours", code]
        assert [part if isinstance(part, str) else part.code for part in RULES.decide(weaker, HERE)] == ["national", code]
    assert RULES.decide(HERE, HERE)[0] == "national"
    assert list(cases) == [rule.code for rule in RULES.rules][:-1]


@given(SIDES, SIDES)
def test_who_goes_first_does_not_depend_on_the_side_unless_all_is_equal(one: Side, other: Side) -> None:
    taken, rule = RULES.decide(one, other)
    back, same = RULES.decide(other, one)
    if rule.code == "national":
        assert (taken, back, same.code) == ("national", "national", "national")
    else:
        assert {taken, back} == {"ours", "national"}
        assert same == rule


def test_a_rule_that_cannot_say_is_passed_over() -> None:
    unknown = Side(valid=True, geography="", verified=True, year=None)
    assert RULES.decide(HERE, unknown) == ("national", RULES.rule("national"))


def test_every_rule_says_that_it_is_our_choice_in_both_languages() -> None:
    assert all(rule.basis == "choice" and rule.words.zh and rule.words.en for rule in RULES.rules)
    assert len({one.code for one, _ in itertools.pairwise((*RULES.rules, RULES.rules[0]))}) == len(RULES.rules)
