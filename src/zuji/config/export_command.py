"""``zuji export``: an inventory as ILCD or TIDAS, with what the format cannot carry and what is missing."""

import argparse
import datetime
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from zuji.config.import_command import FORMAT_NAMES

if TYPE_CHECKING:
    from zuji.engine.text import Language
    from zuji.formats.inventory import Inventory

FORMS = ("ilcd", "tidas")
DONE, USAGE, REFUSED = 0, 2, 3
_CODE = re.compile(r"[0-9a-f]{16}", re.ASCII)


class _Ended(Exception):  # not an error of the program: the command ends with words and a status
    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.words = words
        self.status = status


def add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command; loading readers and writers waits until it runs."""
    parser = commands.add_parser("export", help="write a database as ILCD or TIDAS 导出为 ILCD 或 TIDAS")
    parser.add_argument("form", choices=FORMS, metavar="FORMAT", help=" | ".join(FORMS))
    parser.add_argument(
        "source", metavar="SOURCE", help="a file or folder, or the code of a stored release 文件、文件夹，或已存入版本的代码"
    )
    parser.add_argument("--from", dest="origin", choices=FORMAT_NAMES, metavar="FORMAT", help="format of a file or folder 文件的格式")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER|FILE.zip", help="a new folder or a zip 新文件夹或 zip")
    parser.add_argument(
        "--dataset", action="append", default=[], metavar="UUID", help="only this dataset and what it names; repeatable 只导出该数据集"
    )
    parser.add_argument(
        "--strict", action="store_true", help="write nothing where a file would lack what the format demands 缺必填项时不写出"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Export and report; 0 when files were written, 3 when refused, 2 when the arguments cannot be used."""
    from zuji.formats.databases import invalid, report, with_report, write_inventory  # noqa: PLC0415  # lxml takes a while to load

    language: Language = chosen.lang
    try:
        _free(chosen.to)
        written = write_inventory(_inventory(chosen), chosen.form)
    except _Ended as ended:
        sys.stderr.write(f"zuji: {ended.words}\n")
        return ended.status
    sys.stdout.write(table(report(written, chosen.form), language) + "\n")
    if chosen.strict and (faulty := invalid(written)):
        named = "\n".join(f"  {gap.file}: {gap.field}" for gap in written.gaps if gap.how == "absent")
        sys.stderr.write(
            f"zuji: --strict: {len(faulty)} 个文件缺必填项，没有写出 / files lack what is demanded, nothing was written\n{named}\n"
        )
        return REFUSED
    _write(chosen.to, with_report(written, chosen.form))
    return DONE


def table(said: dict[str, object], language: "Language") -> str:
    """The report for a terminal."""
    from zuji.documents.terminal import columns  # noqa: PLC0415  # the same

    zh = language == "zh"
    files = cast("dict[str, int]", said["files"])
    blocks = [columns([[name, f"{n:,}"] for name, n in files.items()], right={1})]
    titles = {"not_carried": "格式不能承载的 / what the format cannot carry", "missing": "缺少的 / what is missing"}
    for key, title in titles.items():
        held = cast("dict[str, dict[str, object]]", said[key])
        if held:
            lines = [[what, f"{one['number']:,}", str(one["zh" if zh else "en"])] for what, one in held.items()]
            blocks.append([title, *columns(lines, right={1})])
    count = said["not_valid"]
    blocks.append([f"{count} 个文件缺格式的必填项" if zh else f"files that lack something the format demands: {count}"])
    return "\n\n".join("\n".join(block) for block in blocks)


def _inventory(chosen: argparse.Namespace) -> "Inventory":
    from zuji.formats.inventory.selection import selected  # noqa: PLC0415  # the same

    inventory = _read(Path(chosen.source), chosen.origin) if Path(chosen.source).exists() else _stored(chosen.source)
    if not chosen.dataset:
        return inventory
    missing = set(chosen.dataset) - {dataset.id for dataset in inventory.datasets}
    if missing:
        raise _Ended(f"没有数据集 / there is no dataset {', '.join(sorted(missing))}", USAGE)
    return selected(inventory, set(chosen.dataset))


def _read(path: Path, origin: str | None) -> "Inventory":
    from zuji.importing import ImportRefused, import_inventory  # noqa: PLC0415  # the same

    if origin is None:
        raise _Ended(f"请用 --from 写明 {path} 的格式 / say the format of {path} with --from: {' | '.join(FORMAT_NAMES)}", USAGE)
    year = datetime.date.today().year  # noqa: DTZ011  # the calendar year of the place where it is read
    try:
        return import_inventory(path, origin, rule="none", year=year).inventory
    except ImportRefused as refused:
        raise _Ended(f"{path}: {refused.text.zh}\n{refused.text.en}", REFUSED) from None


def _stored(code: str) -> "Inventory":
    if not _CODE.fullmatch(code):
        raise _Ended(f"{code}: 不是文件，也不是已存入版本的代码（zuji inventory list） / neither a file nor the code of a release", USAGE)
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.inventory.keeping import inventory_of  # noqa: PLC0415  # the same
    from zuji.registry.refusals import NotFound, RegistryError  # noqa: PLC0415  # the same

    try:
        return inventory_of(code, viewer=SYSTEM)
    except NotFound:
        raise _Ended(f"没有版本 {code} / there is no release {code}", USAGE) from None
    except RegistryError as refused:
        raise _Ended(f"{refused.text.zh}\n{refused.text.en}", REFUSED) from None


def _free(target: Path) -> None:
    """Nothing is overwritten: neither a file nor a folder with something in it."""
    if target.suffix.lower() == ".zip":
        if target.exists():
            raise _Ended(f"{target}: 已存在 / exists already", USAGE)
        if not target.resolve().parent.is_dir():
            raise _Ended(f"{target}: 文件夹不存在 / the folder does not exist", USAGE)
    elif target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise _Ended(f"{target}: 不是空文件夹 / is not an empty folder", USAGE)


def _write(target: Path, files: dict[str, bytes]) -> None:
    from zuji.formats.databases import zipped  # noqa: PLC0415  # the same

    if target.suffix.lower() == ".zip":
        part = target.with_name(f".{target.name[:200]}.part")
        try:
            part.write_bytes(zipped(files))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
