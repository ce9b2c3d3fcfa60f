"""The command line and the settings, from the parser and the table that the product itself uses."""

import argparse
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.reference.markdown import page, table
from zuji.cli import _parser
from zuji.config.environment import SETTINGS
from zuji.engine.text import Language, Text

ROOT = Path(__file__).resolve().parents[2]


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands, in their order."""
    yield parser
    for action in parser._actions:  # noqa: SLF001 -- argparse has no public way to list commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- the same
            for child in dict.fromkeys(action.choices.values()):
                yield from parsers(child)


def synopsis(parser: argparse.ArgumentParser) -> str:
    """One line: the command with what it takes. Written here because argparse words it differently from version to version."""
    parts = [parser.prog]
    for action in arguments(parser):
        value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
        if action.option_strings:
            parts.append(f"[{action.option_strings[0]}{'' if action.nargs == 0 else f' {value}'}]")
        else:
            parts.append(str(value))
    return " ".join(parts)


def shown(action: argparse.Action) -> str:
    """What a person types for an argument."""
    return action.option_strings[0] if action.option_strings else str(action.metavar or action.dest)


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a command takes, besides help, version and commands of its own."""
    left_out = (argparse._HelpAction, argparse._VersionAction, argparse._SubParsersAction)  # noqa: SLF001 -- the kinds have no public names
    return [action for action in parser._actions if not isinstance(action, left_out)]  # noqa: SLF001 -- no public way to list them


def commands(language: Language) -> str:
    """The page of the command line."""
    listed = subprocess.run(["sh", str(ROOT / "x")], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607 -- our own file
    head = {"zh": ["参数", "默认", "含义"], "en": ["argument", "default", "meaning"]}[language]
    body = [f"## ./x\n\n```text\n{listed.rstrip()}\n```"]
    for parser in parsers(_parser()):
        taken = arguments(parser)
        if parser.get_default("run") is None:
            continue
        rows = [[f"`{shown(a)}`", "" if a.default is None else f"`{a.default}`", a.help or ""] for a in taken]
        body += [f"## {parser.prog}", parser.description or "", f"```text\n{synopsis(parser)}\n```", table(head, rows) if rows else ""]
    lead = Text(
        "`./x` 是唯一的命令清单；`./x zuji …` 是产品的命令行。退出状态：0 已核算，发现的问题和缺口已列出；2 用法有误；3 被拒绝，问题已列出，没有数值。",
        "`./x` is the only list of commands; `./x zuji …` is the product's command line. Exit status: 0 calculated, findings and gaps are listed; 2 usage; "
        "3 refused, findings are listed and there is no number.",
    )
    return page(Text("命令", "Commands"), lead, body, language)


def settings(language: Language) -> str:
    """The page of settings."""
    head = {"zh": ["环境变量", "默认", "用途"], "en": ["variable", "default", "what it is for"]}[language]
    rows = [[f"`{s.name}`", f"`{s.default}`" if s.default else "", s.help.in_(language)] for s in SETTINGS]
    lead = Text(
        "设置只来自环境变量。值有误或名称不存在时，产品不会启动，并指明是哪一个。",
        "Settings come from the environment alone. With a wrong value or an unknown name the product does not start, and says which.",
    )
    return page(Text("设置", "Settings"), lead, [table(head, rows)], language)
