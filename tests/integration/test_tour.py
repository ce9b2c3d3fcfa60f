"""The tour shows a newcomer every state there is, through the same operations as a person's clicks, once."""

import datetime
from pathlib import Path

from tests.integration.conftest import World
from zuji.config import demo, tour
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.footprints import cases, queries
from zuji.registry.footprints.answering import answers_findings, task_list
from zuji.registry.governance import queries as governance
from zuji.registry.products import queries as products
from zuji.workflow.footprint import State

TODAY = datetime.date(2026, 11, 1)
NOW = datetime.datetime(2026, 11, 1, 2, 0, tzinfo=datetime.UTC)


def said(_: str) -> None:
    """Nobody listens."""


def test_the_tour(world: World, tmp_path: Path) -> None:
    """One walk for all questions: it calculates six products."""
    toured = demo.enrol(tmp_path / "demo-accounts", said)
    demo.lead_tour(said, today=TODAY)
    demo.lead_factor_tour(said, now=NOW)
    every_state_of_a_version_and_of_a_page_is_there()
    no_number_of_the_tour_is_out_of_its_plausible_range()
    the_submitted_cement_has_a_newer_version_to_compare_with()
    the_consultant_sees_the_one_product_that_was_entrusted()
    one_enterprise_waits_for_the_operator()
    a_ledger_sums_to_the_answer_behind_which_it_stands()
    everybody_of_the_demonstration_has_an_account(toured)
    corrections_stand_at_every_station_and_none_is_published()
    a_second_tour_makes_nothing()


def drafts() -> list[products.Draft]:
    found = []
    for firm in demo.ENTERPRISES:
        for row in products.of_enterprise(firm.uscc, viewer=SYSTEM).rows:
            found += [products.version(row.code, number, viewer=SYSTEM) for number in range(1, row.versions + 1)]
    return found


def every_state_of_a_version_and_of_a_page_is_there() -> None:
    versions = drafts()
    assert {version.state for version in versions} == {state.value for state in State}
    pages = {group.status for version in versions if version.state == "draft" for group in task_list(version)}
    assert pages == {"not_started", "seen", "complete", "has_errors"}
    assert any(step.act == "return" for version in versions for step in cases.steps(version.product, version.number, viewer=SYSTEM))
    assert all(version.demonstration for version in versions)


def no_number_of_the_tour_is_out_of_its_plausible_range() -> None:
    """Save the one mistake that is meant: a distance written as “约 160”."""
    for version in drafts():
        said = answers_findings(version, version.answers)
        assert [each.where for each in said if each.code == "model.out-of-range"] == []
        assert [each.field for each in said if each.severity == "error" and each.code != "model.required"] in ([], ["cathode_km"])


def the_submitted_cement_has_a_newer_version_to_compare_with() -> None:
    codes = [row.code for row in products.of_enterprise(demo.ENTERPRISES[0].uscc, viewer=SYSTEM).rows]
    rows = [queries.of_product(code, viewer=SYSTEM) for code in codes]
    assert sorted(len(each) for each in rows) == [1, 2]
    two = next(each for each in rows if len(each) == 2)
    assert {row.number for row in two} == {1, 2}
    assert two[0].row.total != two[1].row.total
    assert all(row.row.demonstration for row in two)


def the_consultant_sees_the_one_product_that_was_entrusted() -> None:
    consultant = accounts.viewer(accounts.user_by_email(demo.CONSULTANT))
    assert [row.name.zh for row in products.delegated(viewer=consultant).rows] == ["磷酸铁锂动力电池包"]
    assert consultant.roles == {}


def one_enterprise_waits_for_the_operator() -> None:
    waiting, count = accounts.enterprises_to_confirm(viewer=accounts.viewer(accounts.user_by_email(demo.OPERATOR)))
    assert ([row.uscc for row in waiting], count) == ([demo.NEWCOMER.uscc], 1)


def corrections_stand_at_every_station_and_none_is_published() -> None:
    found = governance.dossiers(SYSTEM, now=NOW)
    assert found.states == {"returned": 1, "tracing": 1, "reviewing": 2, "awaiting_publication": 1}
    assert all(row.clock is None or not row.clock.overdue for row in found.rows)
    waits = {
        who: [task.row.reference for task in governance.to_do(accounts.viewer(accounts.user_by_email(f"{who}@demo.zuji.example")), now=NOW)]
        for who in ("secretary", "checker", "second-checker", "expert", "second-expert", "publisher", "second-publisher")
    }
    assert waits == {
        "secretary": ["CHEN2015-NH3@2"], "checker": [], "second-checker": ["CHEN2015-TSP@2"], "expert": [], "second-expert": ["CHEN2015-urea@2"],
        "publisher": ["CHEN2015-FMP@2"], "second-publisher": ["CHEN2015-FMP@2"],
    }  # fmt: skip


def a_second_tour_makes_nothing() -> None:
    before = len(list(audit.entries()))
    demo.lead_tour(said, today=TODAY)
    demo.lead_factor_tour(said, now=NOW)
    assert len(list(audit.entries())) == before
    assert audit.check() == []


def a_ledger_sums_to_the_answer_behind_which_it_stands() -> None:
    behind = [(version, attached) for version in drafts() for attached in version.attached]
    assert len(behind) >= 3
    for version, attached in behind:
        content = tour._ledger(version.answers[attached.key]).decode("utf-8-sig")
        if version.number == 1:
            assert sum(int(line.split(",")[1]) for line in content.splitlines()[1:]) == int(version.answers[attached.key])


def everybody_of_the_demonstration_has_an_account(toured: list[demo.DemoAccount]) -> None:
    people: list[Viewer] = [accounts.viewer(accounts.user_by_email(account.email)) for account in toured]
    assert len({viewer.user for viewer in people}) == len(toured) == 19
    assert [account.email for account in toured if not account.password] == []
