"""What the command line asks of the platform: prepare it, and serve it."""

import copy
import datetime
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from zuji.config import jobs
from zuji.config.ready import set_up

Progress = Callable[[str], None]
CANNOT_LISTEN = 2


def migrate(progress: Progress) -> None:
    """Bring the database to this version and put the static files where they are served from."""
    set_up()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    from zuji.registry.factors.indexing import refresh_index  # noqa: PLC0415  # its tables exist only once Django is set up

    refresh_index()
    progress(f"数据库 database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]} {settings.DATABASES['default']['NAME']}")
    call_command("collectstatic", verbosity=0, interactive=False)
    progress(f"静态文件 static files: {settings.STATIC_ROOT}")


def prepare(progress: Progress, folder: Path | None = None) -> None:
    """Load the shipped library and the demonstration: enterprises, accounts, studies calculated, reports written. Idempotent.

    ``folder`` holds the example studies (``*.yaml``); left out, those that come with the product.
    """
    migrate(progress)
    from zuji.config import demo  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.footprints.method import Method  # noqa: PLC0415  # the same

    method = Method.shipped()
    demo.load_factors(method, progress)
    accounts = demo.enrol(settings.DATA / "demo-accounts", progress)
    today = datetime.date.today()  # noqa: DTZ011  # a result bears the calendar date of the place where it is made
    for file in sorted((folder or demo.examples_folder()).glob("*.yaml")):
        demo.calculate(file, method, today=today, progress=progress)
    demo.lead_tour(progress, today=today)
    demo.lead_factor_tour(progress, now=datetime.datetime.now(datetime.UTC))
    progress("示范账户 demonstration accounts:")
    for account in accounts:
        progress(f"  {account.email}  {account.password or '(密码在首次载入时显示 shown when it was made)'}  {account.enterprise.zh}")


def serve(host: str, port: int) -> int:
    """Serve the platform until it is told to stop (Ctrl-C, SIGTERM); the exit status. Leaves no process behind.

    A database that is not of this version is brought to it first, so that a page is never met by a missing table.
    """
    set_up()
    taken = _why_not(host, port)
    if taken:
        sys.stderr.write(f"zuji: {host}:{port}: {taken}\n")
        return CANNOT_LISTEN
    migrate(lambda _: None)
    server = Granian(
        "zuji.config.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.VALUES.workers,
        blocking_threads=4,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig=copy.deepcopy(settings.LOGGING),  # granian changes what it is given
    )
    shown = f"[{host}]" if ":" in host else host
    lines = [f"足迹 Zuji: http://{shown}:{port}/    English: http://{shown}:{port}/en/", *_accounts(settings.DATA / "demo-accounts")]
    server.on_startup(lambda: _say("\n".join([*lines, "Ctrl-C 结束 ends it"])))
    companions = jobs.Companions(settings.VALUES.job_workers)
    companions.start()
    try:
        server.serve()
    finally:
        companions.stop()
    return 0


def worker(*, once: bool = False) -> int:
    """Work off background jobs until told to stop (Ctrl-C, SIGTERM), or once what is due now; the exit status."""
    set_up()
    runs = jobs.work(until_empty=once)
    if once:
        _say(f"任务 jobs: {runs}")
    return 0


def _say(text: str) -> None:
    """What the person at the terminal waits for, at once even through a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _why_not(host: str, port: int) -> str:
    """Why nothing can listen at the address; empty if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            return f"无法监听，请换一个端口 cannot listen, take another --port: {error}"
    return ""


def _accounts(kept: Path) -> list[str]:
    """The demonstration accounts that were made on this machine."""
    if not kept.exists():
        return []
    return [
        "示范账户 demonstration accounts:",
        *(f"  {line.replace(chr(9), '  ')}" for line in kept.read_text(encoding="utf-8").splitlines()),
    ]
