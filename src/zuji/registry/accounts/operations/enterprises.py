from django.db import IntegrityError, transaction

from zuji.engine.text import Text
from zuji.registry.accounts import uscc as codes
from zuji.registry.accounts.cities import named_city
from zuji.registry.accounts.entries import Entries, Unfit
from zuji.registry.accounts.models import Enterprise, Membership, Role, Site
from zuji.registry.accounts.operations.locks import managed, person
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused

REGISTERED = Text(
    "该统一社会信用代码的企业已在平台登记。请联系贵企业的负责人，由其在“成员与邀请”中邀请您。",
    "An enterprise with this unified social credit code is registered already. Ask its owner to invite you under Members and invitations.",
)


@transaction.atomic
def register_enterprise(
    *, actor: str, uscc: str, name: Text, city: Text, demonstration: bool = False, confirmed: bool | None = None
) -> int:
    """A new enterprise; its number. An invented one counts as confirmed, unless ``confirmed`` says otherwise.

    Raises:
        Refused: the code is not well formed, or is registered already.
    """
    fault = codes.fault(uscc)
    if fault:
        raise Unfit({"uscc": fault})
    try:
        with transaction.atomic():
            made = Enterprise.objects.create(
                uscc=uscc,
                name_zh=name.zh,
                name_en=name.en,
                city_zh=city.zh,
                city_en=city.en,
                demonstration=demonstration,
                identity_confirmed=demonstration if confirmed is None else confirmed,
            )
    except IntegrityError as taken:  # two at once: the second meets the first one's row
        raise Unfit({"uscc": REGISTERED}) from taken
    record(
        action=Action.ENTERPRISE_REGISTERED,
        actor=actor,
        subject=f"enterprise:{uscc}",
        enterprise=uscc,
        details={"demonstration": demonstration},
    )
    return made.pk


def written(entries: Entries, *, uscc: str, name_zh: str, name_en: str, city: str) -> tuple[str, Text, Text]:
    """Code, name and city as they can be kept. An enterprise without an English name has its Chinese one there too."""
    code = "".join(uscc.split()).upper()
    entries.fault("uscc", codes.fault(code))
    if "uscc" not in entries.faults and Enterprise.objects.filter(uscc=code).exists():
        entries.fault("uscc", REGISTERED)
    return code, _name(entries, name_zh, name_en), named_city(entries.line("city", city, most=60))


def _name(entries: Entries, zh: str, en: str) -> Text:
    chinese = entries.line("name_zh", zh, most=200)
    return Text(chinese, entries.line("name_en", en, most=200, needed=False) or chinese)


@transaction.atomic
def register_own_enterprise(*, viewer: Viewer, uscc: str, name_zh: str, name_en: str, city: str) -> str:
    """A further enterprise of somebody who has an account, who is its owner; its code.

    Raises:
        Unfit: see ``faults``.
    """
    who = person(viewer)
    entries = Entries()
    code, name, place = written(entries, uscc=uscc, name_zh=name_zh, name_en=name_en, city=city)
    entries.settle()
    made = register_enterprise(actor=viewer.name, uscc=code, name=name, city=place)
    Membership.objects.create(user=who, enterprise_id=made, role=Role.OWNER)
    record(action=Action.MEMBER_ADDED, actor=viewer.name, subject=f"user:{who.pk}", enterprise=code, details={"role": Role.OWNER.value})
    return code


@transaction.atomic
def change_enterprise(*, viewer: Viewer, enterprise: int, name_zh: str, name_en: str, city: str) -> None:
    """Other names or another city. With another Chinese name its identity waits to be confirmed again.

    Raises:
        Unfit: see ``faults``.
    """
    kept = managed(viewer, enterprise)
    entries = Entries()
    name = _name(entries, name_zh, name_en)
    place = named_city(entries.line("city", city, most=60))
    entries.settle()
    renamed = name.zh != kept.name_zh
    kept.name_zh, kept.name_en = name
    kept.city_zh, kept.city_en = place
    if renamed and not kept.demonstration:
        kept.identity_confirmed = False
    kept.save()
    record(
        action=Action.ENTERPRISE_CHANGED,
        actor=viewer.name,
        subject=f"enterprise:{kept.uscc}",
        enterprise=kept.uscc,
        details={"renamed": renamed},
    )


@transaction.atomic
def add_site(*, viewer: Viewer, enterprise: int, name_zh: str, name_en: str, address: str, division: str) -> int:
    """A new place where the enterprise produces; its number.

    Raises:
        Unfit: see ``faults``.
    """
    kept = managed(viewer, enterprise)
    site = Site(enterprise=kept)
    _fill(site, name_zh=name_zh, name_en=name_en, address=address, division=division)
    site.save()
    record(action=Action.SITE_ADDED, actor=viewer.name, subject=f"site:{site.pk}", enterprise=kept.uscc)
    return site.pk


@transaction.atomic
def change_site(*, viewer: Viewer, enterprise: int, site: int, name_zh: str, name_en: str, address: str, division: str) -> None:
    """Other data of a site.

    Raises:
        Unfit: see ``faults``.
    """
    kept = managed(viewer, enterprise)
    found = _site(kept, site)
    _fill(found, name_zh=name_zh, name_en=name_en, address=address, division=division)
    found.save()
    record(action=Action.SITE_CHANGED, actor=viewer.name, subject=f"site:{site}", enterprise=kept.uscc)


@transaction.atomic
def close_site(*, viewer: Viewer, enterprise: int, site: int) -> None:
    """The site is kept for what refers to it, and offered for nothing new."""
    _close(viewer, enterprise, site, closed=True)


@transaction.atomic
def reopen_site(*, viewer: Viewer, enterprise: int, site: int) -> None:
    """A closed site is offered again."""
    _close(viewer, enterprise, site, closed=False)


def _close(viewer: Viewer, enterprise: int, site: int, *, closed: bool) -> None:
    kept = managed(viewer, enterprise)
    found = _site(kept, site)
    if found.closed == closed:
        raise Refused(Text("该场所的状态已是如此。", "The site is in this state already."))
    found.closed = closed
    found.save(update_fields=["closed"])
    record(action=Action.SITE_CLOSED if closed else Action.SITE_REOPENED, actor=viewer.name, subject=f"site:{site}", enterprise=kept.uscc)


def _site(enterprise: Enterprise, number: int) -> Site:
    found = Site.objects.filter(pk=number, enterprise=enterprise).first()
    if found is None:
        raise NotFound
    return found


def _fill(site: Site, *, name_zh: str, name_en: str, address: str, division: str) -> None:
    entries = Entries()
    name = _name(entries, name_zh, name_en)
    site.name_zh, site.name_en = name
    site.address = entries.line("address", address, most=300)
    site.division = entries.division("division", division)
    same = Site.objects.filter(enterprise=site.enterprise, name_zh=name.zh).exclude(pk=site.pk)
    if "name_zh" not in entries.faults and same.exists():
        entries.fault("name_zh", Text("本企业已有同名场所。", "The enterprise has a site of this name already."))
    entries.settle()
