"""``zuji import``: read an inventory database, pass it through the gate, print what came in and what did not."""

import argparse
import datetime
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from zuji.config.inventory_command import add_keeping, cost, decide, keep, unready

if TYPE_CHECKING:
    from zuji.engine.text import Language

FORMAT_NAMES = ("ilcd", "tidas", "ecospold1", "ecospold2", "olca", "simapro", "brightway")
RULE_NAMES = ("none", "stated", "only-provider", "location-then-only", "location-then-share")
DONE, USAGE, REFUSED = 0, 2, 3
_FEWEST_FOR_PROGRESS = 200

Summary = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command; loading readers and gate waits until it runs."""
    parser.add_argument("form", choices=FORMAT_NAMES, metavar="FORMAT", help=" | ".join(FORMAT_NAMES))
    parser.add_argument("path", type=Path, metavar="PATH", help="a file, an archive or a folder 文件、压缩包或文件夹")
    parser.add_argument("--link", choices=RULE_NAMES, default="stated", help="how inputs are linked to suppliers 链接规则")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the release summary with every finding 另存为 JSON")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="keep what was read when interrupted, and go on from it 断点续读")
    parser.add_argument("--year", type=int, default=None, help="judge the age of data as of this year 以该年份判断数据年龄")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    add_keeping(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Import and report; 0 when datasets came in, 3 when none did, 2 when the path cannot be used."""
    from zuji.importing import ImportRefused, import_inventory  # noqa: PLC0415  # scipy and lxml take a second to load

    language: Language = chosen.lang
    path: Path = chosen.path
    if not path.exists():
        return _say_error(f"{path}: 不存在 / does not exist", USAGE)
    if chosen.json is not None and not chosen.json.resolve().parent.is_dir():
        return _say_error(f"--json {chosen.json}: 文件夹不存在 / the folder does not exist", USAGE)
    year = chosen.year or datetime.date.today().year  # noqa: DTZ011  # the calendar year of the place where it is judged
    if chosen.store and (why := unready(chosen)):
        return _say_error(why, USAGE)
    started = time.monotonic()
    try:
        done = import_inventory(path, chosen.form, rule=chosen.link, year=year, work=chosen.work, progress=_progress, keep=chosen.store)
    except ImportRefused as refused:
        return _say_error(f"{path}: {refused.text.zh}\n{refused.text.en}", REFUSED)
    if chosen.store:
        done = decide(done)
    if chosen.json is not None:
        _write(chosen.json, json.dumps(done.release, ensure_ascii=False, indent=1))
    sys.stdout.write(table(done.release, language) + "\n")
    if done.resumed_at:
        told = f"断点续读：前 {done.resumed_at:,} 个文件上次已读入" if language == "zh" else f"went on from file {done.resumed_at + 1:,}"
        sys.stdout.write("\n" + told + "\n")
    if chosen.store and (status := keep(chosen, done, language)):
        return status
    done.finish()
    sys.stdout.write("\n" + cost(time.monotonic() - started, language) + "\n")
    return DONE if done.judgement.admitted else REFUSED


def table(release: Summary, language: "Language") -> str:
    """The summary for a terminal."""
    from zuji.documents.terminal import columns  # noqa: PLC0415  # the same
    from zuji.engine.text import Text  # noqa: PLC0415  # the same

    def say(zh: str, en: str) -> str:
        return Text(zh, en).in_(language)

    counts = cast("dict[str, int]", release["counts"])
    rows = [[say(*_COUNTS[key]), f"{counts[key]:,}"] for key in _COUNTS]
    coverage = cast("dict[str, dict[str, object]]", release["coverage"])
    shares = [
        [say(*_SHARES[key]), f"{c['percent'] or '-'} %", f"{c['part']:,} / {c['of']:,}"] for key, c in coverage.items() if key in _SHARES
    ]
    found = cast("dict[str, dict[str, int]]", release["found"])
    reasons = cast("dict[str, int]", release["reasons"])
    blocks = [columns(rows, right={1}), columns(shares, right={1, 2})]
    if reasons:
        title = [[say("未采用的原因", "kept out because of"), say("数据集", "datasets")]]
        most = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        blocks.append(columns([*title, *([code, f"{n:,}"] for code, n in most)], right={1}))
    warnings = {code: by["warning"] for code, by in found.items() if "warning" in by}
    if warnings:
        title = [[say("警告", "warnings"), say("条", "number")]]
        blocks.append(columns([*title, *([code, f"{n:,}"] for code, n in sorted(warnings.items()))], right={1}))
    if overruled := cast("list[dict[str, str]]", release["overruled"]):
        title = [[say("经人审阅后采用", "admitted after a person's review"), say("检查", "check"), say("决定人", "decided by")]]
        blocks.append(columns([*title, *([o["dataset"], o["check"], o["by"]] for o in overruled)], right=set()))
    gate = cast("dict[str, object]", release["gate"])
    links = cast("dict[str, dict[str, int]]", release["links"])
    linked = ", ".join(f"{how} {n:,}" for how, n in links["made"].items()) or "0"
    left = ", ".join(f"{why} {n:,}" for why, n in links["open"].items()) or "0"
    tail = [
        [say("链接规则", "linking rule"), str(gate["rule"])],
        [say("已链接", "linked"), linked],
        [say("缺口", "gaps"), left],
        [say("哈希", "hash"), str(release["hash"])],
    ]
    blocks.append(columns(tail, right=set()))
    return "\n\n".join("\n".join(block) for block in blocks)


_COUNTS = {
    "datasets": ("读入的数据集", "datasets read"),
    "admitted": ("采用", "admitted"),
    "complete": ("其中供应链无缺口", "of which without a gap in their supply"),
    "refused": ("未采用", "kept out"),
    "unreadable": ("无法读取", "unreadable"),
    "superseded": ("旧版本", "older versions"),
    "exchanges": ("交换", "exchanges"),
    "flows": ("流", "flows"),
}
_SHARES = {
    "datasets": ("覆盖：数据集", "coverage: datasets"),
    "exchanges": ("覆盖：交换", "coverage: exchanges"),
    "greenhouse_gases": ("覆盖：温室气体有增温潜势", "coverage: greenhouse gases with a GWP"),
    "supplied_inputs": ("覆盖：投入有供应数据集", "coverage: inputs with a supplier"),
    "complete": ("覆盖：供应链无缺口的数据集", "coverage: datasets without a gap"),
}


def _progress(done: int, of: int) -> None:
    """A line that is written over, on a terminal only."""
    if sys.stderr.isatty() and of >= _FEWEST_FOR_PROGRESS:
        sys.stderr.write(f"\r{done:,} / {of:,}" + ("\n" if done >= of else ""))
        sys.stderr.flush()


def _say_error(message: str, status: int) -> int:
    sys.stderr.write(f"zuji: {message}\n")
    return status


def _write(path: Path, content: str) -> None:
    """A file as a whole or not at all."""
    part = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        part.write_text(content, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
