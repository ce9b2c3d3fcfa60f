"""The validator's errors in the words of the field: what is wrong, where, and what to write instead."""

import difflib
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from zuji.engine.excerpt import head
from zuji.engine.findings import Finding
from zuji.engine.study import Part, Study
from zuji.engine.text import Text
from zuji.formats.study.places import place, walk
from zuji.formats.trees import Node

MOST_FINDINGS = 200
_NOT_A_DATE = Text(
    "“{shown}”不是日期，或该日不存在。请写成 2024-12-31。", "“{shown}” is not a date, or there is no such day. Write it as 2024-12-31."
)
_NOT_WHOLE = Text("“{shown}”不是整数。请写 1、2、3 这样的整数。", "“{shown}” is not a whole number. Write one such as 1, 2 or 3.")
_NOT_A_MAPPING = Text(
    "此处应是一组字段（字段名：值），而写的是“{shown}”。", "A mapping of fields (name: value) belongs here, not “{shown}”."
)
_NOT_A_LIST = Text("此处应是列表（每项以 - 开头），而写的是“{shown}”。", "A list (items that begin with -) belongs here, not “{shown}”.")
_NOT_A_TRUTH = Text("“{shown}”不是 true 或 false。", "“{shown}” is neither true nor false.")
_MESSAGES: Mapping[str, Text] = {
    "date_parsing": _NOT_A_DATE,
    "date_from_datetime_parsing": _NOT_A_DATE,
    "date_from_datetime_inexact": _NOT_A_DATE,
    "date_type": _NOT_A_DATE,
    "int_parsing": _NOT_WHOLE,
    "int_parsing_size": _NOT_WHOLE,
    "int_from_float": _NOT_WHOLE,
    "int_type": _NOT_WHOLE,
    "bool_parsing": _NOT_A_TRUTH,
    "bool_type": _NOT_A_TRUTH,
    "greater_than_equal": Text("“{shown}”不得小于 {limit}。", "“{shown}” must be at least {limit}."),
    "less_than_equal": Text("“{shown}”不得大于 {limit}。", "“{shown}” must be at most {limit}."),
    "string_too_short": Text("此处不能为空。", "This must not be empty."),
    "string_too_long": Text("“{shown}”太长，最多 {limit} 个字符。", "“{shown}” is too long; at most {limit} characters."),
    "too_short": Text("列表至少要有一项。", "The list needs at least one item."),
    "dict_type": _NOT_A_MAPPING,
    "model_type": _NOT_A_MAPPING,
    "model_attributes_type": _NOT_A_MAPPING,
    "mapping_type": _NOT_A_MAPPING,
    "tuple_type": _NOT_A_LIST,
    "list_type": _NOT_A_LIST,
    "string_type": Text("此处应是一段文字或一个数，而写的是“{shown}”。", "A text or a number belongs here, not “{shown}”."),
}
_QUOTED = re.compile(r"'([^']*)'")


def findings_of(error: ValidationError, tree: Node) -> list[Finding]:
    """One finding for each fault of the file. Errors about forms that the value does not have (a text where it is a mapping) are dropped."""
    found: dict[tuple[str, str], Finding] = {}
    details = error.errors(include_url=False, include_context=True, include_input=False)
    fitting = [detail for detail in details if _fits(detail, tree)]
    for detail in fitting or details:
        finding = _finding(detail, tree)
        found.setdefault((finding.code, finding.where), finding)
        if len(found) == MOST_FINDINGS:
            break
    return list(found.values())


@cache
def _parts() -> Mapping[str, type[BaseModel]]:
    """Every part of a study by the name that the validator gives it in the path of an error."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [Part]
    while waiting:
        part = waiting.pop()
        found[part.__name__] = part
        waiting += part.__subclasses__()
    return found


def _fits(detail: ErrorDetails, tree: Node) -> bool:
    """Whether an error is about what the author wrote: the alternative of the same form, and a list that is really too short."""
    node = tree
    for step in detail["loc"]:
        child = node.child(step)
        if child is not None:
            node = child
        elif isinstance(step, str) and _is_alternative(step) and isinstance(node.value, dict) != (step in _parts()):
            return False
    # The validator also calls a list too short when its items are faulty: those faults are told, this one is not.
    return not (detail["type"] == "too_short" and node.value)


def _is_alternative(step: str) -> bool:
    return step in _parts() or "[" in step or step in ("constrained-str", "str")


def _finding(detail: ErrorDetails, tree: Node) -> Finding:
    kind = detail["type"]
    path, node = walk(tree, detail["loc"])
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing" or (node.value is None and kind != "extra_forbidden"):
        field = head(last if kind == "missing" else _name(path))
        text = Text(
            zh=f"缺少字段“{field}”，或其值为空。请填写；数据缺失时说明原因，不要填 0。",
            en=f"The field “{field}” is missing or empty. Fill it in; where data are missing say why, and do not write 0.",
        )
        return Finding("study.field-missing", "error", place(tree, path, last if kind == "missing" else None), text)
    if kind == "extra_forbidden":
        return Finding("study.field-unknown", "error", place(tree, path), _unknown(last, detail["loc"]))
    return Finding("study.value-invalid", "error", place(tree, path), _invalid(kind, detail, node))


def _name(path: Sequence[str | int]) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "study")


def _unknown(field: str, path: Sequence[str | int]) -> Text:
    known = list(_fields_at(path[:-1]))
    near = difflib.get_close_matches(field, known, n=1)
    hint_zh = f"您是否要写“{near[0]}”？" if near else ""
    hint_en = f"Did you mean “{near[0]}”? " if near else ""
    return Text(
        zh=f"未知的字段“{head(field)}”。{hint_zh}此处可用：{'、'.join(known)}。",
        en=f"The field “{head(field)}” is not known. {hint_en}Known here: {', '.join(known)}.",
    )


def _fields_at(path: Sequence[str | int]) -> Iterator[str]:
    part: type[BaseModel] = Study
    for step in path:
        if isinstance(step, int):
            continue
        if step in _parts():
            part = _parts()[step]
        elif step in part.model_fields:
            part = next(_models(part.model_fields[step].annotation), part)
    yield from part.model_fields


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The parts of a study that an annotation names, outermost first."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models(inner)


def _invalid(kind: str, detail: ErrorDetails, node: Node) -> Text:
    shown = head(node.value) if isinstance(node.value, str) else ("{…}" if isinstance(node.value, dict) else "[…]")
    context = detail.get("ctx", {})
    if kind == "literal_error":
        return _choice(shown, _QUOTED.findall(str(context.get("expected", ""))))
    if kind == "value_error" and "gsd" in str(context.get("error", "")):
        return Text(
            "lognormal 只写 gsd,normal 只写 relative_sd，二者择一。", "A lognormal spread has gsd alone, a normal one relative_sd alone."
        )
    if kind in _MESSAGES:
        limit = next((str(context[bound]) for bound in ("ge", "le", "max_length") if bound in context), "")
        zh, en = _MESSAGES[kind]
        return Text(zh.format(shown=shown, limit=limit), en.format(shown=shown, limit=limit))
    return Text(f"“{shown}”不符合此字段的格式。", f"“{shown}” does not have the form of this field: {detail['msg']}.")


def _choice(shown: str, allowed: Sequence[str]) -> Text:
    near = difflib.get_close_matches(shown, allowed, n=1)
    hint_zh = f"您是否要写“{near[0]}”？" if near else ""
    hint_en = f"Did you mean “{near[0]}”? " if near else ""
    return Text(
        zh=f"“{shown}”不在可用值之内。{hint_zh}可用：{'、'.join(allowed)}。",
        en=f"“{shown}” is not one of the values known here. {hint_en}Known: {', '.join(allowed)}.",
    )
