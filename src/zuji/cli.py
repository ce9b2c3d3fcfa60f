"""The command line: ``zuji calculate | schema | factors | match | models | import | inventory | export | demo | serve | operator | enterprise | evidence | worker | bench``.

Exit status: 0 calculated (findings and gaps listed), 2 usage, 3 refused (findings listed, no number printed).
"""

import argparse
import datetime
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from zuji import __version__
from zuji.config import national, people, record
from zuji.config.export_command import add_export
from zuji.config.import_command import add_arguments
from zuji.config.inventory_command import add_inventory
from zuji.config.match_command import add_matching
from zuji.config.upkeep import add_upkeep
from zuji.engine import Study, StudyRefused, as_json, schema
from zuji.engine.factors import FactorSource
from zuji.engine.quantities import decimal_text
from zuji.engine.results import Result, refusal_as_json
from zuji.engine.text import Language
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study
from zuji.rules import assess, load_models, load_rules

DONE, USAGE, REFUSED = 0, 2, 3
STUDY_LIMIT = 8 * 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit status."""
    _prepare_streams()
    try:
        chosen = _parser().parse_args(arguments)
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return DONE
    except OSError as error:
        _discard_output()
        return _usage(f"无法写出 / cannot write: {error.strerror or error}")
    return status


def _prepare_streams() -> None:
    """Output that takes every character in every locale, and goes nowhere where the caller closed it."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # stays open as long as the program runs
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # the same
    for stream in (sys.stdout, sys.stderr):
        # The C locale fails on the first Chinese character, and UTF-8 on a file name that is none.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # both are text streams here


def _discard_output() -> None:
    """What is still buffered has nowhere to go, and must not fail again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(text: str) -> None:
    """Print; whoever reads our output, such as head, may have had enough, which changes nothing about the exit status."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _discard_output()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zuji", description="Zuji 足迹: product carbon footprints 产品碳足迹")
    parser.add_argument("--version", action="version", version=f"zuji {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    calculate = commands.add_parser("calculate", help="calculate a study 核算一个研究")
    calculate.add_argument("study", metavar="STUDY", help="a YAML or JSON file, or - for standard input")
    calculate.add_argument("--format", choices=("table", "json", "html"), default="table", help="what is printed 输出形式")
    calculate.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    calculate.add_argument("--report", type=Path, metavar="FILE.pdf|FILE.docx", help="also write the report")
    calculate.add_argument("--factors", type=Path, metavar="FILE", help="further factors, as CSV, YAML or JSON")
    calculate.set_defaults(run=_calculate)

    commands.add_parser("schema", help="print the JSON Schema of the study file 研究文件的 JSON Schema").set_defaults(run=_schema)
    _factor_commands(commands.add_parser("factors", help="the shipped factors 因子库"))
    models = commands.add_parser("models", help="list the product models 产品模型")
    models.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    models.set_defaults(run=_models)

    add_arguments(commands.add_parser("import", help="read an inventory database and judge it 读入并检查清单数据库"))
    add_inventory(commands)
    add_matching(commands)
    add_export(commands)
    demo = commands.add_parser("demo", help="load the library and the demonstration enterprises 载入因子库与示例企业")
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="serve the platform 启动平台")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on 监听地址")
    serve.add_argument("--port", type=int, default=8000, help="port 端口")
    serve.set_defaults(run=_serve)
    evidence = commands.add_parser("evidence", help="the evidence files on disk 佐证文件").add_subparsers(required=True, metavar="COMMAND")
    check = evidence.add_parser("check", help="compare every file with its hash on record; status 1 if one is missing or altered 逐一核对")
    check.add_argument("--tidy", action="store_true", help="also remove files of uploads that were never completed 清理未完成的上传")
    check.set_defaults(run=_evidence_check)
    add_upkeep(commands)
    people.add_commands(commands)
    record.add_commands(commands)
    national.add_commands(commands)
    bench = commands.add_parser("bench", help="measure speed 测速")
    bench.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here 另存为 JSON")
    bench.set_defaults(run=_bench)
    measured = bench.add_subparsers(metavar="COMMAND")
    search = measured.add_parser(
        "search", help="a search among 50,000 factors, against the database's own 五万条因子中的查找，与数据库自带方法比较"
    )
    search.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here 另存为 JSON")
    search.set_defaults(run=_bench_search)
    engine = measured.add_parser("engine", help="databases and networks, against peers 大型数据库与供应网络，与同类比较")
    engine.add_argument("--json", type=Path, metavar="FILE", help="also write the rows here 另存为 JSON")
    engine.add_argument("--quick", action="store_true", help="small systems, under a minute 小规模，一分钟内")
    engine.add_argument(
        "--database",
        type=Path,
        metavar="PATH",
        help="a real database: ILCD package or release folder; else ../shared/data/tiangong 真实数据库：ILCD 包或版本文件夹；默认 ../shared/data/tiangong",
    )
    engine.set_defaults(run=_bench_engine)
    recalculate = measured.add_parser(
        "recalculate", help="a factor republished in a province of footprints, on both databases 因子更新后全省重算，两种数据库"
    )
    recalculate.add_argument("--footprints", type=_at_least_one, default=100_000, metavar="COUNT", help="how many 结果数，默认 100000")
    recalculate.add_argument("--json", type=Path, metavar="FILE", help="also write the rows here 另存为 JSON")
    recalculate.set_defaults(run=_bench_recalculate)
    return parser


def _factor_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    search = commands.add_parser("search", help="find factors by name, synonym or id 查找")
    search.add_argument("query", metavar="WORDS", help="what to look for, in Chinese or English 中文或英文")
    search.add_argument("--limit", type=_at_least_one, default=20, help="at most so many 最多条数")
    search.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    search.set_defaults(run=_factors_search)
    show = commands.add_parser("show", help="one factor with its source 查看一个因子及来源")
    show.add_argument("id", metavar="ID", help="id, or id@version 编号")
    show.add_argument("--lang", choices=("zh", "en"), default="zh", help="language 语言")
    show.set_defaults(run=_factors_show)


def _at_least_one(text: str) -> int:
    """A whole number from 1. Raises ValueError, which argparse turns into a message about the argument."""
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def _calculate(chosen: argparse.Namespace) -> int:
    language: Language = chosen.lang
    if chosen.report is not None and chosen.report.suffix.lower() not in {".pdf", ".docx"}:
        return _usage(f"--report {chosen.report}: 报告须为 .pdf 或 .docx / the report must end in .pdf or .docx")
    if chosen.study == "-" and str(chosen.factors) == "-":
        return _usage("STUDY 与 --factors 不能都从标准输入读取 / STUDY and --factors cannot both be standard input")
    data = _read(chosen.study)
    further = None if chosen.factors is None else _read(str(chosen.factors))
    if isinstance(data, str):
        return _usage(data)
    if isinstance(further, str):
        return _usage(further)
    identifier = ""
    try:
        factors = _factors(further, chosen.factors)
        study = _study(data, chosen.study)
        identifier = study.id
        result = _assessed(study, factors)
    except StudyRefused as refused:
        _print_refusal(refused, refused.study or identifier, chosen.format, language)
        return REFUSED
    if chosen.report is not None:
        try:
            _write(chosen.report, _report(study, result, factors, language, chosen.report.suffix.lower()))
        except OSError as error:
            return _usage(f"{chosen.report}: {error.strerror}")
    _print(_rendered(study, result, factors, chosen.format, language))
    return DONE


def _read(name: str) -> bytes | str:
    """The bytes of a file or of standard input, at most a byte over the limit; a message where it cannot be read."""
    try:
        if name == "-" and sys.stdin is None:
            return "-: 标准输入已关闭 / standard input is closed"
        if name == "-":
            return sys.stdin.buffer.read(STUDY_LIMIT + 1)
        with Path(name).open("rb") as file:
            return file.read(STUDY_LIMIT + 1)
    except OSError as error:
        return f"{name}: 无法读取 / cannot be read: {error.strerror}"


def _write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all: beside it first, then in its place. Raises OSError."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)  # a device has no place of its own to replace
        return
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _factors(further: bytes | None, name: Path | None) -> FactorSource:

    library = load_library()
    return library if further is None else library.with_file(further, str(name))


def _today() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011  # a report bears the calendar date of the place where it is made


def _study(data: bytes, name: str) -> Study:

    return read_study(data, "stdin" if name == "-" else name)


def _assessed(study: Study, factors: FactorSource) -> Result:
    sets = {str(study.gwp): load_gwp(study.gwp)}
    return assess(study, factors, load_rules(), sets, today=_today())


def _report(study: Study, result: Result, factors: FactorSource, language: Language, suffix: str) -> bytes:
    from zuji.documents import build_report, to_docx, to_pdf

    report = build_report(study, result, load_rules().get(study.rule), language, issued=_today(), factors=factors)
    return to_pdf(report) if suffix == ".pdf" else to_docx(report)


def _rendered(study: Study, result: Result, factors: FactorSource, form: str, language: Language) -> str:
    if form == "json":
        return json.dumps(as_json(result, language), ensure_ascii=False, indent=1)
    if form == "html":
        from zuji.documents import build_report, to_html

        return to_html(build_report(study, result, load_rules().get(study.rule), language, issued=_today(), factors=factors))
    from zuji.documents.terminal import result_table

    return result_table(result, language)


def _print_refusal(refused: StudyRefused, study: str, form: str, language: Language) -> None:
    if form == "json":
        _print(json.dumps(refusal_as_json(study, refused.findings, language), ensure_ascii=False, indent=1))
        return
    from zuji.documents.terminal import refusal_table

    _print(refusal_table(refused.findings, language))


def _schema(_: argparse.Namespace) -> int:
    _print(json.dumps(schema(), ensure_ascii=False, indent=1))
    return DONE


def _factors_search(chosen: argparse.Namespace) -> int:
    from zuji.documents.terminal import columns
    from zuji.formats.factors.reasons import REASONS

    language: Language = chosen.lang
    hits = load_library().search(chosen.query, limit=chosen.limit)
    if not hits:
        _print(f"没有找到“{chosen.query}”。/ Nothing found for “{chosen.query}”.")
        return DONE
    rows = [{"zh": ["ID", "名称", "数值", "kind", "年", "依据"], "en": ["ID", "name", "value", "kind", "year", "found by"]}[language]]
    for hit in hits:
        f, why = hit.factor, REASONS[hit.reason].in_(language)
        told = why if not hit.matched else f"{why}“{hit.matched}”" if language == "zh" else f"{why} “{hit.matched}”"
        rows.append([f.id, f.name.in_(language), f"{decimal_text(f.value)} {f.unit}", f.kind, str(f.year or "-"), told])
    _print("\n".join(columns(rows, right=set())))
    return DONE


def _factors_show(chosen: argparse.Namespace) -> int:
    from zuji.documents.terminal import columns

    library = load_library()
    factor = library.find(chosen.id)
    if factor is None:
        near = ", ".join(library.nearest(chosen.id))
        return _usage(f"没有因子 {chosen.id} / no factor {chosen.id}" + (f" ({near}?)" if near else ""))
    rows = [
        ["id", factor.reference],
        ["name", f"{factor.name.zh} / {factor.name.en}"],
        ["value", f"{decimal_text(factor.value)} {factor.unit}"],
        ["kind", factor.kind],
        ["parts", "; ".join(f"{p.gas} {p.kind or 'unspecified'}" for p in factor.parts)],
        ["geography", factor.geography or "-"],
        ["year", str(factor.year or "-")],
        ["boundary", factor.boundary or "-"],
        ["gwp", factor.gwp or "未说明 / not stated"],
        ["source", factor.source],
        ["publisher", factor.publisher or "-"],
        ["address", factor.address or "-"],
        ["licence", factor.licence or "-"],
        ["confidence", factor.confidence],
        ["state", factor.state + (f" → {factor.superseded_by}" if factor.superseded_by else "")],
        ["note", factor.note or "-"],
        ["hash", f"sha256:{factor.digest}"],
    ]
    _print("\n".join(columns(rows, right=set())))
    return DONE


def _models(chosen: argparse.Namespace) -> int:
    for model in load_models():
        _print(f"{model.reference}  {model.title.in_(chosen.lang)}")
    return DONE


def _demo(_: argparse.Namespace) -> int:
    from zuji.config.commands import prepare
    from zuji.registry.refusals import RegistryError

    try:
        prepare(lambda line: print(line, flush=True))
    except RegistryError as refused:
        print(f"zuji demo: {refused.text.zh}\n{refused.text.en}", file=sys.stderr)
        return REFUSED
    return DONE


def _serve(chosen: argparse.Namespace) -> int:
    from zuji.config.commands import serve

    return serve(chosen.host, chosen.port)


def _evidence_check(chosen: argparse.Namespace) -> int:
    from zuji.config.evidence import check

    return check(tidy=chosen.tidy)


def _bench(chosen: argparse.Namespace) -> int:
    from zuji.bench import run_benchmarks

    return run_benchmarks(chosen.json)


def _bench_engine(chosen: argparse.Namespace) -> int:
    from zuji.bench.scale import run_engine_bench

    return run_engine_bench(chosen.json, quick=chosen.quick, place=chosen.database)


def _bench_recalculate(chosen: argparse.Namespace) -> int:
    from zuji.bench.recalculate import run_recalculation

    return run_recalculation(chosen.json, footprints=chosen.footprints)


def _bench_search(chosen: argparse.Namespace) -> int:
    from zuji.bench.finding import run_search_bench

    return run_search_bench(chosen.json)


def _usage(message: str) -> int:
    print(f"zuji: {message}", file=sys.stderr)
    return USAGE


if __name__ == "__main__":
    sys.exit(main())
