"""The way of a factor from a draft to publication, and what can become of a published version.

数据采集 → 溯源性核验 → 专家评审 → 主管部门抽查 → 两人签发 (《湖北省碳足迹管理体系建设实施方案》, task 2). Where an act is the platform's own it
follows from what people did: the last tick, the last opinion, the draw. A published version never changes; a correction is a new version.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal

from zuji.engine.text import Text
from zuji.workflow.duties import Duty
from zuji.workflow.machine import Machine, Transition


class State(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TRACING = "tracing"
    REVIEWING = "reviewing"
    SPOT_CHECK = "spot_check"
    AWAITING = "awaiting_publication"
    SIGNED_ONCE = "signed_once"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Act(StrEnum):
    """What can be done with a dossier as a whole."""

    SUBMIT = "submit"
    LET_IN = "let_in"
    STOP = "stop"
    TRACE = "trace"
    AGREE = "agree"
    REVISE = "revise"
    REJECT = "reject"
    CLEAR = "clear"
    FOUND_SOUND = "found_sound"
    SIGN = "sign"
    UNSIGN = "unsign"
    LAPSE = "lapse"
    PUBLISH = "publish"
    RETURN = "return"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    ADMIT = "admit"
    DISMISS = "dismiss"
    SUPERSEDE = "supersede"
    REVOKE = "revoke"
    EXPIRE = "expire"


class Party(StrEnum):
    """Who takes a step: the enterprise that submits, somebody with a duty, or the platform because of what others did."""

    SUBMITTER = "submitter"
    CHECKER = Duty.CHECKER.value
    SECRETARY = Duty.SECRETARY.value
    EXPERT = Duty.EXPERT.value
    INSPECTOR = Duty.INSPECTOR.value
    PUBLISHER = Duty.PUBLISHER.value
    PLATFORM = "platform"


NAMES: Mapping[str, Text] = {
    State.DRAFT.value: Text("草稿", "draft"),
    State.SUBMITTED.value: Text("已提交，自动检查中", "submitted, being examined"),
    State.TRACING.value: Text("溯源核验中", "in the traceability check"),
    State.REVIEWING.value: Text("专家评审中", "in expert review"),
    State.SPOT_CHECK.value: Text("待抽查", "waiting for the spot check"),
    State.AWAITING.value: Text("待签发", "awaiting publication"),
    State.SIGNED_ONCE.value: Text("已首签", "signed once"),
    State.PUBLISHED.value: Text("已发布", "published"),
    State.RETURNED.value: Text("已退回", "returned"),
    State.REJECTED.value: Text("未通过", "rejected"),
    State.APPEALED.value: Text("申诉中", "under appeal"),
    State.WITHDRAWN.value: Text("已撤回", "withdrawn by its submitter"),
    State.SUPERSEDED.value: Text("已取代", "superseded"),
    State.REVOKED.value: Text("已撤销", "revoked"),
    State.EXPIRED.value: Text("已到期", "expired"),
    Act.SUBMIT.value: Text("提交", "submit it"),
    Act.LET_IN.value: Text("通过自动检查", "let it through the gate"),
    Act.STOP.value: Text("自动检查退回", "stop it at the gate"),
    Act.TRACE.value: Text("完成溯源核验", "finish the traceability check"),
    Act.AGREE.value: Text("评审通过", "agree to it"),
    Act.REVISE.value: Text("评审后退回修改", "ask for a revision"),
    Act.REJECT.value: Text("不予通过", "reject it"),
    Act.CLEAR.value: Text("未抽中放行", "clear it undrawn"),
    Act.FOUND_SOUND.value: Text("抽查通过", "pass it at the spot check"),
    Act.SIGN.value: Text("首签", "sign it first"),
    Act.UNSIGN.value: Text("撤销首签", "take the first signature back"),
    Act.LAPSE.value: Text("首签过期", "let the first signature lapse"),
    Act.PUBLISH.value: Text("复签发布", "sign it second and publish it"),
    Act.RETURN.value: Text("退回修改", "return it"),
    Act.WITHDRAW.value: Text("撤回", "withdraw it"),
    Act.APPEAL.value: Text("申诉", "appeal"),
    Act.ADMIT.value: Text("受理申诉并重新评审", "admit the appeal and review it again"),
    Act.DISMISS.value: Text("驳回申诉", "dismiss the appeal"),
    Act.SUPERSEDE.value: Text("以新版本取代", "supersede it"),
    Act.REVOKE.value: Text("撤销已发布版本", "revoke it"),
    Act.EXPIRE.value: Text("到期", "let it expire"),
}

PARTY_NAMES: Mapping[Party, Text] = {
    Party.SUBMITTER: Text("提交单位", "submitter"),
    Party.CHECKER: Text("溯源核验员", "traceability checker"),
    Party.SECRETARY: Text("评审秘书", "review secretary"),
    Party.EXPERT: Text("评审专家", "expert"),
    Party.INSPECTOR: Text("抽查员", "inspector"),
    Party.PUBLISHER: Text("发布人", "publisher"),
    Party.PLATFORM: Text("平台自动", "the platform"),
}

REVOCATION_REASONS: Mapping[str, Text] = {
    "data-error": Text("数据有误", "error in the data"),
    "source-withdrawn": Text("来源已撤回", "source withdrawn"),
    "method": Text("方法有误", "wrong method"),
    "boundary": Text("系统边界有误", "wrong boundary"),
    "fraud": Text("弄虚作假", "fraud"),
    "duplicate": Text("重复", "duplicate"),
}
"""Why a published version is revoked."""

OPEN = (State.SUBMITTED, State.TRACING, State.REVIEWING, State.SPOT_CHECK, State.AWAITING, State.SIGNED_ONCE)
"""States in which the dossier is in somebody else's hands, sealed."""

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
IN_FORCE_ONCE = frozenset({State.PUBLISHED, State.SUPERSEDED, State.REVOKED, State.EXPIRED})


def _by(party: Party, action: Act, target: State, *sources: State, reasoned: bool = False) -> Transition[State, Act, Party]:
    return Transition(frozenset(sources), action, target, party, reasoned)


FACTOR: Machine[State, Act, Party] = Machine(
    (
        _by(Party.SUBMITTER, Act.SUBMIT, State.SUBMITTED, State.DRAFT, State.RETURNED),
        _by(Party.PLATFORM, Act.LET_IN, State.TRACING, State.SUBMITTED),
        _by(Party.PLATFORM, Act.STOP, State.RETURNED, State.SUBMITTED, reasoned=True),
        _by(Party.PLATFORM, Act.TRACE, State.REVIEWING, State.TRACING),
        _by(Party.CHECKER, Act.RETURN, State.RETURNED, State.TRACING, reasoned=True),
        _by(Party.PLATFORM, Act.AGREE, State.SPOT_CHECK, State.REVIEWING),
        _by(Party.PLATFORM, Act.REVISE, State.RETURNED, State.REVIEWING, reasoned=True),
        _by(Party.PLATFORM, Act.REJECT, State.REJECTED, State.REVIEWING, reasoned=True),
        _by(Party.SECRETARY, Act.RETURN, State.RETURNED, State.REVIEWING, reasoned=True),
        _by(Party.PLATFORM, Act.CLEAR, State.AWAITING, State.SPOT_CHECK),
        _by(Party.INSPECTOR, Act.FOUND_SOUND, State.AWAITING, State.SPOT_CHECK),
        _by(Party.INSPECTOR, Act.RETURN, State.RETURNED, State.SPOT_CHECK, reasoned=True),
        _by(Party.INSPECTOR, Act.REJECT, State.REJECTED, State.SPOT_CHECK, reasoned=True),
        _by(Party.PUBLISHER, Act.SIGN, State.SIGNED_ONCE, State.AWAITING),
        _by(Party.PUBLISHER, Act.PUBLISH, State.PUBLISHED, State.SIGNED_ONCE),
        _by(Party.PUBLISHER, Act.UNSIGN, State.AWAITING, State.SIGNED_ONCE, reasoned=True),
        _by(Party.PLATFORM, Act.LAPSE, State.AWAITING, State.SIGNED_ONCE),
        _by(Party.PUBLISHER, Act.RETURN, State.RETURNED, State.AWAITING, State.SIGNED_ONCE, reasoned=True),
        _by(Party.SUBMITTER, Act.WITHDRAW, State.WITHDRAWN, State.DRAFT, State.RETURNED, State.APPEALED, *OPEN, reasoned=True),
        _by(Party.SUBMITTER, Act.APPEAL, State.APPEALED, State.REJECTED, reasoned=True),
        _by(Party.SECRETARY, Act.ADMIT, State.REVIEWING, State.APPEALED, reasoned=True),
        _by(Party.SECRETARY, Act.DISMISS, State.REJECTED, State.APPEALED, reasoned=True),
        _by(Party.PLATFORM, Act.SUPERSEDE, State.SUPERSEDED, State.PUBLISHED),
        _by(Party.PLATFORM, Act.EXPIRE, State.EXPIRED, State.PUBLISHED),
        _by(Party.PUBLISHER, Act.REVOKE, State.REVOKED, State.PUBLISHED, State.SUPERSEDED, State.EXPIRED, reasoned=True),
    ),
    dict(NAMES),
)

TERMS: Mapping[State, int] = {
    State.TRACING: 10,
    State.REVIEWING: 20,
    State.SPOT_CHECK: 15,
    State.AWAITING: 10,
    State.SIGNED_ONCE: 3,
    State.RETURNED: 60,
    State.REJECTED: 15,
    State.APPEALED: 15,
}
"""Days within which somebody is to act, by state: the platform's own, no rule was found that sets them (未核实). After a rejection, those to appeal."""

Verdict = Literal["accept", "revise", "reject"]
VERDICTS: Mapping[Verdict, Text] = {
    "accept": Text("通过", "accept"),
    "revise": Text("修改后再审", "revise"),
    "reject": Text("不通过", "reject"),
}
FEWEST_EXPERTS = 2
FEWEST_TICKS = 2


def outcome(verdicts: Sequence[Verdict]) -> Act | Literal["more", "third"]:
    """What the opinions come to, in the order in which they were given: an act, ``more`` (fewer than two yet), or ``third`` where two differ.

    The third opinion decides with whichever it agrees with; three that all differ ask for a revision.

    >>> outcome(["accept"]), outcome(["accept", "reject"]), outcome(["accept", "reject", "accept"]), outcome(["accept", "reject", "revise"])
    ('more', 'third', <Act.AGREE: 'agree'>, <Act.REVISE: 'revise'>)
    """
    acts: Mapping[Verdict, Act] = {"accept": Act.AGREE, "revise": Act.REVISE, "reject": Act.REJECT}
    if len(verdicts) < FEWEST_EXPERTS:
        return "more"
    for verdict, act in acts.items():
        if verdicts.count(verdict) * 2 > len(verdicts):
            return act
    return "third" if len(verdicts) == FEWEST_EXPERTS else Act.REVISE


def closed_to(state: State, party: Party) -> bool:
    """Whether ``party`` can do nothing at all with a dossier in ``state``."""
    return not any(state in each.sources and each.permission is party for each in FACTOR.transitions)
