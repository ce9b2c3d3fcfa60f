"""The tour for newcomers: the invented enterprises' products, each half finished in a different place, so that a visitor sees every state.

Everything goes through the operations that a person's clicks go through, as the people of the demonstration. Running it again does nothing.
"""

import csv
import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zuji.engine.text import Text
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.evidence import operations as evidence
from zuji.registry.footprints import cases, submitting
from zuji.registry.footprints import operations as footprints
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations as products
from zuji.registry.products import queries as product_queries

Progress = Callable[[str], None]
ALL = ("*",)
NO_REASON = Text("", "")


@dataclass(frozen=True, slots=True)
class Stop:
    """A product on the tour: which pages of its questionnaire are filled in, what was changed in the example's answers, and how far it went."""

    name: Text
    specification: str
    model: str
    reached: str
    finished: Sequence[str] = ALL
    opened: Sequence[str] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    next_version: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    reason: Text = NO_REASON


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise on the tour, and who does what there."""

    uscc: str
    site: Mapping[str, str]
    editor: str
    approver: str
    stops: Sequence[Stop]


def lead(firms: Sequence[Firm], *, consultant: str, progress: Progress, today: datetime.date) -> None:
    """Make the products of the enterprises that have none. ``consultant`` is entrusted with the first product of the first enterprise."""
    for number, firm in enumerate(firms):
        enterprise = account_queries.enterprise_by_uscc(firm.uscc)
        if enterprise is None:
            raise RuntimeError(f"{firm.uscc} is enrolled before its products are made")
        if product_queries.of_enterprise(firm.uscc, viewer=_person(firm.editor)).total:
            continue
        owner = _person(firm.approver)
        site = accounts.add_site(viewer=owner, enterprise=enterprise, **firm.site)
        codes = [_walk(stop, firm, enterprise, site, today) for stop in firm.stops]
        if number == 0:
            accounts.delegate(
                viewer=owner,
                enterprise=enterprise,
                email=consultant,
                role="editor",
                expires=(today + datetime.timedelta(days=180)).isoformat(),
                products=codes[:1],
            )
        progress(f"导览 tour: {firm.uscc}: " + "、".join(f"{stop.name.zh}（{stop.reached}）" for stop in firm.stops))


def _walk(stop: Stop, firm: Firm, enterprise: int, site: int, today: datetime.date) -> str:
    """One product as far as it goes; its code."""
    editor = _person(firm.editor)
    code = products.create_product(
        viewer=editor, enterprise=enterprise, name=stop.name, model=stop.model, specification=stop.specification, site=site
    )
    if stop.reached == "new":
        return code
    _fill(code, stop, editor)
    for key, name in stop.evidence.items():
        amount = product_queries.version(code, 1, viewer=editor).answers[key]
        file = evidence.keep(viewer=editor, enterprise=enterprise, product=code, name=name, chunks=[_ledger(amount)])
        products.attach(viewer=editor, product=code, number=1, key=key, file=file)
    if stop.reached != "begun":
        _submit(code, stop, editor, _person(firm.approver), today)
    if stop.next_version:
        products.new_version(viewer=editor, product=code, base=1)
        products.save_answers(viewer=editor, product=code, number=2, base_revision=1, changes=stop.next_version)
        _finish(code, 2, editor)
        footprints.calculate(viewer=editor, product=code, number=2, today=today)
    return code


def _fill(code: str, stop: Stop, editor: Viewer) -> None:
    model = catalogue.newest(stop.model)
    if model is None:
        raise RuntimeError(f"the tour's model {stop.model} is shipped")
    whole = stop.finished is ALL
    finished = [group.id for group in model.groups] if whole else list(stop.finished)
    keys = {field.key for group in model.groups if group.id in finished for field in group.fields} - {"study_id", "demonstration"}
    answers = {key: value for key, value in model.example.items() if key.partition(".")[0] in keys}
    products.save_answers(viewer=editor, product=code, number=1, base_revision=0, changes={**answers, **stop.changes})
    for group in stop.opened:
        products.see_group(viewer=editor, product=code, number=1, group=group)
    for group in finished:
        products.see_group(viewer=editor, product=code, number=1, group=group, finished=True)


def _finish(code: str, number: int, editor: Viewer) -> None:
    reference = product_queries.version(code, number, viewer=editor).model
    for group in catalogue.in_use(reference).groups:
        products.see_group(viewer=editor, product=code, number=number, group=group.id, finished=True)


def _submit(code: str, stop: Stop, editor: Viewer, approver: Viewer, today: datetime.date) -> None:
    submitting.ask_sign_off(viewer=editor, product=code, number=1, note="示范：请审核 (demonstration: please check)", today=today)
    if stop.reached == "returned":
        submitting.return_to_draft(viewer=approver, product=code, number=1, reason=f"{stop.reason.zh} {stop.reason.en}")
    if stop.reached not in {"submitted", "withdrawn"}:
        return
    waiting = cases.awaited(code, 1, viewer=approver)
    if waiting is not None:
        submitting.sign(viewer=approver, product=code, number=1, result_hash=waiting.result_hash)
    if stop.reached == "withdrawn":
        submitting.withdraw(viewer=approver, product=code, number=1, reason=f"{stop.reason.zh} {stop.reason.en}")


def _ledger(amount: str) -> bytes:
    """An invented monthly ledger whose months sum to the answer that it stands behind."""
    each, rest = divmod(int(amount), 12)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["月份 month", "数量 amount", "备注 note"])
    for month in range(1, 13):
        writer.writerow([month, each + (rest if month == 12 else 0), "示范虚构 invented for demonstration"])
    return lines.getvalue().encode("utf-8-sig")


def _person(email: str) -> Viewer:
    return account_queries.viewer(account_queries.user_by_email(email))


FIRMS: Sequence[Firm] = (
    Firm(
        uscc="91420800MADEM0002",
        site={
            "name_zh": "荆门高新区电池工厂（虚构）",
            "name_en": "Jingmen battery works (invented)",
            "address": "湖北省荆门市高新区（虚构）",
            "division": "420804",
        },
        editor="battery@demo.zuji.example",
        approver="battery@demo.zuji.example",
        stops=(
            Stop(
                name=Text("磷酸铁锂动力电池包", "LFP traction battery pack"),
                specification="XS-LFP-60",
                model="lfp-battery-pack",
                reached="begun",
                finished=("plant", "output", "cathode"),
                opened=("materials",),
                changes={"cathode_km": "约 160", "graphite": "6480", "graphite.unit": "t"},
            ),
            Stop(
                name=Text("磷酸铁锂储能电池簇", "LFP storage battery rack"),
                specification="XS-ESS-372",
                model="lfp-battery-pack",
                reached="new",
            ),
        ),
    ),
    Firm(
        uscc="91420500MADEM0003",
        site={
            "name_zh": "宜都化工园矿肥一体化装置（虚构）",
            "name_en": "Yidu mine-to-fertiliser works (invented)",
            "address": "湖北省宜昌市宜都化工园（虚构）",
            "division": "420581",
        },
        editor="fertiliser-editor@demo.zuji.example",
        approver="fertiliser@demo.zuji.example",
        stops=(
            Stop(
                name=Text("粉状磷酸一铵", "Powdered MAP"),
                specification="11-53-0",
                model="map-fertiliser",
                reached="awaiting",
                evidence={"ammonia": "2025年液氨月报（示范）.csv", "rock": "2025年磷矿入槽台账（示范）.csv"},
            ),
            Stop(
                name=Text("粒状磷酸一铵", "Granular MAP"),
                specification="12-52-0",
                model="map-fertiliser",
                reached="returned",
                changes={"product_model": "粒状 12-52-0", "p2o5_content": "52.0", "ammonia": "61800", "map_power": "21000"},
                reason=Text("液氨用量与 12 月台账不符，请核对。", "The ammonia does not agree with the ledger of December; please check."),
            ),
        ),
    ),
    Firm(
        uscc="91420200MADEM0001",
        site={
            "name_zh": "西塞山水泥厂（虚构）",
            "name_en": "Xisaishan cement works (invented)",
            "address": "湖北省黄石市西塞山区（虚构）",
            "division": "420203",
        },
        editor="cement-editor@demo.zuji.example",
        approver="cement@demo.zuji.example",
        stops=(
            Stop(
                name=Text("普通硅酸盐水泥", "Ordinary Portland cement"),
                specification="P·O 42.5",
                model="portland-cement",
                reached="submitted",
                changes={"period_start": "2024-01-01", "period_end": "2024-12-31", "coal": "219400", "alternative_fuel": "21000"},
                next_version={"period_start": "2025-01-01", "period_end": "2025-12-31", "coal": "211640", "alternative_fuel": "29600"},
                evidence={"coal": "2024年燃煤月报（示范）.csv"},
            ),
            Stop(
                name=Text("复合硅酸盐水泥", "Composite Portland cement"),
                specification="P·C 42.5",
                model="portland-cement",
                reached="withdrawn",
                changes={"product_model": "P·C 42.5", "clinker_used": "1092000", "slag": "249600", "fly_ash": "101400"},
                reason=Text("矿渣用量取了湿基，须重报。", "The slag was taken wet; it has to be reported again."),
            ),
        ),
    ),
)
