"""A user's own factors: CSV (the columns of the shipped files, or their common other names), YAML or JSON."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping

from zuji.engine.errors import StudyRefused
from zuji.engine.excerpt import head
from zuji.engine.factors import FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.formats.factors.columns import COLUMNS, KNOWN, OTHER_NAMES, REQUIRED
from zuji.formats.factors.rows import RowFaults, factor_of
from zuji.formats.trees import MOST_BYTES, Node, Unreadable, read_tree
from zuji.formats.trees.nodes import check_text

MOST_ROWS = 20_000
MOST_FAULTS = 200
Added = list[tuple[FactorVersion, Mapping[str, str]]]
_Row = tuple[str, dict[str, str]]


def read_factor_file(data: bytes, name: str) -> Added:
    """The factors of a file, each with its row. Raises :class:`~zuji.engine.errors.StudyRefused` naming row and column of every fault."""
    findings: list[Finding] = []
    added: Added = []
    seen: dict[str, str] = {}
    try:
        rows = list(_rows(data, findings, name))
    except Unreadable as error:
        raise StudyRefused(
            [_finding(f"factors.{error.code}", f"{name}, line {error.line}" if error.line else name, error.text)], name
        ) from error
    for where, row in rows:
        faults = RowFaults()
        factor = factor_of(row, faults)
        findings += [_row_finding(f"{where} / {column}", column, row, text) for column, text in faults.found]
        if factor is None:
            continue
        if factor.reference in seen:
            text = Text(
                f"“{factor.reference}”已在 {seen[factor.reference]} 写过。", f"“{factor.reference}” is already in {seen[factor.reference]}."
            )
            findings.append(_finding("factors.duplicate", f"{where} / id", text))
        seen[factor.reference] = where
        added.append((factor, row))
        if len(findings) > MOST_FAULTS:
            break
    if not rows and not findings:
        findings.append(_finding("factors.empty", name, Text("文件里没有因子。", "The file holds no factors.")))
    if findings:
        raise StudyRefused(sorted(findings[:MOST_FAULTS], key=lambda found: found.order), name)
    return added


def _finding(code: str, where: str, text: Text) -> Finding:
    return Finding(code=code, severity="error", where=where, message=text)


def _row_finding(where: str, column: str, row: Mapping[str, str], text: Text) -> Finding:
    """What is wrong with one column of a row; a source that is missing has a code of its own, since no factor goes without."""
    if column == "source" and not row.get("source"):
        return _finding("factors.source-missing", where, Text("因子必须写明来源。", "A factor needs its source."))
    if column in REQUIRED and not row.get(column):
        return _finding("factors.field-missing", where, Text("此栏必填。", "This column must be filled in."))
    return _finding("factors.value-invalid", where, text)


def _rows(data: bytes, findings: list[Finding], name: str) -> Iterator[_Row]:
    lowered = name.lower()
    if lowered.endswith((".yaml", ".yml", ".json")) or data.lstrip()[:1] in (b"[", b"{"):
        yield from _tree_rows(read_tree(data), findings, name)
    else:
        yield from _csv_rows(data, findings, name)


def _csv_rows(data: bytes, findings: list[Finding], name: str) -> Iterator[_Row]:
    if len(data) > MOST_BYTES:
        read_tree(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "not-utf8", Text("文件不是 UTF-8 编码。请另存为“CSV UTF-8”。", "The file is not UTF-8. Save it as “CSV UTF-8”.")
        ) from error
    reader = csv.reader(io.StringIO(text), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{name}, line {reader.line_num}"
            if not header:
                header = _header(cells, findings, name)
                continue
            if len(cells) != len(header):
                text_ = Text(
                    f"此行有 {len(cells)} 栏，表头有 {len(header)} 栏。",
                    f"This row has {len(cells)} columns, the header has {len(header)}.",
                )
                findings.append(_finding("factors.columns", where, text_))
                continue
            row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
            for column, cell in row.items():
                _check_cell(cell, f"{where} / {column}", findings)
            yield where, row
            if reader.line_num > MOST_ROWS:
                raise Unreadable("too-many-rows", Text(f"超过 {MOST_ROWS} 行。", f"More than {MOST_ROWS} rows."))
    except csv.Error as error:
        raise Unreadable("csv", Text(f"CSV 有误：{error}。", f"The CSV cannot be read: {error}."), reader.line_num) from error


def _header(cells: list[str], findings: list[Finding], name: str) -> list[str]:
    header = [_column(cell) for cell in cells]
    for cell, column in zip(cells, header, strict=True):
        if column not in KNOWN:
            findings.append(_finding("factors.column-unknown", f"{name}, line 1 / {head(cell)}", _unknown(cell)))
        elif header.count(column) > 1:
            text = Text(f"“{column}”栏出现多次。", f"The column “{column}” occurs more than once.")
            findings.append(_finding("factors.columns", f"{name}, line 1 / {column}", text))
    return header


def _column(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).strip()
    return OTHER_NAMES.get(plain) or OTHER_NAMES.get(plain.lower()) or plain.lower()


def _unknown(written: str) -> Text:
    known = ", ".join(COLUMNS)
    return Text(f"未知的栏“{head(written)}”。可用的栏：{known}。", f"Unknown column “{head(written)}”. Known columns: {known}.")


def _check_cell(cell: str, where: str, findings: list[Finding]) -> None:
    try:
        check_text(cell, 0, 0)
    except Unreadable as error:
        findings.append(_finding(f"factors.{error.code}", where, error.text))


def _tree_rows(tree: Node, findings: list[Finding], name: str) -> Iterator[_Row]:
    listed = tree.value
    if isinstance(listed, dict) and set(listed) == {"factors"}:
        listed = listed["factors"].value
    if not isinstance(listed, list):
        findings.append(_finding("factors.value-invalid", name, Text("文件应是因子的列表。", "The file is a list of factors.")))
        return
    for number, node in enumerate(listed, start=1):
        where = f"{name}, factor {number}, line {node.line}"
        if not isinstance(node.value, dict):
            findings.append(_finding("factors.value-invalid", where, Text("每个因子是一组字段。", "A factor is a mapping of fields.")))
            continue
        yield where, _mapping_row(node.value, where, findings)


def _mapping_row(fields: Mapping[str, Node], where: str, findings: list[Finding]) -> dict[str, str]:
    row: dict[str, str] = {}
    for written, child in fields.items():
        column = _column(written)
        if column == "name" and isinstance(child.value, dict | str):
            named = child.value if isinstance(child.value, dict) else {"zh": child, "en": child}
            row |= {f"name_{language}": text.value for language, text in named.items() if isinstance(text.value, str)}
        elif column not in KNOWN:
            findings.append(_finding("factors.column-unknown", f"{where} / {head(written)}", _unknown(written)))
        elif isinstance(child.value, list) and all(isinstance(item.value, str) for item in child.value):
            row[column] = ";".join(str(item.value) for item in child.value)
        elif isinstance(child.value, str) or child.value is None:
            row[column] = (child.value or "").strip()
        else:
            findings.append(
                _finding("factors.value-invalid", f"{where} / {head(written)}", Text("此栏应是一段文字。", "This field is a text."))
            )
    return row
