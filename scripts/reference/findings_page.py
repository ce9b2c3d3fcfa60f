"""Every finding that the product can make, read from the code that makes it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.reference.markdown import page, table
from zuji.engine.text import Language, Text

SOURCE = Path(__file__).resolve().parents[2] / "src" / "zuji"
PACKAGES = ("engine", "formats", "rules", "documents")
CODE = re.compile(r"(?!zuji\.)[a-z][a-z0-9-]*\.(?!(?:csv|txt|yaml|json|md)$)[a-z][a-z0-9-]*")
SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "note")}


class Made(NamedTuple):
    """A place in the code that makes a finding."""

    code: str
    severity: str
    message: Text
    module: str


def found() -> list[Made]:
    """All of them, by code."""
    return sorted({made for package in PACKAGES for path in sorted((SOURCE / package).rglob("*.py")) for made in _of_module(path)})


def codes() -> set[str]:
    """The codes alone."""
    return {made.code for made in found()}


def _of_module(path: Path) -> Iterator[Made]:
    module = path.relative_to(SOURCE).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        texts = _assigned_texts(function)
        for call in ast.walk(function):
            if isinstance(call, ast.Call):
                yield from _of_call(call, module, texts)


def _of_call(call: ast.Call, module: str, texts: list[tuple[int, str, Text]]) -> Iterator[Made]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    strings = [argument.value for argument in call.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
    code = next((text for text in strings if CODE.fullmatch(text)), None)
    if code is None and "trees" in module and strings and any(_text(argument) for argument in call.args):
        code = f"study.{strings[0]}"  # a reader of trees names the fault, the reader of the file puts its own word before it
    if code is None or name == "replace":
        return
    severity = name if name in SEVERITIES else next((text for text in strings if text in SEVERITIES), "error")
    if name == "add":
        severity = "warning"
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    written = [text for argument in arguments if (text := _text(argument) or _assigned(texts, _name(argument), call.lineno))]
    yield Made(code, severity, written[0] if written else Text("", ""), module)


def _assigned_texts(function: ast.FunctionDef) -> list[tuple[int, str, Text]]:
    """Texts that a function first gives a name: line, name, text."""
    return [
        (node.lineno, target.id, text)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and (text := _text(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _assigned(texts: list[tuple[int, str, Text]], name: str, line: int) -> Text | None:
    """What a name stands for at a line: the last text given to it above."""
    above = [(at, text) for at, named, text in texts if named == name and at <= line]
    return max(above)[1] if above else None


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> Text | None:
    """A ``Text(zh, en)`` in the code, its placeholders as they are written."""
    if not (isinstance(node, ast.Call) and _name(node.func) == "Text"):
        return None
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    zh = named.get("zh", node.args[0] if node.args else None)
    en = named.get("en", node.args[-1] if node.args else None)
    return Text(_words(zh), _words(en)) if zh is not None and en is not None else None


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _words(node.left) + _words(node.right)
    if isinstance(node, ast.IfExp):
        return _words(node.body)
    return "…"


def write(language: Language) -> str:
    """The page of findings."""
    groups: dict[str, list[Made]] = {}
    for made in found():
        groups.setdefault(made.code, []).append(made)
    head = {"zh": ["编号", "程度", "内容", "出处"], "en": ["code", "severity", "message", "made in"]}[language]
    rows = []
    for code, places in groups.items():
        severities = " / ".join(SEVERITIES[s].in_(language) for s in sorted({made.severity for made in places}))
        messages = list(dict.fromkeys(made.message.in_(language) for made in places if made.message.en))
        rows.append([f"`{code}`", severities, " ‖ ".join(messages), " ".join(sorted({f"`{made.module}`" for made in places}))])
    lead = Text(
        "核算中发现的问题。有“错误”时研究被拒绝，不给出任何数值；“警告”和“提示”与结果一同列出。“…”处填入具体的名称和数值。"
        "从文件读出的 `study.*` 编号，在读取因子文件时以 `factors.` 开头。",
        "What the product has to say about a study. With an error the study is refused and no number is given; warnings and notes stand beside the result. "
        "“…” is where names and numbers go. The codes `study.*` begin with `factors.` when a file of factors is read.",
    )
    return page(Text("发现的问题", "Findings"), lead, [table(head, rows)], language)
