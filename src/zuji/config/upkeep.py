"""The commands with which a running platform is kept: read from the command line, carried out by this package."""

import argparse


def add_upkeep(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to those of ``zuji``. Nothing of Django is loaded before one of them runs."""
    worker = commands.add_parser("worker", help="work off background jobs 执行后台任务")
    worker.add_argument("--once", action="store_true", help="end when nothing is due any more 做完到期任务即结束")
    worker.set_defaults(run=_worker)


def _worker(chosen: argparse.Namespace) -> int:
    from zuji.config.commands import worker  # noqa: PLC0415  # Django takes its time; other commands do without

    return worker(once=chosen.once)
