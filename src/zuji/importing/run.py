"""The import itself: source, child process, parts on the disk, inventory, judgement, summary."""

import contextlib
import fcntl
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from zuji.engine.text import Text
from zuji.formats.databases import READER
from zuji.formats.gate import Case, Judgement, judge, summary
from zuji.formats.gate.linking import Rule
from zuji.formats.gate.overruling import Overruling
from zuji.formats.intake import PackageRefused
from zuji.formats.inventory import Inventory, Part, gather, part_from_plain
from zuji.importing.sources import digest_of_stream, open_source
from zuji.sandbox import Done, Limits, Outcome, Refused, TimedOut, TooBig, stream

MIB = 2**20
LIMITS = Limits(memory=3072 * MIB, cpu=1200, wall=2400, output=4096 * MIB)
Progress = Callable[[int, int], None]  # files read, of how many (0 while that is not known)


class ImportRefused(Exception):
    """Nothing was imported. ``text`` says why, for the person who gave the package."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Imported:
    """What an import brought: the database as read, the judgement on it, and the release summary (plain data)."""

    inventory: Inventory
    case: Case
    judgement: Judgement
    release: dict[str, object]
    resumed_at: int
    spool: Path | None = None

    def finish(self) -> None:
        """What was read is kept elsewhere, or is not wanted: the file with it is removed."""
        if self.spool is not None:
            self.spool.unlink(missing_ok=True)


def import_inventory(
    path: Path,
    form: str,
    *,
    rule: Rule = "stated",
    year: int,
    work: Path | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
    keep: bool = False,
) -> Imported:
    """Read the package at ``path`` as ``form``, judge it in ``year`` with the linking ``rule``, and sum it up.

    With ``work``, a folder, what was read so far stays there when the import is interrupted, and the next call with the same package goes
    on from the first file that was not read whole. A file is the smallest step: what it holds comes in as a whole or not at all, and files with many
    datasets (EcoSpold 1, SimaPro, Brightway) share flows and units between them. When all is judged it is removed; with ``keep``, for whoever stores
    the import, only by :meth:`Imported.finish`, so that nothing is read again if storing is interrupted. Two imports of one package in one folder
    exclude each other. Raises :class:`ImportRefused`; whatever the package does to the child, the caller lives.
    """
    try:
        with tempfile.TemporaryDirectory() as own:
            with open_source(path) as source, contextlib.ExitStack() as stack:
                package = digest_of_stream(source)
                spool = (work or Path(own)) / f"{package[:32]}-{form}-{READER}.jsonl"
                spool.parent.mkdir(parents=True, exist_ok=True)
                lock = stack.enter_context(spool.open("ab"))
                _alone(lock)
                start = _lines(spool)
                arguments: dict[str, str | int | bool | None] = {"form": form, "name": path.name, "start": start}
                counter = _Counter(spool, start, progress)
                outcome = stream("zuji.formats.databases:read_package", source, spool, arguments=arguments, limits=limits, progress=counter)
            if not isinstance(outcome, Done):
                raise ImportRefused(_why(outcome))
            inventory = gather(form, _parts(spool))
            kept = spool if work is not None else None
    except PackageRefused as refused:
        raise ImportRefused(refused.text) from None
    except OSError as error:
        raise ImportRefused(Text(f"无法读取 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}")) from None
    if not inventory.datasets and not inventory.faults:
        spool.unlink(missing_ok=True)
        raise ImportRefused(
            Text(
                f"其中没有 {form} 格式的数据集。请核对所选格式。",
                f"There is no dataset of the format {form} in it. Check the format you chose.",
            )
        )
    case = Case(inventory, year)
    judgement = judge(case, rule)
    done = Imported(inventory, case, judgement, summary(case, judgement, name=path.name, package=package), start, kept)
    if not keep:
        done.finish()
    return done


def _alone(spool: IO[bytes]) -> None:
    """Take the spool for this process: it is free again when that has ended, however it ends, and its child ends with it."""
    try:
        fcntl.flock(spool, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ImportRefused(
            Text(
                "另一个导入正在同一文件夹中读取这个数据包，请等它结束。",
                "Another import reads this package in the same folder. Wait until it has ended.",
            )
        ) from None


def decided(done: Imported, overrulings: Sequence[Overruling]) -> Imported:
    """The same import judged again under the decisions of named persons, which its summary and its hash then hold."""
    if tuple(overrulings) == done.judgement.overruled:
        return done
    judgement = judge(done.case, done.judgement.linking.rule, overrulings)
    package = done.release["package"]
    assert isinstance(package, dict)
    again = summary(done.case, judgement, name=package["name"], package=package["sha256"])
    return replace(done, judgement=judgement, release=again)


def _parts(spool: Path) -> Iterator[Part]:
    """The parts of the spool, validated: what came from the child is not believed."""
    with spool.open("rb") as lines:
        for line in lines:
            yield part_from_plain(json.loads(line)["part"])


def _lines(spool: Path) -> int:
    """How many whole lines earlier work left; a line cut off at the end is removed."""
    if not spool.exists():
        return 0
    content = spool.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with spool.open("rb+") as file:
            file.truncate(whole)
    return content.count(b"\n", 0, whole)


class _Counter:
    """Counts the lines that appear in the spool and tells how far the work is."""

    def __init__(self, spool: Path, start: int, progress: Progress | None) -> None:
        self._spool = spool
        self._lines = start
        self._at = spool.stat().st_size if spool.exists() else 0
        self._of = 0
        self._progress = progress

    def __call__(self, size: int) -> None:
        if self._progress is None or size <= self._at:
            return
        with self._spool.open("rb") as file:
            file.seek(self._at)
            new = file.read(size - self._at)
        if not self._of and (end := new.find(b"\n")) >= 0:
            self._of = int(json.loads(new[:end]).get("of", 0))
        self._lines += new.count(b"\n")
        self._at = size
        self._progress(self._lines, self._of)


def _why(outcome: Outcome) -> Text:
    if isinstance(outcome, Refused):
        return outcome.text
    if isinstance(outcome, TooBig):
        what = Text("内存", "memory") if outcome.what == "memory" else Text("数据量", "amount of data")
        return Text(
            f"读取所需的{what.zh}超过限额，未导入任何内容。", f"Reading it takes more than the allowed {what.en}: nothing was imported."
        )
    if isinstance(outcome, TimedOut):
        return Text(
            "读取超时，未导入任何内容；再次运行会从中断处继续。",
            "Reading took too long: nothing was imported; running again goes on from there.",
        )
    return Text("读取进程异常终止，未导入任何内容。", "The process that reads it ended abnormally: nothing was imported.")
