"""Whether somebody may take a step of a dossier: their duty, and that they have no other part in it, by person and not by account."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zuji.engine.text import Text
from zuji.registry.accounts.models import ApiClient, Duty
from zuji.registry.accounts.queries import duties as appointments
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance.models import Approval, Assignment, Dossier, FieldChange, Opinion, Publication, Step, Tick
from zuji.registry.governance.refusals import NotImpartial
from zuji.registry.refusals import NotAllowed
from zuji.workflow.duties import Duty as Duties
from zuji.workflow.factor import FACTOR, PARTY_NAMES, Act, Party, State
from zuji.workflow.machine import Transition
from zuji.workflow.permissions import Permission

SEES_ALL = frozenset(duty.value for duty in Duties if duty is not Duties.EXPERT)
"""Duties under which every submitted dossier is open; an expert sees those they are asked about."""


def sees(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether a dossier is open to somebody. A draft is its enterprise's alone."""
    if viewer.may(Permission.VIEW, enterprise=dossier.enterprise_id):
        return True
    if dossier.cycle == 0 or viewer.user is None:
        return False
    if viewer.duties & SEES_ALL:
        return True
    return Party.EXPERT in viewer.duties and Assignment.objects.filter(dossier=dossier, user=viewer.user, recusal=None).exists()


def demand(party: Party, viewer: Viewer, dossier: Dossier) -> None:
    """Nothing where somebody may act as ``party`` on a dossier.

    Raises:
        NotAllowed: they have no such role or duty; a program has no duty.
        NotImpartial: they, or another account of theirs, have another part in this dossier, or belong to its submitter.
    """
    if party is Party.PLATFORM:
        raise NotAllowed(Text("这一步由平台自动完成。", "This step is taken by the platform."))
    if party is Party.SUBMITTER:
        viewer.demand(Permission.EDIT, enterprise=dossier.enterprise_id)
        return
    if viewer.user is None or party.value not in viewer.duties:
        named = PARTY_NAMES[party]
        raise NotAllowed(
            Text(f"这一步由{named.zh}办理，您没有这项职责。", f"This step takes the duty of {named.en}, which you do not hold.")
        )
    if party is Party.PUBLISHER and not viewer.signs:
        raise NotAllowed(
            Text(
                "这个程序建立已超过 12 小时，不能签发。请本人在页面上签发，或新建一个程序。",
                "This program was made more than 12 hours ago and does not sign. Sign at the page, or make a new one.",
            )
        )
    demand_impartial(party, viewer.user, dossier)


@dataclass(frozen=True, slots=True)
class _Person:
    """What stands for the person behind an account, who they work for (social credit codes), and the enterprises for which they act."""

    key: str
    employers: frozenset[str]
    enterprises: frozenset[int]


def demand_impartial(party: Party, user: int, dossier: Dossier) -> None:
    """Nothing where the person behind an account has no other part in a dossier. Raises :class:`NotImpartial`."""
    found = obstacles(party, [user], dossier)[user]
    if found is not None:
        raise NotImpartial(found)


def obstacles(party: Party, users: Collection[int], dossier: Dossier) -> dict[int, Text | None]:
    """By account, why its person must not act as ``party`` on a dossier; None where nothing speaks against it. The number of questions is fixed."""
    known, acted = _people(users), taken_part(dossier)
    return {user: _obstacle(party, person, dossier, acted) for user, person in known.items()}


def barred(user: int, wanted: Collection[tuple[Party, Dossier]]) -> frozenset[tuple[Party, str]]:
    """Of parts in dossiers, each with the dossier's code, those that a person must not take. The number of questions is fixed."""
    if not wanted:
        return frozenset()
    person = _people([user])[user]
    acted = taken_parts([dossier for _, dossier in wanted])
    return frozenset((party, dossier.pk) for party, dossier in wanted if _obstacle(party, person, dossier, acted[dossier.pk]) is not None)


def taken_part(dossier: Dossier) -> Mapping[Party, frozenset[str]]:
    """By party, the people who took part in a dossier in any cycle, each as what stands for the person behind the account."""
    return taken_parts([dossier])[dossier.pk]


def taken_parts(dossiers: Collection[Dossier]) -> dict[str, Mapping[Party, frozenset[str]]]:
    """Who took part in each of many dossiers, by its code, as :func:`taken_part` says it. The number of questions is fixed."""
    codes = [each.pk for each in dossiers]
    names: dict[str, defaultdict[Party, set[str]]] = {code: defaultdict(set) for code in codes}
    for each in dossiers:
        names[each.pk][Party.SUBMITTER].add(each.created_by)
    for code, by in FieldChange.objects.filter(dossier__in=codes).order_by().values_list("dossier_id", "by").distinct():
        names[code][Party.SUBMITTER].add(by)
    for code, act, source, by in Step.objects.filter(dossier__in=codes).values_list("dossier_id", "act", "source", "by"):
        party = party_of(source, act)
        if party is not Party.PLATFORM:
            names[code][party].add(by)
    for code, by in Assignment.objects.filter(dossier__in=codes).values_list("dossier_id", "by"):
        names[code][Party.SECRETARY].add(by)
    accounts: tuple[tuple[Party, QuerySet[Any, tuple[str, int]]], ...] = (
        (Party.CHECKER, Tick.objects.filter(dossier__in=codes).order_by().values_list("dossier_id", "user_id").distinct()),
        (
            Party.EXPERT,
            Opinion.objects.filter(assignment__dossier__in=codes).values_list("assignment__dossier_id", "assignment__user_id"),
        ),
        (Party.PUBLISHER, Approval.objects.filter(dossier__in=codes).values_list("dossier_id", "user_id")),
        (Party.PUBLISHER, Publication.objects.filter(dossier__in=codes).values_list("dossier_id", "user_id")),
    )
    for party, rows in accounts:
        for code, user in rows:
            names[code][party].add(f"user:{user}")
    keys = _keys({name for parts in names.values() for found in parts.values() for name in found})
    return {
        code: {party: frozenset(keys[name] for name in found if name in keys) for party, found in parts.items()}
        for code, parts in names.items()
    }


def party_of(source: str, act: str) -> Party:
    """Who takes ``act`` in the state ``source``, by the table."""
    return FACTOR.apply(State(source), Act(act), reason="—").permission


def open_in(state: State) -> tuple[Transition[State, Act, Party], ...]:
    """The transitions open in a state."""
    return tuple(each for each in FACTOR.transitions if state in each.sources)


def people_of(names: Iterable[str]) -> frozenset[str]:
    """What stands for the people behind the accounts and programs that the audit chain names; a program is the person who set it up."""
    return frozenset(_keys(set(names)).values())


def same(one: int, other: int) -> bool:
    """Whether two accounts are one person's."""
    return appointments.same_person(one, other)


def same_as(user: int, others: Collection[int]) -> frozenset[int]:
    """Those of other accounts that are the same person's. One question, however many."""
    keys = appointments.person_keys({user, *others})
    return frozenset(each for each in others if keys[each] == keys[user])


def scope_of(user: int) -> tuple[str, ...] | None:
    """The categories that an expert knows (none: all); None where they are no expert now."""
    found = (
        Duty.objects.filter(user=user, duty=Party.EXPERT.value, ended=None, user__is_active=True).values_list("scope", flat=True).first()
    )
    return None if found is None else tuple(found)


def _people(users: Collection[int]) -> dict[int, _Person]:
    employers: defaultdict[int, set[str]] = defaultdict(set)
    for user, code in Duty.objects.filter(user__in=users, ended=None).exclude(uscc="").values_list("user_id", "uscc"):
        employers[user].add(code)
    keys, enterprises = appointments.person_keys(users), appointments.enterprises_of_people(users)
    return {user: _Person(keys[user], frozenset(employers[user]), enterprises[user]) for user in users}


def _obstacle(party: Party, person: _Person, dossier: Dossier, acted: Mapping[Party, frozenset[str]]) -> Text | None:
    if dossier.enterprise.uscc in person.employers or dossier.enterprise_id in person.enterprises:
        return Text(
            "您与提交单位有从属关系，须回避这份因子的评审与发布。",
            "You belong to the enterprise that submitted this factor, and keep away from its review and publication.",
        )
    for other, people in acted.items():
        if other is not party and person.key in people:
            was, asked = PARTY_NAMES[other], PARTY_NAMES[party]
            return Text(
                f"您（或您的另一账户）已作为{was.zh}参与这份因子，不能再作为{asked.zh}办理。",
                f"You (or another account of yours) took part in this dossier as {was.en}, and cannot act as {asked.en} too.",
            )
    return None


def _keys(names: Collection[str]) -> dict[str, str]:
    """What stands for the person behind each name of the audit chain; the platform itself is nobody."""
    users = {name: int(name.removeprefix("user:")) for name in names if name.startswith("user:")}
    clients = {name.removeprefix("client:"): name for name in names if name.startswith("client:")}
    made = ApiClient.objects.filter(client_id__in=clients).values_list("client_id", "created_by_id") if clients else ()
    behind = {**users, **{clients[client]: user for client, user in made}}
    keys = appointments.person_keys(set(behind.values())) if behind else {}
    return {name: keys[user] for name, user in behind.items()}
