"""The commands about people and enterprises: ``zuji operator``, ``zuji duty``, ``zuji enterprise``. Django is loaded only when one of them runs."""

import argparse
import sys
from collections.abc import Callable

from zuji.engine.text import Text
from zuji.registry.refusals import Refused, RegistryError
from zuji.workflow.duties import DUTY_NAMES, Duty

DONE, REFUSED = 0, 3


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put the commands into the command line's list."""
    operator = commands.add_parser("operator", help="staff who confirm enterprises 平台管理员")
    kinds = operator.add_subparsers(required=True, metavar="COMMAND")
    for name, words in (("add", "make somebody an operator 任命"), ("remove", "make somebody an operator no more 免去")):
        kind = kinds.add_parser(name, help=words)
        kind.add_argument("email", metavar="EMAIL", help="address of the account 账户邮箱")
        kind.set_defaults(run=lambda chosen, appointed=name == "add": _run(lambda: _operator(chosen.email, appointed=appointed)))
    duty = commands.add_parser("duty", help="who reviews, publishes, audits 职责任命")
    duties = duty.add_subparsers(required=True, metavar="COMMAND")
    give = duties.add_parser("add", help="appoint somebody 任命")
    give.add_argument("email", metavar="EMAIL", help="address of the account 账户邮箱")
    give.add_argument("duty", choices=[each.value for each in Duty], help="what they do 职责")
    give.add_argument("--organisation", required=True, metavar="NAME", help="who they work for 所在单位")
    give.add_argument("--uscc", default="", metavar="USCC", help="code of that organisation 单位统一社会信用代码")
    give.add_argument("--document", default="", metavar="NUMBER", help="identity document, where not confirmed yet 证件号码")
    give.add_argument("--scope", action="append", default=[], metavar="CATEGORY", help="category that an expert knows 专业类别")
    give.set_defaults(run=lambda chosen: _run(lambda: _appoint(chosen)))
    enterprise = commands.add_parser("enterprise", help="enterprises 企业")
    confirm = enterprise.add_subparsers(required=True, metavar="COMMAND").add_parser("confirm", help="confirm an identity 确认身份")
    confirm.add_argument("uscc", metavar="USCC", help="unified social credit code 统一社会信用代码")
    confirm.add_argument("--by", required=True, metavar="NAME", help="who looked at the papers 核对人")
    confirm.add_argument("--evidence", required=True, metavar="WORDS", help="document and number looked at 核对的文件与编号")
    confirm.set_defaults(run=lambda chosen: _run(lambda: _confirm(chosen.uscc, by=chosen.by, evidence=chosen.evidence)))


def _run(command: Callable[[], str]) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    try:
        sys.stdout.write(command() + "\n")
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    return DONE


def _operator(email: str, *, appointed: bool) -> str:
    from zuji.registry.accounts import operations, queries  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # the same

    user = queries.user_by_email(email)
    if user is None:
        raise Refused(Text(f"没有邮箱为 {email} 的账户。", f"There is no account with the address {email}."))
    (operations.appoint_operator if appointed else operations.dismiss_operator)(actor=SYSTEM.name, user=user)
    return f"{email}: {'已是平台管理员 is an operator now' if appointed else '不再是平台管理员 is no operator any more'}"


def _appoint(chosen: argparse.Namespace) -> str:
    from zuji.registry.accounts import operations, queries  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # the same

    user = queries.user_by_email(chosen.email)
    if user is None:
        raise Refused(Text(f"没有邮箱为 {chosen.email} 的账户。", f"There is no account with the address {chosen.email}."))
    if chosen.document:
        operations.confirm_person(viewer=SYSTEM, user=user, document=chosen.document)
    operations.appoint(viewer=SYSTEM, user=user, duty=chosen.duty, organisation=chosen.organisation, uscc=chosen.uscc, scope=chosen.scope)
    return f"{chosen.email}: {DUTY_NAMES[Duty(chosen.duty)].zh} {DUTY_NAMES[Duty(chosen.duty)].en}"


def _confirm(uscc: str, *, by: str, evidence: str) -> str:
    from zuji.registry.accounts import operations, queries  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # the same

    found = queries.for_office(viewer=SYSTEM, uscc=uscc)
    operations.confirm_identity(viewer=SYSTEM, enterprise=found.enterprise, name=found.name.zh, evidence=f"{evidence}（{by}）")
    return f"{found.name.zh} {uscc}: 身份已确认 identity confirmed"
