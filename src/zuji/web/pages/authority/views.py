from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import desk as waiting
from zuji.web.access import Access
from zuji.web.asking import viewer
from zuji.workflow.duties import DUTY_NAMES, DUTY_TASKS, Duty

MOST = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the authority: the name of its address, what it is called, what it is for, and whose tool it is (none: everybody's)."""

    name: str
    title: Text
    purpose: Text
    duties: frozenset[Duty] = frozenset()


GROUPS: tuple[tuple[Text, tuple[Place, ...]], ...] = (
    (
        Text("因子", "Factors"),
        (
            Place("dossiers", Text("因子档案", "Dossiers"), Text("全部档案与进展", "every dossier, and how far it is")),
            Place(
                "impact",
                Text("影响预览与发布进度", "Impact and publications"),
                Text("试算、草稿、逐个重算", "dry runs, drafts, what is solved one by one"),
            ),
            Place(
                "revocations", Text("撤销因子版本", "Revocations"), Text("提议、确认、通知书", "proposed, confirmed, with their letters")
            ),
            Place(
                "national",
                Text("与国家数据库的差异", "National database"),
                Text("差异与优先规则，可建立档案", "divergences and precedence; opens dossiers"),
            ),
            Place(
                "authority-averages",
                Text("企业平均值", "Averages of enterprises"),
                Text("征集、按季发布、交付评审", "calls, quarterly releases, handing over to review"),
            ),
            Place(
                "authority-electricity",
                Text("绿证与剩余电力组合", "Certificates and residual mix"),
                Text("登记、认领、剩余组合", "registered, claimed, the mix that is left"),
            ),
        ),
    ),
    (
        Text("抽查与统计", "Spot checks and statistics"),
        (
            Place("spot-checks", Text("抽查公示", "Spot checks"), Text("种子、名单、结果", "seeds, lists, outcomes")),
            Place(
                "spot-check-announce",
                Text("公布抽查", "Announce a spot check"),
                Text("先公布种子，后抽取", "the seed first, the draw later"),
            ),
            Place("dossier-statistics", Text("办理统计", "Statistics"), Text("时限、状态、差错率", "time taken, states, error rates")),
        ),
    ),
    (
        Text("记录", "Record"),
        (
            Place(
                "audit", Text("操作记录", "Record of what was done"), Text("查阅、导出、核对哈希链", "read it, export it, verify the chain")
            ),
            Place(
                "averages",
                Text("企业平均值", "Averages of enterprises"),
                Text("各项征集，可查阅谁提交过", "the calls, and who contributed"),
                frozenset({Duty.AUDITOR}),
            ),
            Place(
                "own-programs",
                Text("我的程序", "My programs"),
                Text("让办公系统以本人名义办理", "let an office system act in your name"),
            ),
        ),
    ),
    (
        Text("平台管理", "Platform"),
        (
            Place("office", Text("确认企业身份", "Confirm identities"), Text("待确认的企业", "enterprises that wait")),
            Place("office-duties", Text("职责任命", "Duties"), Text("任命与解除", "appoint, and end it")),
            Place(
                "office-electricity", Text("绿证登记管理", "Certificates, as operator"), Text("发电量、重复登记", "generation, conflicts")
            ),
        ),
    ),
)


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person, and every page that their duties open."""
    who = viewer(request)
    found = waiting.desk(who)
    groups = [(title, [place for place in places if opens(place, who)]) for title, places in GROUPS]
    shown = {
        "section": "authority",
        "found": found,
        "tasks": found.tasks[:MOST],
        "more": len(found.tasks) - MOST,
        "groups": [(title, places) for title, places in groups if places],
        "duties": [(DUTY_NAMES[duty], DUTY_TASKS[duty]) for duty in Duty if duty.value in who.duties],
    }
    return render(request, "authority/desk.html", shown)


def opens(place: Place, who: Viewer) -> bool:
    """Whether an address is open to somebody, as its own declaration says; a public page is shown to those whose tool it is."""
    if place.duties and not who.duties & place.duties:
        return False
    declared = resolve(reverse(place.name)).func
    access: Access = declared.access  # type: ignore[attr-defined]  # every address has it (see zuji.web.access)
    if access is Access.DUTY:
        return bool(who.duties & declared.duties)  # type: ignore[attr-defined]  # the same
    return who.operator if access is Access.OPERATOR else True
