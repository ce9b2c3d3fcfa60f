"""Every setting of the product: one table, read once, refused with a sentence when it is wrong.

The table is the only list: :mod:`zuji.config.settings` reads it, the reference page is made from it, and a test
compares the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zuji.config import readers
from zuji.config.readers import Database, MailServer
from zuji.engine.text import Text


class BadSetting(ValueError):
    """A setting whose value cannot be used. The message names it, says why, and what is accepted."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the environment, how it is read, what it is when left out, and what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    help: Text


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "ZUJI_DATA",
        readers.path,
        "var",
        Text("存放数据库、密钥和静态文件的文件夹", "folder that holds the database, the secret key and the collected static files"),
    ),
    Setting(
        "DATABASE_URL",
        readers.database,
        "",
        Text(
            "数据库地址，如 postgres://用户:密码@主机:5432/库名；不填则用 ZUJI_DATA 中的 SQLite",
            "address of the database, such as postgres://user:password@host:5432/name; left out: SQLite in ZUJI_DATA",
        ),
    ),
    Setting(
        "ZUJI_SECRET_KEY",
        readers.secret,
        "",
        Text(
            "签署会话与表单的密钥，至少 32 个字符；不填则首次运行时生成并存入 ZUJI_DATA",
            "key that signs sessions and forms, at least 32 characters; left out: made at the first start and kept in ZUJI_DATA",
        ),
    ),
    Setting(
        "ZUJI_ALLOWED_HOSTS",
        readers.hosts,
        "127.0.0.1,localhost,[::1]",
        Text("本站响应的主机名，以逗号分隔", "host names that the site answers to, separated by commas"),
    ),
    Setting(
        "ZUJI_TRUSTED_ORIGINS",
        readers.origins,
        "",
        Text(
            "在代理之后可提交表单的来源，含 https://，以逗号分隔",
            "origins that may send forms when the site stands behind a proxy, with https://, separated by commas",
        ),
    ),
    Setting(
        "ZUJI_HTTPS",
        readers.boolean,
        "false",
        Text(
            "站点经 HTTPS 访问：Cookie 仅经加密连接发送，并启用 HSTS 与跳转",
            "the site is reached by HTTPS: cookies travel encrypted only, HSTS and the redirect are on",
        ),
    ),
    Setting(
        "ZUJI_TIME_ZONE",
        readers.zone,
        "Asia/Shanghai",
        Text("页面显示时间所用的时区；不影响任何计算结果", "time zone in which pages show times; it changes no result"),
    ),
    Setting("ZUJI_SESSION_HOURS", readers.hours, "12", Text("登录后多少小时须重新登录", "hours after which a person has to sign in again")),
    Setting(
        "ZUJI_MAIL",
        readers.mail,
        "",
        Text(
            "发信服务器，如 smtps://用户:密码@主机:465（smtp:// 为 STARTTLS）；不填则邮件存入 ZUJI_DATA/mail，不发出",
            "server that sends letters, such as smtps://user:password@host:465 (smtp:// for STARTTLS); "
            "left out: letters are kept in ZUJI_DATA/mail and not sent",
        ),
    ),
    Setting(
        "ZUJI_ADDRESS",
        readers.address,
        "",
        Text(
            "本站的网址，用于信件中的链接，如 https://zuji.example；不填则取 ZUJI_TRUSTED_ORIGINS 的第一个，再不然为 http://127.0.0.1:8000",
            "address of the site, for links in letters, such as https://zuji.example; "
            "left out: the first of ZUJI_TRUSTED_ORIGINS, or else http://127.0.0.1:8000",
        ),
    ),
    Setting("ZUJI_MAIL_FROM", readers.sender, "zuji@localhost", Text("邮件的发件人地址", "address that letters come from")),
    Setting("ZUJI_WORKERS", readers.count, "2", Text("应答网页的进程数", "number of processes that answer pages")),
    Setting(
        "ZUJI_UPLOAD_LIMIT", readers.mebibytes, "20", Text("单个佐证文件的上限，以 MiB 计", "largest evidence file that is taken, in MiB")
    ),
    Setting(
        "ZUJI_JOB_WORKERS",
        readers.job_workers,
        "1",
        Text(
            "zuji serve 启动的后台任务进程数；0：由 zuji worker 另行启动",
            "number of processes that zuji serve starts for background jobs; 0: zuji worker is started apart",
        ),
    ),
    Setting(
        "ZUJI_CLUSTER",
        readers.cluster,
        "",
        Text(
            "Dask 调度器的地址，如 tcp://10.0.0.5:8786：蒙特卡洛与情景批次在集群上计算；留空则在本机。须为专用网络",
            "address of a Dask scheduler, such as tcp://10.0.0.5:8786: batches of Monte Carlo and scenarios run there; empty: on this machine. "
            "On a private network only",
        ),
    ),
    Setting("ZUJI_LOG_LEVEL", readers.level, "INFO", Text("日志的最低级别", "lowest level that is logged: DEBUG, INFO, WARNING or ERROR")),
    Setting(
        "ZUJI_LOG_FORMAT",
        readers.log_format,
        "json",
        Text("日志形式：json（每行一个对象）或 text（便于人读）", "form of the log: json, an object a line, or text for a person"),
    ),
    Setting(
        "ZUJI_BACKUP_WITHIN",
        readers.hours_or_never,
        "0",
        Text(
            "最近一次备份超过多少小时，就绪检查即提示；0：不检查",
            "hours after which the readiness check says that the last backup is old; 0: not watched",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Values:
    """The settings of this process, read and typed."""

    data: Path
    database: Database | None
    secret_key: str
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    https: bool
    time_zone: str
    session_hours: int
    mail: MailServer | None
    address: str
    mail_from: str
    workers: int
    upload_limit: int
    job_workers: int
    cluster: str
    log_level: str
    log_format: str
    backup_within: int


_FIELDS = {
    "ZUJI_DATA": "data",
    "DATABASE_URL": "database",
    "ZUJI_SECRET_KEY": "secret_key",
    "ZUJI_ALLOWED_HOSTS": "allowed_hosts",
    "ZUJI_TRUSTED_ORIGINS": "trusted_origins",
    "ZUJI_HTTPS": "https",
    "ZUJI_TIME_ZONE": "time_zone",
    "ZUJI_SESSION_HOURS": "session_hours",
    "ZUJI_MAIL": "mail",
    "ZUJI_ADDRESS": "address",
    "ZUJI_MAIL_FROM": "mail_from",
    "ZUJI_WORKERS": "workers",
    "ZUJI_UPLOAD_LIMIT": "upload_limit",
    "ZUJI_JOB_WORKERS": "job_workers",
    "ZUJI_CLUSTER": "cluster",
    "ZUJI_LOG_LEVEL": "log_level",
    "ZUJI_LOG_FORMAT": "log_format",
    "ZUJI_BACKUP_WITHIN": "backup_within",
}


def read(environ: Mapping[str, str]) -> Values:
    """The settings that ``environ`` states; what it leaves out has the table's default.

    Raises:
        BadSetting: naming every setting that cannot be used, and every ``ZUJI_`` name that does not exist.
    """
    known = {setting.name for setting in SETTINGS}
    faults = [
        f"{name}: there is no such setting" for name in sorted(environ) if name.startswith("ZUJI_") and name not in known | _ELSEWHERE
    ]
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        try:
            values[_FIELDS[setting.name]] = setting.read(environ.get(setting.name, setting.default))
        except ValueError as fault:
            faults.append(f"{setting.name}: {fault}")
    if faults:
        raise BadSetting("Zuji does not start: " + "; ".join(faults))
    return Values(**values)


# Names that belong to the command x and to the tests, not to the product.
_ELSEWHERE = {"ZUJI_LEFT_OUT"}
