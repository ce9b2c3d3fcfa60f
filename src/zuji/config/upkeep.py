"""The commands with which a running platform is kept: read from the command line, carried out by this package."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zuji.registry.backup.manifest import Manifest

DONE, HURT, USAGE, REFUSED = 0, 1, 2, 3


def add_upkeep(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to those of ``zuji``. Nothing of Django is loaded before one of them runs."""
    worker = commands.add_parser("worker", help="work off background jobs 执行后台任务")
    worker.add_argument("--once", action="store_true", help="end when nothing is due any more 做完到期任务即结束")
    worker.set_defaults(run=_worker)
    jobs = commands.add_parser("jobs", help="list background jobs, or try a failed one again 查看后台任务，重试失败的任务")
    jobs.add_argument("--state", choices=("waiting", "running", "done", "failed"), help="only these 只看此状态")
    jobs.add_argument("--retry", type=int, metavar="NUMBER", help="let a failed job be tried again 重试")
    jobs.set_defaults(run=_jobs)
    backup = commands.add_parser("backup", help="write everything to one file 备份全部数据")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file, such as zuji-2026-11-01.tar.gz 新文件")
    backup.add_argument("--with-secret-key", action="store_true", help="also the key that signs sessions 同时备份密钥")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="make everything of a backup, checked whole before 校验并恢复备份")
    restore.add_argument("file", type=Path, metavar="FILE", help="what zuji backup wrote 备份文件")
    restore.add_argument("--replace", action="store_true", help="overwrite the data that are here 覆盖现有数据")
    restore.set_defaults(run=_restore)
    expire = commands.add_parser("expire", help="mark published factors whose validity has ended 标记有效期已满的因子")
    expire.set_defaults(run=_expire)


def _worker(chosen: argparse.Namespace) -> int:
    from zuji.config.commands import worker  # noqa: PLC0415  # Django takes its time; other commands do without

    return worker(once=chosen.once)


def _jobs(chosen: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes its time; other commands do without

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.jobs import operations, queries  # noqa: PLC0415  # the same

    def carry_out() -> int:
        if chosen.retry is not None:
            operations.retry(actor=SYSTEM.name, number=chosen.retry)
        states = [chosen.state] if chosen.state else list(queries.counts())
        for job in queries.listed(states=states):
            _say(f"{job.number}  {job.state}  {job.kind}  {job.key}  {job.attempts}  {job.error}".rstrip())
        _say("  ".join(f"{state}: {count}" for state, count in queries.counts().items()))
        return DONE

    return _or_refusal(carry_out)


def _backup(chosen: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes its time; other commands do without

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.backup import operations  # noqa: PLC0415  # the same

    def carry_out() -> int:
        made = operations.make(chosen.file.resolve(), actor=SYSTEM.name, with_secret_key=chosen.with_secret_key)
        for name in made.altered:
            _say(f"佐证文件已被改动（按现状备份）altered on disk, kept as it is: {name}")
        _say(f"已备份 backed up: {chosen.file}  {_counted(made.manifest)}")
        return HURT if made.altered else DONE

    return _or_refusal(carry_out)


def _restore(chosen: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes its time; other commands do without

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.backup import operations  # noqa: PLC0415  # the same

    def carry_out() -> int:
        restored = operations.restore(chosen.file.resolve(), actor=SYSTEM.name, replace=chosen.replace)
        _say(f"已恢复 restored: {_counted(restored.manifest)}")
        for fault in restored.faults:
            _say(f"审计链 audit chain: {fault}")
        _say(f"审计链 audit chain: {'有误 faulty' if restored.faults else '完好 whole'}")
        return HURT if restored.faults else DONE

    return _or_refusal(carry_out)


def _expire(_: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes its time; other commands do without

    set_up()
    from zuji.registry.governance import operations  # noqa: PLC0415  # its tables exist only once Django is set up

    def carry_out() -> int:
        _say(f"到期的因子版本 factor versions expired: {operations.expire_due()}")
        return DONE

    return _or_refusal(carry_out)


def _counted(manifest: "Manifest") -> str:
    files = sum(1 for name in manifest.members if name.startswith("files/"))
    return (
        f"{len(manifest.tables)} 表 tables, {sum(manifest.tables.values())} 行 rows, {files} 佐证文件 evidence files, "
        f"{manifest.events} 事件 events, {manifest.head[:12]}"
    )


def _or_refusal(carry_out: Callable[[], int]) -> int:
    """What the command says where the platform refuses, or the disk does."""
    from zuji.registry.refusals import RegistryError  # noqa: PLC0415  # light, and only where a command runs

    try:
        return carry_out()
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"zuji: {error.filename or ''}: {error.strerror or error}\n")
        return USAGE


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
