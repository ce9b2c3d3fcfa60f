"""The commands about the record of what was done: ``zuji audit``, ``zuji database roles``. Django is loaded only when one of them runs."""

import argparse
import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path

DONE, HURT, USAGE, REFUSED = 0, 1, 2, 3


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put the commands into the command line's list."""
    audit = commands.add_parser("audit", help="the record of what was done 操作记录").add_subparsers(required=True, metavar="COMMAND")
    head = audit.add_parser("head", help="number, time and hash of the last event, to be kept elsewhere 记录链的末端，请另行保存")
    head.add_argument(
        "--until", type=datetime.date.fromisoformat, metavar="DAY", help="of the days up to this one, such as 2026-11-27 截至某日"
    )
    head.add_argument("--json", type=Path, metavar="FILE", help="also write it here 另存为 JSON")
    head.set_defaults(run=lambda chosen: _run(lambda: _head(chosen.until, chosen.json)))
    verify = audit.add_parser("verify", help="recompute the chain; status 1 where it has a fault 从头校验记录链")
    verify.add_argument("--head", type=Path, action="append", default=[], metavar="FILE", help="a head that was kept 另行保存的末端")
    verify.set_defaults(run=lambda chosen: _run(lambda: _verify(chosen.head)))
    database = commands.add_parser("database", help="the database server 数据库").add_subparsers(required=True, metavar="COMMAND")
    roles = database.add_parser("roles", help="make the roles for the platform and for auditors, on PostgreSQL 建立平台角色与审计角色")
    roles.add_argument("--application", default="zuji_app", metavar="NAME", help="the role that the platform works as 平台使用的角色")
    roles.add_argument("--auditor", default="zuji_auditor", metavar="NAME", help="the role that reads the record 审计角色")
    roles.set_defaults(run=lambda chosen: _run(lambda: _roles(chosen.application, chosen.auditor)))


def _run(command: Callable[[], int]) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none
    from zuji.registry.refusals import RegistryError  # noqa: PLC0415  # light, and only where a command runs

    set_up()
    try:
        return command()
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"zuji: {error}\n")
        return USAGE


def _head(until: datetime.date | None, file: Path | None) -> int:
    from zuji.registry.audit import queries  # noqa: PLC0415  # its tables exist only once Django is set up

    found = queries.head(until=until)
    if found is None:
        _say("没有记录 no events")
        return HURT
    told = {"number": found.number, "at": found.at.isoformat(), "hash": found.hash}
    if file is not None:
        file.write_text(json.dumps(told) + "\n", encoding="utf-8")
    _say(f"{found.number}  {told['at']}  {found.hash}")
    return DONE


def _verify(kept: list[Path]) -> int:
    from zuji.registry.audit import queries  # noqa: PLC0415  # its tables exist only once Django is set up

    heads = []
    for file in kept:
        told = json.loads(file.read_text(encoding="utf-8"))
        heads.append(queries.Head(int(told["number"]), datetime.datetime.fromisoformat(told["at"]), str(told["hash"])))
    found = queries.head()
    faults = [*queries.check(), *filter(None, (queries.departs(each) for each in heads))]
    for fault in faults:
        _say(f"审计链 audit chain: {fault}")
    events = found.number if found else 0
    _say(f"审计链 audit chain: {events} 事件 events, {'有误 faulty' if faults else '完好 whole'}")
    return HURT if faults else DONE


def _roles(application: str, auditor: str) -> int:
    from zuji.registry.audit import roles  # noqa: PLC0415  # its tables exist only once Django is set up

    for statement in roles.grant(application=application, auditor=auditor):
        _say(f"{statement};")
    return DONE


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
