import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import Registration, Role, User
from zuji.registry.accounts.operations.enterprises import register_enterprise, written
from zuji.registry.accounts.operations.members import add_member
from zuji.registry.accounts.operations.people import create_user
from zuji.registry.accounts.tokens import hashed, new_token
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound

VALID_FOR = datetime.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Begun:
    """What the letter says: the token of the link, or, without one, that there is an account already."""

    email: str
    token: str | None


@transaction.atomic
def begin_registration(*, email: str, name: str, uscc: str, name_zh: str, name_en: str, city: str) -> Begun:
    """Take down a person and their enterprise until the person shows, by the letter, that the address is theirs.

    Nothing that comes back to the page differs for an address that has an account: whoever asks learns nothing about it.

    Raises:
        Unfit: see ``faults``; that an enterprise is registered is among them.
    """
    now = timezone.now()
    Registration.objects.filter(expires__lte=now).delete()
    entries = Entries()
    address = entries.email("email", email)
    called = entries.line("name", name, most=120)
    code, enterprise, place = written(entries, uscc=uscc, name_zh=name_zh, name_en=name_en, city=city)
    entries.settle()
    token = new_token()
    known = User.objects.filter(email__iexact=address).exists()
    if not known:
        Registration.objects.filter(email=address, uscc=code).delete()
        Registration.objects.create(
            token_hash=hashed(token),
            email=address,
            name=called,
            uscc=code,
            name_zh=enterprise.zh,
            name_en=enterprise.en,
            city_zh=place.zh,
            city_en=place.en,
            expires=now + VALID_FOR,
        )
    record(action=Action.REGISTRATION_BEGUN, actor="anonymous", subject=f"enterprise:{code}")
    return Begun(email=address, token=None if known else token)


@transaction.atomic
def complete_registration(*, token: str, password: str) -> int:
    """Make the account, the enterprise and the ownership, all or nothing; the person's number.

    Raises:
        NotFound: the link was used, is older than a day, or never was one.
        Unfit: the password is too weak; or the enterprise was registered by somebody else meanwhile.
    """
    found = Registration.objects.select_for_update().filter(token_hash=hashed(token), expires__gt=timezone.now()).first()
    if found is None:
        raise NotFound
    user = create_user(actor="anonymous", email=found.email, name=found.name, password=password)
    actor = f"user:{user}"
    enterprise = register_enterprise(
        actor=actor, uscc=found.uscc, name=Text(found.name_zh, found.name_en), city=Text(found.city_zh, found.city_en)
    )
    add_member(actor=actor, enterprise=enterprise, user=user, role=Role.OWNER.value)
    Registration.objects.filter(email=found.email).delete()
    return user
