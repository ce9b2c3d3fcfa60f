"""The commands about the national database: ``zuji national sync|report|draft``. Django is loaded only when one of them runs."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from zuji.engine.text import Text
from zuji.registry.refusals import Refused, RegistryError

DONE, FAULTY, USAGE, REFUSED = 0, 1, 2, 3


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put the commands into the command line's list."""
    national = commands.add_parser("national", help="the national database of factors 国家因子数据库").add_subparsers(
        required=True, metavar="COMMAND"
    )
    sync = national.add_parser("sync", help="take in its rows, judged and compared; nothing is published 同步、检查、比较，不发布")
    where = sync.add_mutually_exclusive_group()
    where.add_argument("--address", metavar="HTTPS", help="a server that keeps our contract 按本平台约定提供数据的服务地址")
    where.add_argument("--file", type=Path, metavar="FILE", help="a delivery in the form of the contract 按约定格式交付的文件")
    sync.add_argument("--token-file", type=Path, metavar="FILE", help="the bearer token of the server 访问令牌文件")
    sync.set_defaults(run=lambda chosen: _run(lambda: _sync(chosen)))
    report = national.add_parser("report", help="where its values diverge from ours 差异报告")
    report.add_argument("--takes", choices=("ours", "national", "alone"), default="", help="only these 只看此类")
    report.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many 最多条数")
    report.add_argument("--json", type=Path, metavar="FILE", help="also write it here 另存为 JSON")
    report.set_defaults(run=lambda chosen: _run(lambda: _report(chosen)))
    draft = national.add_parser("draft", help="open a dossier from a row 由一行数据建立因子档案")
    draft.add_argument("row", metavar="NUMBER@VERSION", help="the national number and version 编号与版本")
    draft.add_argument("--uscc", required=True, metavar="USCC", help="the organisation that proposes it 提交单位的统一社会信用代码")
    draft.set_defaults(run=lambda chosen: _run(lambda: _draft(chosen.row, chosen.uscc)))


def _run(command: Callable[[], int]) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none
    from zuji.connectors.national import BadAnswer, NothingPublished  # noqa: PLC0415  # only where a command runs

    set_up()
    try:
        return command()
    except NothingPublished:
        sys.stderr.write(
            "zuji: 国家数据库尚未公布接口。可用 --address 指定按本平台约定提供数据的服务，或用 --file 读入按约定格式交付的文件。\n"
            "The national database has published no interface. Name a server that keeps our contract (--address), or a delivered file (--file).\n"
        )
        return REFUSED
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    except (BadAnswer, OSError, ValueError) as error:
        sys.stderr.write(f"zuji: 未完成，再次执行将从中断处继续 not finished; run again to go on from there: {error}\n")
        return USAGE


def _sync(chosen: argparse.Namespace) -> int:
    from zuji.connectors.national import HttpNational, NationalDatabase, NationalFile, NotPublished  # noqa: PLC0415  # as above
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.national.operations import synchronise  # noqa: PLC0415  # the same

    source: NationalDatabase = NotPublished()
    if chosen.address:
        token = chosen.token_file.read_text(encoding="utf-8").strip() if chosen.token_file else ""
        source = HttpNational(chosen.address, token=token)
    elif chosen.file:
        source = NationalFile(chosen.file.read_bytes(), chosen.file.name)
    done = synchronise(source, viewer=SYSTEM)
    _say(
        f"{'续传 resumed, ' if done.resumed else ''}页 pages {done.pages}, 收到 received {done.received}, 新增 added {done.added}, "
        f"已有 known {done.known}, 有误 faulty {done.faulty}"
    )
    return FAULTY if done.faulty else DONE


def _report(chosen: argparse.Namespace) -> int:
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.national.queries import report  # noqa: PLC0415  # the same

    found = report(viewer=SYSTEM, takes=chosen.takes, size=max(1, chosen.limit))
    if found.run is None:
        raise Refused(Text("还没有同步过。", "Nothing was synchronised yet."))
    rows = [
        {
            "number": f"{row.number}@{row.version}", "name": row.name.zh, "national": row.their_value, "ours": row.ours, "our_value": row.our_value,
            "ratio": row.ratio, "takes": row.takes, "why": row.why.zh, "why_en": row.why.en,
        }
        for row in found.rows
    ]  # fmt: skip
    if chosen.json is not None:
        told = {
            "as_of": found.run.as_of,
            "precedence": found.run.precedence,
            "counts": dict(found.counts),
            "total": found.total,
            "rows": rows,
        }
        chosen.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for row in rows:
        _say(
            f"{row['ratio'] or '—':>8}  {row['number']}  {row['name']}  {row['national']}  |  {row['ours'] or '—'} {row['our_value']}  {row['takes']}"
        )
    for faulty in found.faulty:
        _say(f"有误 faulty  {faulty.number}@{faulty.version}  " + "; ".join(f"{each['where']}: {each['zh']}" for each in faulty.findings))
    return DONE


def _draft(row: str, uscc: str) -> int:
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.national.operations import draft  # noqa: PLC0415  # the same

    number, _, version = row.rpartition("@")
    _say(draft(viewer=SYSTEM, number=number, version=version, uscc=uscc).code)
    return DONE


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
