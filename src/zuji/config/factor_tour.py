"""The tour for those who govern factors: corrections of the invented association, each at another station, so that every desk has work.

The figures are those of Chen et al. 2015 as its abstract states them (t C-equivalent, times 44/12), to three decimals; the document behind each
is an excerpt made for the demonstration. Nothing is published: the shipped library stays as it is. Running it again does nothing.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.evidence import operations as evidence
from zuji.registry.governance import operations as governance
from zuji.registry.governance import queries
from zuji.registry.governance.operations import Mark
from zuji.workflow.opinion import QUESTIONS

Progress = Callable[[str], None]
DAY = datetime.timedelta(days=1)
LASTS = 6 * DAY  # from the first draft of the tour to the last station
PAPER = "陈舜，逯非，王效科。生态学报 2015, 35(19): 6371-6383, doi 10.5846/stxb201402210304"
DOCUMENT = "陈舜2015数值摘录（示范）.txt"
PAGE = "摘要"
STATED = {"document_number": "doi 10.5846/stxb201402210304", "document_page": PAGE, "source_year": "2015", "gwp": "", "reason": "misprint"}


@dataclass(frozen=True, slots=True)
class Stop:
    """A correction on the tour: which version it corrects, the figure of the abstract and what it comes to, and how far it went."""

    corrects: str
    published: str
    value: str
    reached: str


STOPS = (
    Stop("CHEN2015-DAP@1", "磷酸二铵 1.109 t CE/t P2O5", "4.066", "returned"),
    Stop("CHEN2015-TSP@1", "重过磷酸钙 0.467 t CE/t P2O5", "1.712", "tracing"),
    Stop("CHEN2015-NH3@1", "合成氨 1.672 t CE/t N", "6.131", "assigning"),
    Stop("CHEN2015-urea@1", "尿素 2.041 t CE/t N", "7.484", "reviewing"),
    Stop("CHEN2015-FMP@1", "钙镁磷肥 2.105 t CE/t P2O5", "7.718", "awaiting_publication"),
)
STATIONS = ("tracing", "assigning", "reviewing", "awaiting_publication")
RETURNED = Text(
    "所附摘录没有写明换算（碳当量乘 44/12），请补上后再提交。",
    "The excerpt does not state the conversion (C-equivalent times 44/12). Add it and submit again.",
)
REMARK = "与摘要一致，换算正确，取三位小数合理。As in the abstract; the conversion is right."


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes which step: one address for each duty, several where a step needs several people."""

    association: str
    uscc: str
    checkers: Sequence[str]
    secretary: str
    experts: Sequence[str]
    inspector: str


def lead(cast: Cast, *, progress: Progress, now: datetime.datetime) -> None:
    """Bring every correction to its station, the last step six days after the first and all of them past; nothing where the association has dossiers."""
    enterprise = accounts.enterprise_by_uscc(cast.uscc)
    if enterprise is None:
        raise RuntimeError(f"{cast.uscc} is enrolled before its factors are submitted")
    association = _person(cast.association)
    if queries.dossiers(association, mine=True).total:
        return
    for stop in STOPS:
        _walk(stop, cast, association, enterprise, now - LASTS)
    progress("导览 tour: 因子档案 dossiers: " + "、".join(f"{stop.corrects}（{stop.reached}）" for stop in STOPS))


def _walk(stop: Stop, cast: Cast, association: Viewer, enterprise: int, began: datetime.datetime) -> None:
    conversion = "" if stop.reached == "returned" else f"，乘 44/12 为 {stop.value}（按养分计，kgCO2e/kg）"
    text = f"{PAPER}\n{PAGE}：{stop.published}{conversion}。\n为演示而作的数值摘录。An excerpt made for the demonstration.\n"
    file = evidence.keep(viewer=association, enterprise=enterprise, name=DOCUMENT, chunks=[text.encode()])
    code = governance.restore(viewer=association, enterprise=enterprise, reference=stop.corrects, now=began)
    governance.save_fields(viewer=association, dossier=code, changes={**STATED, "value": stop.value}, now=began)
    governance.attach(viewer=association, dossier=code, file=file, page=PAGE, now=began)
    done = governance.submit(viewer=association, dossier=code, now=began)
    if not done.passed:
        raise RuntimeError(f"the tour's {stop.corrects} passes the gate: {[each.code for each in done.findings]}")
    if stop.reached == "returned":
        governance.return_untraced(viewer=_person(cast.checkers[0]), dossier=code, reason=RETURNED.zh, now=began + DAY)
        return
    station = STATIONS.index(stop.reached)
    for checker in cast.checkers[: 1 if station == 0 else 2]:
        _tick(_person(checker), code, file, began + DAY)
    if station > 1:
        _review(cast, code, 1 if station == 2 else 2, began + 2 * DAY)
    if station > 2:
        _draw(_person(cast.inspector), code, began + 4 * DAY)


def _tick(checker: Viewer, code: str, file: str, at: datetime.datetime) -> None:
    """A checker opens the document and holds every value against it."""
    governance.open_document(viewer=checker, dossier=code, file=file, now=at)
    for key in governance.read_dossier(viewer=checker, dossier=code, now=at).to_check:
        governance.tick(viewer=checker, dossier=code, mark=Mark(key, file, PAGE), now=at)


def _review(cast: Cast, code: str, opinions: int, at: datetime.datetime) -> None:
    """Two experts are asked; ``opinions`` of them have answered."""
    for expert in cast.experts[:2]:
        governance.assign(viewer=_person(cast.secretary), dossier=code, expert=_number(expert), now=at)
    for expert in cast.experts[:opinions]:
        governance.opine(
            viewer=_person(expert), dossier=code, answers=dict.fromkeys(QUESTIONS, 4), verdict="accept", comment=REMARK, no_conflict=True,
            now=at + DAY,
        )  # fmt: skip


def _draw(inspector: Viewer, code: str, at: datetime.datetime) -> None:
    """The round is announced, drawn (the dossier is alone on the list, so it is drawn), and the dossier found in order."""
    number = governance.announce_round(viewer=inspector, draw_at=at + DAY, now=at)
    governance.draw_round(viewer=inspector, number=number, now=at + DAY)
    governance.find_sound(viewer=inspector, dossier=code, remark="已查原文 The source was looked at.", now=at + LASTS - 5 * DAY)


def _number(email: str) -> int:
    number = accounts.user_by_email(email)
    if number is None:
        raise RuntimeError(f"{email} is enrolled before the tour")
    return number


def _person(email: str) -> Viewer:
    return accounts.viewer(_number(email))
