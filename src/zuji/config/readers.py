"""How the text of a setting is read. Each reader raises ValueError with a sentence that says what is accepted."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Database:
    """Where the rows are kept. ``engine`` is ``sqlite`` or ``postgresql``."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes letters. ``tls`` is ``always``, ``starttls`` or ``never``."""

    host: str
    port: int
    user: str
    password: str
    tls: str


def boolean(text: str) -> bool:
    try:
        return _WORDS[text.strip().lower()]
    except KeyError:
        raise ValueError("write true or false") from None


def path(text: str) -> Path:
    if not text.strip():
        raise ValueError("write the path of a folder")
    return Path(text).expanduser().resolve()


def hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    for host in hosts:
        if "/" in host or ":" in host.strip("[]").replace("::", ""):
            raise ValueError(f"{host!r} is not a host name: write names separated by commas, without https:// and port")
    return hosts


def origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in text.split(",") if part.strip())
    for origin in origins:
        if not origin.startswith(("http://", "https://")):
            raise ValueError(f"{origin!r} must begin with https:// or http://")
    return origins


def address(text: str) -> str:
    """One origin, or nothing."""
    if "," in text:
        raise ValueError("one address is needed, such as https://zuji.example")
    return (origins(text) or ("",))[0]


def database(text: str) -> Database | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme in {"postgres", "postgresql"}:
        name = unquote(parts.path.lstrip("/"))
        if not name:
            raise ValueError("the address names no database: postgres://user:password@host:5432/NAME")
        host = unquote(parts.hostname or "")
        for pair in parts.query.split("&"):
            key, _, value = pair.partition("=")
            if key == "host":  # a socket folder, as libpq writes it
                host = unquote(value)
        return Database(
            engine="postgresql",
            name=name,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=host,
            port=str(parts.port or ""),
        )
    if parts.scheme == "sqlite":
        name = unquote(parts.path)
        return Database(engine="sqlite", name=name[1:] if name.startswith("//") else name)
    raise ValueError("write postgres://user:password@host:5432/name or sqlite:///path, or leave it out for SQLite in ZUJI_DATA")


def secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("a secret key needs at least 32 characters; leave it out and one is made and kept in ZUJI_DATA")
    return text


def level(text: str) -> str:
    level = text.strip().upper()
    if level not in _LEVELS:
        raise ValueError(f"write one of {', '.join(_LEVELS)}")
    return level


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 64:
        raise ValueError("write a whole number from 1 to 64")
    return int(text)


def mebibytes(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 100:
        raise ValueError("write a whole number of MiB from 1 to 100")
    return int(text)


def cluster(text: str) -> str:
    address = text.strip()
    if address:
        parts = urlsplit(address)
        if parts.scheme not in {"tcp", "tls"} or not parts.hostname or not parts.port:
            raise ValueError("write tcp://host:port or tls://host:port of a Dask scheduler, or leave it out to calculate on this machine")
    return address


def job_workers(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 <= int(text) <= 16:
        raise ValueError("write a whole number from 0 to 16")
    return int(text)


def zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("write the name of a time zone, such as Asia/Shanghai") from None
    return text


def mail(text: str) -> MailServer | None:
    if not text:
        return None
    parts = urlsplit(text)
    kinds = {"smtps": ("always", 465), "smtp": ("starttls", 587), "smtp+plain": ("never", 25)}
    if parts.scheme not in kinds or not parts.hostname:
        raise ValueError("write smtps://user:password@host:465, smtp:// for STARTTLS, or smtp+plain:// for a server on this machine")
    tls, port = kinds[parts.scheme]
    return MailServer(
        host=parts.hostname, port=parts.port or port, user=unquote(parts.username or ""), password=unquote(parts.password or ""), tls=tls
    )


def sender(text: str) -> str:
    if "@" not in text or any(character in text for character in "\r\n"):
        raise ValueError("write an e-mail address, such as zuji@example.org")
    return text.strip()


def hours(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 720:
        raise ValueError("write a whole number of hours from 1 to 720")
    return int(text)


def log_format(text: str) -> str:
    form = text.strip().lower()
    if form not in {"json", "text"}:
        raise ValueError("write json or text")
    return form


def hours_or_never(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 8760:
        raise ValueError("write a whole number of hours from 0 to 8760")
    return int(text)
