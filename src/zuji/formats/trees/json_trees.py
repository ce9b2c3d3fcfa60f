"""Strict JSON (RFC 8259) with places: numbers stay the text that was written; duplicate keys, NaN and Infinity are refused."""

import json
import json.decoder
import re
from collections.abc import Callable
from typing import cast

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.trees.nodes import MOST_DEPTH, MOST_NODES, Node, Unreadable, check_text

# The scanner of the standard library, in C where there is one: (text, position after the quote, strict) to (string, position after it).
_scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(json.decoder)["scanstring"])
_SPACE = re.compile(r"[ \t\n\r]*", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_WORD = re.compile(r"[^\s,\]}{\[:\"]{1,40}")
_LITERALS = {"null": None, "true": "true", "false": "false"}


def read_json(text: str) -> Node:
    """The one value of a JSON text. Raises :class:`Unreadable`."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._line_start = 0
        self._counted = 0
        self._nodes = 0
        self._open: list[tuple[Node, str | None]] = []

    def read(self) -> Node:
        root: Node | None = None
        while root is None or self._open:
            node = self._next(root is None)
            root = root or node
        self._skip()
        if self._at < len(self._text):
            raise self._refused("json", Text("JSON 结束之后还有内容。", "There is content after the end of the JSON."))
        return root

    def _next(self, first: bool) -> Node | None:
        """Read the next value into the open collection, or close that; the value if one was read."""
        key = None
        if not first:
            if self._closed():
                return None
            parent = self._open[-1][0]
            if isinstance(parent.value, dict):
                key = self._key(parent.value)
        node = self._value()
        if not first:
            parent = self._open[-1][0]
            if isinstance(parent.value, dict) and key is not None:
                parent.value[key] = node
            elif isinstance(parent.value, list):
                parent.value.append(node)
        if isinstance(node.value, dict | list):
            if len(self._open) >= MOST_DEPTH:
                raise self._refused("too-deep", Text(f"嵌套超过 {MOST_DEPTH} 层。", f"Nested more than {MOST_DEPTH} levels deep."))
            self._open.append((node, None))
        return node

    def _closed(self) -> bool:
        """Take the comma before the next item, or the end of the open collection."""
        parent = self._open[-1][0]
        end = "}" if isinstance(parent.value, dict) else "]"
        character = self._peek()
        if character == end:
            self._at += 1
            self._open.pop()
            return True
        if parent.value:
            if character != ",":
                raise self._unexpected(f", {end}")
            self._at += 1
            if self._peek() == end:
                raise self._refused("json", Text("最后一项之后有多余的逗号。", "There is a comma after the last item."))
        return False

    def _key(self, mapping: dict[str, Node]) -> str:
        if self._peek() != '"':
            raise self._unexpected('"')
        key, line, column = self._string()
        check_text(key, line, column, key=True)
        if key in mapping:
            raise Unreadable(
                "duplicate-key",
                Text(f"字段“{head(key)}”写了两次。请只保留一个。", f"The field “{head(key)}” is written twice. Keep one."),
                line,
                column,
            )
        if not key:
            raise Unreadable("key", Text("字段名必须是非空的文字。", "A field name must be a text that is not empty."), line, column)
        if self._peek() != ":":
            raise self._unexpected(":")
        self._at += 1
        return key

    def _value(self) -> Node:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._refused(
                "too-many-nodes", Text(f"超过 {MOST_NODES} 个数据项。请拆分研究。", f"More than {MOST_NODES} items. Split the study.")
            )
        character = self._peek()
        line, column = self._place()
        if character in "{[" and character:
            self._at += 1
            return Node({} if character == "{" else [], line, column)
        if character == '"':
            text, line, column = self._string()
            check_text(text, line, column)
            return Node(text, line, column)
        number = _NUMBER.match(self._text, self._at)
        word = _WORD.match(self._text, self._at)
        shown = word.group() if word else ""
        if (number and len(shown) >= 40) or (number and number.group() == shown):
            self._at = number.end()
            check_text(number.group(), line, column)
            return Node(number.group(), line, column)
        if shown in _LITERALS:
            self._at += len(shown)
            return Node(_LITERALS[shown], line, column)
        if shown.lstrip("+-").lower() in ("nan", "infinity", "inf"):
            raise self._refused(
                "not-a-number",
                Text(
                    f"{shown} 不是有限的数。数据缺失时请列为缺口并说明原因。",
                    f"{shown} is not a finite number. Where a value is missing, list a gap with its reason.",
                ),
            )
        raise self._unexpected('{ [ " 0-9 true false null')

    def _string(self) -> tuple[str, int, int]:
        line, column = self._place()
        try:
            text, self._at = _scan_string(self._text, self._at + 1, True)
        except json.JSONDecodeError as error:
            self._at = min(error.pos, len(self._text))
            raise self._refused(
                "json",
                Text(
                    "字符串有误：缺少结束引号、有控制字符或转义错误。",
                    "A string is faulty: no closing quote, a control character, or a wrong escape.",
                ),
            ) from error
        return text, line, column

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _peek(self) -> str:
        self._skip()
        return self._text[self._at : self._at + 1]

    def _place(self) -> tuple[int, int]:
        """Line and column of the reading position; only what was read since the last call is counted."""
        breaks = self._text.count("\n", self._counted, self._at)
        if breaks:
            self._line += breaks
            self._line_start = self._text.rfind("\n", self._counted, self._at) + 1
        self._counted = self._at
        return self._line, self._at - self._line_start + 1

    def _refused(self, code: str, text: Text) -> Unreadable:
        line, column = self._place()
        return Unreadable(code, text, line, column)

    def _unexpected(self, wanted: str) -> Unreadable:
        found = head(self._text[self._at : self._at + 20]) or "end / 结尾"
        return self._refused("json", Text(f"此处应为 {wanted}，而读到“{found}”。", f"Expected {wanted} here, found “{found}”."))
