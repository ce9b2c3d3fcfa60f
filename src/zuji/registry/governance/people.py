"""Whether somebody may take a step of a dossier: their duty, and that they have no other part in it, by person and not by account."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

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
    demand_impartial(party, viewer.user, dossier)


def demand_impartial(party: Party, user: int, dossier: Dossier) -> None:
    """Nothing where the person behind an account has no other part in a dossier. Raises :class:`NotImpartial`."""
    employers = set(Duty.objects.filter(user=user, ended=None).exclude(uscc="").values_list("uscc", flat=True))
    if dossier.enterprise.uscc in employers or dossier.enterprise_id in appointments.enterprises_of_person(user):
        raise NotImpartial(
            Text(
                "您与提交单位有从属关系，须回避这份因子的评审与发布。",
                "You belong to the enterprise that submitted this factor, and keep away from its review and publication.",
            )
        )
    acted = taken_part(dossier)
    me = appointments.person_keys([user])[user]
    for other, people in acted.items():
        if other is not party and me in people:
            was, asked = PARTY_NAMES[other], PARTY_NAMES[party]
            raise NotImpartial(
                Text(
                    f"您（或您的另一账户）已作为{was.zh}参与这份因子，不能再作为{asked.zh}办理。",
                    f"You (or another account of yours) took part in this dossier as {was.en}, and cannot act as {asked.en} too.",
                )
            )


def taken_part(dossier: Dossier) -> Mapping[Party, frozenset[str]]:
    """By party, the people who took part in a dossier in any cycle, each as what stands for the person behind the account."""
    accounts: defaultdict[Party, set[str]] = defaultdict(set)
    accounts[Party.SUBMITTER] |= {dossier.created_by, *FieldChange.objects.filter(dossier=dossier).values_list("by", flat=True).distinct()}
    for act, source, by in Step.objects.filter(dossier=dossier).values_list("act", "source", "by"):
        party = party_of(source, act)
        if party is not Party.PLATFORM:
            accounts[party].add(by)
    accounts[Party.CHECKER] |= _named(Tick.objects.filter(dossier=dossier).values_list("user_id", flat=True))
    accounts[Party.EXPERT] |= _named(Opinion.objects.filter(assignment__dossier=dossier).values_list("assignment__user_id", flat=True))
    accounts[Party.SECRETARY] |= set(Assignment.objects.filter(dossier=dossier).values_list("by", flat=True))
    accounts[Party.PUBLISHER] |= _named(Approval.objects.filter(dossier=dossier).values_list("user_id", flat=True))
    accounts[Party.PUBLISHER] |= _named(Publication.objects.filter(dossier=dossier).values_list("user_id", flat=True))
    return {party: people_of(names) for party, names in accounts.items()}


def party_of(source: str, act: str) -> Party:
    """Who takes ``act`` in the state ``source``, by the table."""
    return FACTOR.apply(State(source), Act(act), reason="—").permission


def open_in(state: State) -> tuple[Transition[State, Act, Party], ...]:
    """The transitions open in a state."""
    return tuple(each for each in FACTOR.transitions if state in each.sources)


def people_of(names: Iterable[str]) -> frozenset[str]:
    """What stands for the people behind the accounts and programs that the audit chain names; a program is the person who set it up."""
    wanted = set(names)
    users = {int(name.removeprefix("user:")) for name in wanted if name.startswith("user:")}
    clients = {name.removeprefix("client:") for name in wanted if name.startswith("client:")}
    if clients:
        users |= set(ApiClient.objects.filter(client_id__in=clients).values_list("created_by_id", flat=True))
    return frozenset(appointments.person_keys(users).values()) if users else frozenset()


def same(one: int, other: int) -> bool:
    """Whether two accounts are one person's."""
    return appointments.same_person(one, other)


def scope_of(user: int) -> tuple[str, ...] | None:
    """The categories that an expert knows (none: all); None where they are no expert now."""
    found = (
        Duty.objects.filter(user=user, duty=Party.EXPERT.value, ended=None, user__is_active=True).values_list("scope", flat=True).first()
    )
    return None if found is None else tuple(found)


def _named(users: Iterable[int]) -> set[str]:
    return {f"user:{user}" for user in users}
