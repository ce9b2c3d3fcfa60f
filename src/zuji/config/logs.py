"""What a line of the log holds, as JSON or as text for a person (ADR 0016).

A line holds fields of this list and nothing else. Messages of exceptions and the arguments of other packages' messages are left out:
they may hold an enterprise's data, an address or a token. A reader finds the place in the code instead.
"""

import datetime
import json
import logging
import re
import traceback
from pathlib import Path

from zuji.web.requests import CURRENT

FIELDS = ("method", "route", "status", "ms", "user", "job", "kind", "attempt", "sha256", "outcome", "error")
_PLAIN = re.compile(r"[\w.:/@-]+", re.ASCII)
_PACKAGES = re.compile(r".*/(?:site-packages|python3\.\d+|src)/")


def fields(record: logging.LogRecord) -> dict[str, object]:
    """The content of a line, in the order in which it is written."""
    at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
    line: dict[str, object] = {"time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), "level": record.levelname}
    template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    if record.name == "zuji" or record.name.startswith("zuji."):
        line["event"] = template
    else:
        line["event"] = record.name
        line["at"] = f"{_short(record.pathname)}:{record.lineno}"
        if record.args or record.name in {"granian", "_granian"}:  # without arguments it may have been put together with data
            line["says"] = template
    if number := CURRENT.get():
        line["request"] = number
    line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
    if record.exc_info and record.exc_info[1] is not None:
        line |= _error(record.exc_info[1])
    return line


def _error(error: BaseException) -> dict[str, object]:
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 8:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": " from ".join(kinds), "trace": [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames]}


def _short(path: str) -> str:
    """A file's name without the folders of this machine."""
    return _PACKAGES.sub("", Path(path).as_posix())


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        # ASCII: no character of any alphabet can end the line or turn its direction.
        return json.dumps(fields(record), ensure_ascii=True, separators=(",", ":"), default=lambda value: type(value).__name__)


class TextLines(logging.Formatter):
    """The same for a person at a terminal: time, level, event, then ``name=value``; the way to an error on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line = fields(record)
        trace = line.pop("trace", [])
        places = trace if isinstance(trace, list) else []
        head = [str(line.pop("time")), f"{line.pop('level')!s:7}", _word(line.pop("event"))]
        rest = [f"{name}={_word(value)}" for name, value in line.items()]
        return "\n".join([" ".join([*head, *rest]), *(f"    {json.dumps(place)[1:-1]}" for place in places)])


def _word(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


def logging_settings(level: str, form: str) -> dict[str, object]:
    """Django's ``LOGGING``; it serves granian too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonLines if form == "json" else TextLines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},  # not also in Django's own form
            "django.request": {"level": "ERROR"},  # what was missing or forbidden stands in the line of its request
            "django.server": {"handlers": [], "propagate": True},
            "_granian": {"level": "WARNING"},
            "granian.access": {"level": "WARNING"},
        },
    }
