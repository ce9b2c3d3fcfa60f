"""The demonstration: invented enterprises, their accounts, and the example studies calculated with their reports.

Running it again does what is missing and nothing else.
"""

import datetime
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from zuji.config import factor_tour, tour
from zuji.documents import build_report, to_docx, to_pdf
from zuji.engine.analyses import analyse
from zuji.engine.errors import StudyRefused
from zuji.engine.study import Study
from zuji.engine.text import Language, Text
from zuji.formats.factors.library import shown_first
from zuji.formats.study import read_study
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.registry.accounts.uscc import check_character
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.factors import operations as factors
from zuji.registry.footprints import operations as footprints
from zuji.registry.footprints import queries as footprint_queries
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation, WrittenDocument
from zuji.rules import assess
from zuji.workflow.duties import DUTY_NAMES, DUTY_TASKS, Duty

Progress = Callable[[str], None]
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class DemoEnterprise:
    """An invented enterprise. ``study`` is the id of its example; its code has a right check character and belongs to nobody."""

    study: str
    first_seventeen: str
    name: Text
    city: Text
    email: str
    person: str

    @property
    def uscc(self) -> str:
        return self.first_seventeen + check_character(self.first_seventeen)


ENTERPRISES = (
    DemoEnterprise(
        study="portland-cement",
        first_seventeen="91420200MADEM0001",
        name=Text("黄石西塞水泥有限公司（虚构）", "Huangshi Xisai Cement Co., Ltd. (invented)"),
        city=Text("湖北黄石", "Huangshi, Hubei"),
        email="cement@demo.zuji.example",
        person="示范·水泥 Demo Cement",
    ),
    DemoEnterprise(
        study="lfp-battery-pack",
        first_seventeen="91420800MADEM0002",
        name=Text("荆门象山动力电池有限公司（虚构）", "Jingmen Xiangshan Power Battery Co., Ltd. (invented)"),
        city=Text("湖北荆门", "Jingmen, Hubei"),
        email="battery@demo.zuji.example",
        person="示范·电池 Demo Battery",
    ),
    DemoEnterprise(
        study="map-fertiliser",
        first_seventeen="91420500MADEM0003",
        name=Text("宜昌夷陵磷化有限公司（虚构）", "Yichang Yiling Phosphate Co., Ltd. (invented)"),
        city=Text("湖北宜昌", "Yichang, Hubei"),
        email="fertiliser@demo.zuji.example",
        person="示范·磷肥 Demo Fertiliser",
    ),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody else of the demonstration; ``study`` names the enterprise they act for as ``role``, and is empty for those who act for none."""

    email: str
    name: str
    at: Text
    study: str = ""
    role: str = ""
    duty: Duty | None = None


OPERATOR = "operator@demo.zuji.example"
CONSULTANT = "consultant@demo.zuji.example"
PEOPLE = (
    DemoPerson("fertiliser-editor@demo.zuji.example", "示范·磷肥填报 Demo Editor", ENTERPRISES[2].name, "map-fertiliser", "editor"),
    DemoPerson("cement-editor@demo.zuji.example", "示范·水泥填报 Demo Editor", ENTERPRISES[0].name, "portland-cement", "editor"),
    DemoPerson(
        CONSULTANT, "示范·咨询师 Demo Consultant", Text("咨询机构（受荆门企业委托）", "consultant, entrusted by the firm in Jingmen")
    ),
    DemoPerson(OPERATOR, "示范·平台 Demo Operator", Text("平台管理员（确认企业身份）", "operator of the platform: confirms identities")),
)
NEWCOMER = DemoEnterprise(
    study="",
    first_seventeen="91420600MADEM0004",
    name=Text("襄阳隆中机电有限公司（虚构）", "Xiangyang Longzhong Electric Co., Ltd. (invented)"),
    city=Text("湖北襄阳", "Xiangyang, Hubei"),
    email="newcomer@demo.zuji.example",
    person="示范·新企业 Demo Newcomer",
)
"""Its identity is not confirmed yet: it can calculate and not submit, and the operator finds it waiting."""
ASSOCIATION = DemoEnterprise(
    study="",
    first_seventeen="51420500MADEM0005",
    name=Text("荆楚磷化工协会（虚构）", "Jingchu Phosphate Chemicals Association (invented)"),
    city=Text("湖北宜昌", "Yichang, Hubei"),
    email="association@demo.zuji.example",
    person="示范·协会 Demo Association",
)
"""It submits factors."""


def _official(address: str, duty: Duty, number: str = "") -> DemoPerson:
    """Somebody with a duty in the governance of factors; ``number`` tells those of one duty apart."""
    name = DUTY_NAMES[duty]
    return DemoPerson(
        f"{address}@demo.zuji.example", f"示范·{name.zh}{number} Demo {name.en.capitalize()} {number}".strip(), DUTY_TASKS[duty], duty=duty
    )


OFFICIALS = (
    _official("secretary", Duty.SECRETARY),
    _official("checker", Duty.CHECKER, "甲"),
    _official("second-checker", Duty.CHECKER, "乙"),
    _official("expert", Duty.EXPERT, "甲"),
    _official("second-expert", Duty.EXPERT, "乙"),
    _official("third-expert", Duty.EXPERT, "丙"),
    _official("inspector", Duty.INSPECTOR),
    _official("publisher", Duty.PUBLISHER, "甲"),
    _official("second-publisher", Duty.PUBLISHER, "乙"),
    _official("auditor", Duty.AUDITOR),
)
"""Those who govern factors, each with one duty, so that every step is taken by somebody else."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """How to sign in; ``password`` is empty where it was made on another machine and is not known here."""

    email: str
    password: str
    enterprise: Text


def examples_folder() -> Path:
    """Where the example studies lie: beside the source in a checkout, inside the package where it was installed."""
    beside = Path(__file__).resolve().parents[3] / "examples"
    return beside if beside.is_dir() else Path(str(resources.files("zuji"))) / "examples"


def load_factors(method: Method, progress: Progress) -> None:
    """Put the shipped library into the database, in the order in which rows of equal fit are shown."""
    library = method.library
    versions = [
        (version, library.row(version.reference).get("group", ""))
        for newest in sorted(library.all(), key=shown_first)
        for version in reversed(library.versions(newest.id))
    ]
    loaded = factors.load_library(actor=SYSTEM.name, versions=versions)
    progress(f"因子库 factors: {loaded.added} 新增 added, {loaded.known} 已有 known")


def enrol(kept: Path, progress: Progress) -> list[DemoAccount]:
    """Make the demonstration enterprises and accounts that are missing. New passwords are random and kept in ``kept``."""
    known = dict(line.split("\t", 1) for line in kept.read_text(encoding="utf-8").splitlines()) if kept.exists() else {}
    made = []
    numbers: dict[str, int] = {}
    for demo in (*ENTERPRISES, NEWCOMER, ASSOCIATION):
        enterprise = account_queries.enterprise_by_uscc(demo.uscc)
        if enterprise is None:
            enterprise = accounts.register_enterprise(
                actor=SYSTEM.name, uscc=demo.uscc, name=demo.name, city=demo.city, demonstration=True, confirmed=demo is not NEWCOMER
            )
            progress(f"示范企业 enterprise: {demo.name.zh} {demo.uscc}")
        numbers[demo.study] = enterprise
        made.append(_account(DemoPerson(demo.email, demo.person, demo.name, demo.study, "owner"), known, enterprise))
    made += [_account(person, known, numbers[person.study] if person.role else None) for person in (*PEOPLE, *OFFICIALS)]
    kept.touch(mode=0o600)
    kept.write_text("".join(f"{email}\t{password}\n" for email, password in known.items()), encoding="utf-8")
    return made


def _account(person: DemoPerson, known: dict[str, str], enterprise: int | None) -> DemoAccount:
    """The account of somebody of the demonstration, made where it is missing; ``known`` takes its password."""
    if account_queries.user_by_email(person.email) is None:
        known[person.email] = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        user = accounts.create_user(actor=SYSTEM.name, email=person.email, name=person.name, password=known[person.email])
        if enterprise is not None:
            accounts.add_member(actor=SYSTEM.name, enterprise=enterprise, user=user, role=person.role)
        if person.email == OPERATOR:
            accounts.appoint_operator(actor=SYSTEM.name, user=user)
        if person.duty is not None:
            _appoint(person, person.duty, user)
    return DemoAccount(email=person.email, password=known.get(person.email, ""), enterprise=person.at)


def _appoint(person: DemoPerson, duty: Duty, user: int) -> None:
    """Give somebody of the demonstration their duty, on an invented document."""
    accounts.confirm_person(viewer=SYSTEM, user=user, document=f"DEM{10_000_000 + OFFICIALS.index(person)}")
    accounts.appoint(viewer=SYSTEM, user=user, duty=duty.value, organisation=f"示范单位{OFFICIALS.index(person) + 1}（虚构）")


def lead_tour(progress: Progress, *, today: datetime.date) -> None:
    """The products of the demonstration enterprises, each half finished in a different place."""
    codes = {demo.first_seventeen: demo.uscc for demo in ENTERPRISES}
    tour.lead([replace(firm, uscc=codes[firm.uscc]) for firm in tour.FIRMS], consultant=CONSULTANT, progress=progress, today=today)


def lead_factor_tour(progress: Progress, *, now: datetime.datetime) -> None:
    """The corrections of the demonstration association, each at another station of the review."""
    by = {duty: [each.email for each in OFFICIALS if each.duty is duty] for duty in Duty}
    cast = factor_tour.Cast(
        association=ASSOCIATION.email,
        uscc=ASSOCIATION.uscc,
        checkers=by[Duty.CHECKER],
        secretary=by[Duty.SECRETARY][0],
        experts=by[Duty.EXPERT],
        inspector=by[Duty.INSPECTOR][0],
    )
    factor_tour.lead(cast, progress=progress, now=now)


def calculate(file: Path, method: Method, *, today: datetime.date, progress: Progress) -> str | None:
    """Calculate one example, write its four reports and keep all of it; its code, or None where the study was refused."""
    source = file.read_text(encoding="utf-8")
    try:
        study = read_study(source.encode(), file.name)
        result = assess(study, method.library, method.rulebook, method.gwp, today=today)
    except StudyRefused as refused:
        progress(f"{file.name}: 拒绝核算 refused")
        for finding in refused.findings:
            progress(f"  {finding.severity} {finding.where}: {finding.message.zh} / {finding.message.en}")
        return None
    enterprise = _enterprise_of(study)
    explored = analyse(study, method.library, method.gwp[study.gwp], today=today)
    calculation = Calculation(source=source, study=study, result=result, on=today, analyses=explored)
    here = footprint_queries.kept_already(
        enterprise=enterprise, study_id=study.id, study_digest=calculation.digest, result_hash=result.result_hash
    )
    if here is not None:
        progress(f"{file.name}: 已有 kept already, {result.total} kgCO2e")
        return here
    progress(f"{file.name}: {result.total} kgCO2e / {result.declared_amount} {result.declared_unit}")
    documents = []
    rule = method.rulebook.get(study.rule)
    for language in LANGUAGES:
        report = build_report(study, result, rule, language, issued=today, analyses=explored)
        for form, write in (("pdf", to_pdf), ("docx", to_docx)):
            documents.append(WrittenDocument(format=form, language=language, content=write(report)))
            progress(f"  {study.id}.{language}.{form} {len(documents[-1].content) // 1024} kB")
    return footprints.store(viewer=SYSTEM, enterprise=enterprise, calculation=calculation, documents=documents, public=True)


def _enterprise_of(study: Study) -> int:
    demo = next((each for each in ENTERPRISES if each.study == study.id), ENTERPRISES[0])
    enterprise = account_queries.enterprise_by_uscc(demo.uscc)
    if enterprise is None:
        raise RuntimeError(f"the demonstration enterprise {demo.uscc} is enrolled before its study is calculated")
    return enterprise
