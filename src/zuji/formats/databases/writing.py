"""An inventory as files of another format: the one way out, whoever the inventory is from.

    written = write_inventory(inventory, "tidas")
    archive = zipped(with_report(written, "tidas"))

The inventory is an imported database, a part of one, or made by whoever has datasets of its own, such as governed factors: those fill
``documentation`` with :class:`zuji.formats.ilcd.Tree`, so that reviews and classes are in the files.
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping

from zuji.engine.text import Text
from zuji.formats import ilcd, tidas
from zuji.formats.ilcd import LOSSES, Written
from zuji.formats.inventory import Inventory

WRITERS: Mapping[str, Callable[[Inventory], Written]] = {"ilcd": ilcd.write_package, "tidas": tidas.write_package}
REPORT = "zuji-export.json"
# What is said of a gap, by how it is treated; see :class:`zuji.formats.ilcd.Gap`.
GAPS: Mapping[str, Text] = {
    "absent": Text(
        "格式要求而数据中没有：留空，该文件不合格式。",
        "The format demands it and the data lack it: left out, so that the file is not valid.",
    ),
    "unknown": Text(
        "格式要求而数据中没有：写作格式自己的“未知”。",
        "The format demands it and the data lack it: the format's own word for unknown is written.",
    ),
    "dangling": Text("指向另一个数据包中的数据集。", "Refers to a dataset of another package."),
    "broken": Text("指向不存在的编号：不写出。", "Refers to nothing that is an identifier: left out."),
    "language": Text(
        "文字与所标语言不符：按文字改标；无法改标的照原样。",
        "A text is marked as another language than it is in: marked anew, or left where it cannot be.",
    ),
}


def write_inventory(inventory: Inventory, form: str) -> Written:
    """The files of an inventory in a format of WRITERS, with what they cannot carry and what they lack."""
    return WRITERS[form](inventory)


def invalid(written: Written) -> tuple[str, ...]:
    """The files that lack something the format demands; each is named in the gaps."""
    return tuple(dict.fromkeys(gap.file for gap in written.gaps if gap.how == "absent"))


def report(written: Written, form: str) -> dict[str, object]:
    """What is in the files, what they do not carry and what they lack, as plain data."""
    lost, gaps = Counter(one.what for one in written.lost), Counter(gap.how for gap in written.gaps)
    folders = Counter(name.removeprefix("ILCD/").partition("/")[0] for name in written.files)
    return {
        "format": form,
        "files": dict(sorted(folders.items())),
        "not_valid": len(invalid(written)),
        "not_carried": {what: {"number": n, "zh": LOSSES[what].zh, "en": LOSSES[what].en} for what, n in sorted(lost.items())},
        "missing": {how: {"number": n, "zh": GAPS[how].zh, "en": GAPS[how].en} for how, n in sorted(gaps.items())},
        "list_not_carried": [
            {"what": one.what, "dataset": one.dataset, **({} if one.exchange is None else {"exchange": one.exchange})}
            for one in written.lost
        ],
        "list_missing": [{"file": gap.file, "field": gap.field, "how": gap.how} for gap in written.gaps],
    }


def with_report(written: Written, form: str) -> dict[str, bytes]:
    """The files, and beside them the report."""
    said = json.dumps(report(written, form), ensure_ascii=False, indent=1).encode()
    return {**written.files, REPORT: said}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip without times of its own: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
