"""``zuji import --store`` and ``zuji inventory``: keep an imported database as a release, list releases, take values over as factors."""

import argparse
import resource
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zuji.engine.text import Language
    from zuji.importing import Imported
    from zuji.registry.inventory import queries

DONE, USAGE, REFUSED = 0, 2, 3
_KIB_PER_MIB = 1024


def add_keeping(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``zuji import`` by which the database is kept."""
    kept = parser.add_argument_group("keeping it on the platform 存入平台")
    kept.add_argument("--store", action="store_true", help="solve it and keep it as a release 求解并存为一个版本")
    kept.add_argument("--name", metavar="WORDS", help="what the database is called 数据库名称")
    kept.add_argument("--edition", default="", metavar="WORDS", help="its version, as its publisher gives it 发布者给出的版次")
    kept.add_argument("--publisher", metavar="WORDS", help="who publishes it 发布者")
    kept.add_argument("--licence", metavar="WORDS", help="its licence 许可")
    kept.add_argument("--address", default="", metavar="URL", help="where it comes from 来源网址")
    kept.add_argument(
        "--public", action="store_true", help="its licence lets everybody read it here; left out: operators only 许可允许公开查看"
    )


def add_inventory(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """``zuji inventory list | overrule | draw | adopt``."""
    kinds = commands.add_parser("inventory", help="the basic databases that are kept 已存入的基础数据库").add_subparsers(
        required=True, metavar="COMMAND"
    )
    kinds.add_parser("list", help="list the releases 列出各版本").set_defaults(run=_list)
    overrule = kinds.add_parser("overrule", help="let a refused dataset in after a person looked at it 审阅后推翻导入检查的结论")
    overrule.add_argument("release", metavar="RELEASE", help="code of the release in which it was refused 版本代码")
    overrule.add_argument("dataset", metavar="UUID", help="identifier of the dataset 数据集编号")
    overrule.add_argument("check", metavar="CHECK", help="the check that refused it 检查代码")
    overrule.add_argument("--by", required=True, metavar="NAME", help="who decides 作出决定的人")
    overrule.add_argument("--reason", required=True, metavar="WORDS", help="why 理由")
    overrule.add_argument("--withdraw", action="store_true", help="take the decision back 撤回决定")
    overrule.set_defaults(run=_overrule)
    draw = kinds.add_parser("draw", help="draw a dataset by the uncertainties that its database states 按数据库给出的不确定性抽样")
    draw.add_argument("release", metavar="RELEASE", help="code of the release 版本代码")
    draw.add_argument("dataset", metavar="UUID", help="identifier of the dataset 数据集编号")
    draw.add_argument("--draws", type=int, default=1000, metavar="N", help="how many 抽样次数")
    draw.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same draws 随机种子")
    draw.add_argument("--column", default="AR6/total", metavar="NAME", help="such as AR5/fossil 例如 AR5/fossil")
    draw.set_defaults(run=_draw)
    adopt = kinds.add_parser("adopt", help="take the values of datasets over as unverified factors 采用数据集的数值为未核实因子")
    adopt.add_argument("release", metavar="RELEASE", help="code of the release 版本代码")
    adopt.add_argument("datasets", metavar="UUID", nargs="+", help="identifiers of the datasets 数据集编号")
    adopt.set_defaults(run=_adopt)


def unready(chosen: argparse.Namespace) -> str:
    """What is missing for the database to be kept; empty where nothing is. Known before an hour is spent on reading."""
    missing = [f"--{field}" for field in ("name", "publisher", "licence") if not (getattr(chosen, field) or "").strip()]
    return f"--store: 还须写明 / also needs {' '.join(missing)}" if missing else ""


def keep(chosen: argparse.Namespace, done: "Imported", language: "Language") -> int:
    """Store what was imported, and say under which code; 0 where it is kept."""
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.inventory import operations, queries  # noqa: PLC0415  # the same
    from zuji.registry.refusals import RegistryError  # noqa: PLC0415  # the same

    source = operations.Source(
        name=chosen.name,
        edition=chosen.edition,
        publisher=chosen.publisher,
        licence=chosen.licence,
        address=chosen.address,
        public=chosen.public,
    )
    started = time.monotonic()
    try:
        stored = operations.store(viewer=SYSTEM, imported=done, source=source)
        release = queries.release(stored.code, viewer=SYSTEM)
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    sys.stdout.write("\n" + _kept(release, stored.new, time.monotonic() - started, language) + "\n")
    return DONE


def cost(seconds: float, language: "Language") -> str:
    """Time, and the greatest memory of this process and of the one that read the files."""
    own, child = (resource.getrusage(who).ru_maxrss / _KIB_PER_MIB for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    if language == "zh":
        return f"用时 {seconds:.1f} 秒；内存峰值 {own:.0f} MiB，读取进程 {child:.0f} MiB"
    return f"took {seconds:.1f} s; peak memory {own:.0f} MiB, of the process that read the files {child:.0f} MiB"


def _kept(release: "queries.ReleaseSheet", new: bool, seconds: float, language: "Language") -> str:
    from zuji.documents.terminal import columns  # noqa: PLC0415  # the same
    from zuji.engine.text import Text  # noqa: PLC0415  # the same
    from zuji.registry.inventory.standing import STANDING  # noqa: PLC0415  # the same

    words = {
        "code": Text("版本代码", "release"),
        "state": Text("已存入", "kept") if new else Text("早已存入，未作改动", "was here already, nothing changed"),
    }
    rows = [[words["code"].in_(language), release.code], [words["state"].in_(language), f"{seconds:.1f} s"]]
    rows += [[STANDING[name].name.in_(language), f"{count:,}"] for name, count in release.standings.items()]
    rows += [[name, f"{value:.3g}" if isinstance(value, float) else f"{value:,}"] for name, value in release.solution.items()]
    return "\n".join(columns([*rows, ["background", release.background or "-"]], right=set()))


def _list(_: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.documents.terminal import columns  # noqa: PLC0415  # the same
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.inventory import queries  # noqa: PLC0415  # the same

    rows = [
        [r.code, f"{r.name} {r.edition}".strip(), f"{r.admitted:,} / {r.datasets:,}", f"{r.usable:,}", r.rule]
        for r in queries.releases(viewer=SYSTEM)
    ]
    title = ["代码 code", "名称 name", "采用 admitted", "可用 usable", "链接规则 rule"]
    sys.stdout.write("\n".join(columns([title, *rows], right={2, 3})) + "\n")
    return DONE


def _overrule(chosen: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.inventory.overruling import overrule  # noqa: PLC0415  # the same
    from zuji.registry.refusals import RegistryError  # noqa: PLC0415  # the same

    try:
        made = overrule(
            viewer=SYSTEM,
            release=chosen.release,
            dataset=chosen.dataset,
            check=chosen.check,
            reason=chosen.reason,
            by=chosen.by,
            withdraw=chosen.withdraw,
        )
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    sys.stdout.write(f"{made.dataset}  {made.check}  {made.by}  {made.at}\n")
    sys.stdout.write("再次导入并存入（zuji import … --store）后生效。\nIt counts when the database is imported and stored again.\n")
    return DONE


def _draw(chosen: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.documents.terminal import columns  # noqa: PLC0415  # the same
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.inventory.drawing import drawn  # noqa: PLC0415  # the same
    from zuji.registry.refusals import RegistryError  # noqa: PLC0415  # the same

    try:
        found = drawn(chosen.release, chosen.dataset, viewer=SYSTEM, column=chosen.column, draws=chosen.draws, seed=chosen.seed)
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    numbers = {"值 value": found.value, "2.5 %": found.low, "50 %": found.median, "97.5 %": found.high, "均值 mean": found.mean,
               "标准差 deviation": found.deviation}  # fmt: skip
    rows = [[name, f"{value:.6g}", f"kgCO2e/{found.unit}"] for name, value in numbers.items()]
    rows += [["抽样 draws", f"{found.usable:,} / {found.draws:,}", f"seed {found.seed}, {found.column}"]]
    rows += [["不确定的数 uncertain numbers", f"{found.uncertain:,}", ""]]
    rows += [[f"未抽样 not drawn: {reason}", f"{count:,}", ""] for reason, count in found.undrawn.items()]
    sys.stdout.write("\n".join(columns(rows, right={1})) + "\n")
    if not found.spread:
        sys.stdout.write(
            "其上游没有任何给出的不确定性：没有给出不等于没有。\nNobody stated an uncertainty behind it; that is not to say that there is none.\n"
        )
    return DONE


def decide(done: "Imported") -> "Imported":
    """What was imported, judged under the decisions that stand, so that what is printed is what is kept."""
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.registry.inventory.overruling import with_decisions  # noqa: PLC0415  # its tables exist only once Django is set up

    return with_decisions(done)


def _adopt(chosen: argparse.Namespace) -> int:
    from zuji.config.ready import set_up  # noqa: PLC0415  # Django takes time, and other commands need none

    set_up()
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.inventory.adopting import adopt  # noqa: PLC0415  # the same
    from zuji.registry.refusals import RegistryError  # noqa: PLC0415  # the same

    try:
        made = adopt(viewer=SYSTEM, release=chosen.release, datasets=chosen.datasets)
    except RegistryError as refused:
        sys.stderr.write(f"zuji: {refused.text.zh}\n{refused.text.en}\n")
        return REFUSED
    sys.stdout.write("".join(f"{reference}\n" for reference in made))
    return DONE
