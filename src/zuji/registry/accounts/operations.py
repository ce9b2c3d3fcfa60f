from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from zuji.engine.text import Text, same
from zuji.registry.accounts import uscc as codes
from zuji.registry.accounts.models import Enterprise, Membership, Role, User
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import Refused


@transaction.atomic
def register_enterprise(*, actor: str, uscc: str, name: Text, city: Text, demonstration: bool = False) -> int:
    """A new enterprise; its number.

    Raises:
        Refused: the code is not well formed, or is registered already.
    """
    fault = codes.fault(uscc)
    if fault:
        raise Refused(fault)
    if Enterprise.objects.filter(uscc=uscc).exists():
        raise Refused(Text("该统一社会信用代码已登记。", "An enterprise with this unified social credit code is registered already."))
    made = Enterprise.objects.create(
        uscc=uscc,
        name_zh=name.zh,
        name_en=name.en,
        city_zh=city.zh,
        city_en=city.en,
        demonstration=demonstration,
        identity_confirmed=demonstration,
    )
    record(
        action=Action.ENTERPRISE_REGISTERED,
        actor=actor,
        subject=f"enterprise:{uscc}",
        enterprise=uscc,
        details={"demonstration": demonstration},
    )
    return made.pk


@transaction.atomic
def create_user(*, actor: str, email: str, name: str, password: str) -> int:
    """A new person who signs in with ``email`` and ``password``; their number.

    Raises:
        Refused: the address is taken, or the password too weak.
    """
    user = User(email=User.objects.normalize_email(email), name=name)
    if User.objects.filter(email__iexact=user.email).exists():
        raise Refused(Text("该邮箱已注册。", "There is an account with this e-mail address already."))
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused(same(" ".join(weak.messages))) from weak
    user.set_password(password)
    user.save()
    # The chain is kept for ever, so it names people by number, not by address.
    record(action=Action.USER_CREATED, actor=actor, subject=f"user:{user.pk}")
    return user.pk


@transaction.atomic
def add_member(*, actor: str, enterprise: int, user: int, role: str) -> None:
    """``user`` acts for ``enterprise`` as ``role`` from now on.

    Raises:
        Refused: there is no such role, or the person is a member already.
    """
    if role not in Role.values:
        raise Refused(Text(f"没有“{role}”这一角色。", f"There is no role {role!r}."))
    if Membership.objects.filter(user=user, enterprise=enterprise).exists():
        raise Refused(Text("该用户已是企业成员。", "This person is a member of the enterprise already."))
    kept = Enterprise.objects.get(pk=enterprise)
    Membership.objects.create(user_id=user, enterprise=kept, role=role)
    record(action=Action.MEMBER_ADDED, actor=actor, subject=f"user:{user}", enterprise=kept.uscc, details={"role": role})
