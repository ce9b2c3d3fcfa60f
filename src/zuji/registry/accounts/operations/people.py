from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from zuji.engine.text import Text, same
from zuji.registry.accounts.entries import Entries, Unfit
from zuji.registry.accounts.models import Duty, Membership, Role, User
from zuji.registry.accounts.operations.endings import end_clients, end_sessions
from zuji.registry.accounts.operations.locks import another_owner, locked, person
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused

TAKEN = Text("该邮箱已注册。", "There is an account with this e-mail address already.")


@transaction.atomic
def create_user(*, actor: str, email: str, name: str, password: str) -> int:
    """A new person who signs in with ``email`` and ``password``; their number. The caller knows that the address is theirs.

    Raises:
        Unfit: the address is taken, the name cannot be kept, or the password is too weak.
    """
    entries = Entries()
    address = entries.email("email", email)
    kept = entries.line("name", name, most=120)
    user = User(email=address, name=kept)
    if User.objects.filter(email__iexact=address).exists():
        entries.fault("email", TAKEN)
    entries.fault("password", weakness(password, user))
    entries.settle()
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise Unfit({"email": TAKEN}) from taken
    # The chain is kept for ever, so it names people by number, not by address.
    record(action=Action.USER_CREATED, actor=actor if actor != "anonymous" else f"user:{user.pk}", subject=f"user:{user.pk}")
    return user.pk


def weakness(password: str, user: User) -> Text | None:
    """Why the password will not do; None where it will."""
    if len(password) > 1000:
        return Text("密码最多 1000 个字符。", "A password has at most 1,000 characters.")
    try:
        validate_password(password, user)
    except ValidationError as weak:
        return same(" ".join(weak.messages))  # Django's own words, in the language of the page
    return None


@transaction.atomic
def rename_person(*, viewer: Viewer, name: str) -> None:
    """The person who asks is called ``name`` from now on.

    Raises:
        Unfit: the name cannot be kept.
    """
    who = person(viewer)
    entries = Entries()
    who.name = entries.line("name", name, most=120)
    entries.settle()
    who.save(update_fields=["name"])
    record(action=Action.USER_RENAMED, actor=viewer.name, subject=f"user:{who.pk}")


@transaction.atomic
def password_changed(*, user: int, reset: bool) -> None:
    """A person has another password: sessions have ended by it already; the programs that they set up end here."""
    ended = end_clients(user)
    record(action=Action.PASSWORD_CHANGED, actor=f"user:{user}", subject=f"user:{user}", details={"reset": reset, "clients_revoked": ended})


@transaction.atomic
def close_account(*, viewer: Viewer) -> None:
    """The person who asks signs in no more and acts for nobody from now on. What they did stays in the record under their name.

    Raises:
        Refused: an enterprise would have no owner left.
    """
    if viewer.user is None:
        raise NotFound
    number = viewer.user
    # Enterprises first and in the order of their numbers, then the person: the order in which every operation locks.
    mine = Membership.objects.filter(user=number)
    held = {pk: locked(pk) for pk in mine.order_by("enterprise_id").values_list("enterprise_id", flat=True)}
    person(viewer)
    memberships = list(mine)
    if {each.enterprise_id for each in memberships} - set(held):
        raise Refused(Text("您的企业刚刚有变动，请重试。", "Your enterprises have just changed. Try again."))
    for each in memberships:
        if each.role == Role.OWNER:
            another_owner(held[each.enterprise_id], without=number)
    mine.delete()
    end_clients(number)
    end_sessions(number)
    Duty.objects.filter(user=number, ended=None).update(ended=timezone.now())
    User.objects.filter(pk=number).update(is_active=False, operator=False)
    record(action=Action.USER_CLOSED, actor=viewer.name, subject=f"user:{number}")
