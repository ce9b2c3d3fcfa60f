"""YAML by its events (libyaml where PyYAML has it), so that every scalar stays the text that was written.

What YAML 1.1 would guess (``1_000``, ``0o17``, ``12:30``, ``NO``) is therefore never guessed. Anchors, aliases, tags, merge keys, several
documents and duplicate keys are refused: they let a small file mean something large, executable, or other than what it shows.
"""

from collections.abc import Iterator

import yaml

from zuji.engine.text import Text
from zuji.formats.trees.nodes import MOST_DEPTH, MOST_NODES, Node, Unreadable, check_text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = {"", "~", "null", "Null", "NULL"}


def read_yaml(text: str) -> Node:
    """The one document of a YAML text. Raises :class:`Unreadable`."""
    events = _events(text)
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise _refused(
                    event,
                    "several-documents",
                    Text(
                        "文件里有多个 YAML 文档（---）。一个文件只放一个研究。",
                        "The file holds several YAML documents (---). One file is one study.",
                    ),
                )
            if event.tags:
                raise _refused(event, "tag", Text("不接受 %TAG 指令。", "A %TAG directive is not taken."))
        elif isinstance(event, yaml.NodeEvent):
            root = _Builder(events).build(event)
    if root is None:
        raise Unreadable("empty", Text("文件没有内容。", "The file has no content."))
    return root


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "syntax"
        if "tab" in problem or "\\t" in problem:
            problem += " (use spaces, not tabs / 请用空格，不用制表符)"
        raise Unreadable(
            "yaml",
            Text(
                zh=f"YAML 语法有误：{problem}。请检查缩进、冒号后的空格和引号。",
                en=f"The YAML cannot be read: {problem}. Check indentation, the space after a colon, and quotes.",
            ),
            mark.line + 1 if mark else 0,
            mark.column + 1 if mark else 0,
        ) from error
    except yaml.YAMLError as error:
        raise Unreadable(
            "yaml",
            Text(
                zh="文件含有 YAML 不允许的字符。请删除控制字符。",
                en="The file holds a character that YAML does not allow. Remove control characters.",
            ),
        ) from error


def _begins(event: yaml.Event) -> tuple[int, int]:
    """Line and column where an event begins, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _refused(event: yaml.Event, code: str, text: Text) -> Unreadable:
    return Unreadable(code, text, *_begins(event))


def _is_plain(event: yaml.Event) -> bool:
    """Whether a scalar stands without quotes."""
    return isinstance(event, yaml.ScalarEvent) and event.style in (None, "")


class _Builder:
    """Builds one tree from the events after its first; holds its own stack, so that depth costs no recursion."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._open: list[tuple[Node, str | None]] = []
        self._count = 0

    def build(self, first: yaml.Event) -> Node:
        root = self._take(first)
        while self._open:
            self._take(next(self._events))
        return root

    def _take(self, event: yaml.Event) -> Node:
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            return self._open.pop()[0]
        self._check(event)
        node = self._node(event)
        if not self._place(node, event):
            return node
        if not isinstance(event, yaml.ScalarEvent):
            if len(self._open) >= MOST_DEPTH:
                raise _refused(event, "too-deep", Text(f"嵌套超过 {MOST_DEPTH} 层。", f"Nested more than {MOST_DEPTH} levels deep."))
            self._open.append((node, None))
        return node

    def _check(self, event: yaml.Event) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise _refused(
                event,
                "too-many-nodes",
                Text(f"超过 {MOST_NODES} 个数据项。请拆分研究。", f"More than {MOST_NODES} items. Split the study."),
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _refused(
                event,
                "alias",
                Text(
                    "不接受 YAML 锚点和别名（& 和 *）。请把内容写全。",
                    "YAML anchors and aliases (& and *) are not taken. Write the content out.",
                ),
            )
        if getattr(event, "tag", None) is not None:
            raise _refused(
                event,
                "tag",
                Text(
                    "不接受 YAML 标签（!…）。请写成普通文字；以 ! 开头的文字请加引号。",
                    "YAML tags (!…) are not taken. Write plain text; quote a text that begins with !.",
                ),
            )

    def _node(self, event: yaml.Event) -> Node:
        line, column = _begins(event)
        if isinstance(event, yaml.MappingStartEvent):
            return Node({}, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([], line, column)
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        return Node(None if _is_plain(event) and text in _EMPTY else text, line, column)

    def _place(self, node: Node, event: yaml.Event) -> bool:
        """Put a node where the open collection wants it. False when it was a key."""
        key = None
        if self._open:
            parent, key = self._open[-1]
            if isinstance(parent.value, dict) and key is None:
                self._open[-1] = (parent, self._key(parent.value, node, event))
                return False
        if isinstance(node.value, str):
            check_text(node.value, node.line, node.column)
        if self._open:
            parent, key = self._open[-1]
            if isinstance(parent.value, list):
                parent.value.append(node)
            elif isinstance(parent.value, dict) and key is not None:
                parent.value[key] = node
                self._open[-1] = (parent, None)
        return True

    def _key(self, mapping: dict[str, Node], node: Node, event: yaml.Event) -> str:
        if not isinstance(node.value, str):
            raise _refused(event, "key", Text("字段名必须是非空的文字。", "A field name must be a text that is not empty."))
        if node.value == "<<" and _is_plain(event):
            raise _refused(
                event,
                "merge-key",
                Text("不接受 YAML 合并键（<<）。请把内容写全。", "YAML merge keys (<<) are not taken. Write the content out."),
            )
        check_text(node.value, node.line, node.column, key=True)
        if node.value in mapping:
            name = node.value[:40]
            raise _refused(
                event, "duplicate-key", Text(f"字段“{name}”写了两次。请只保留一个。", f"The field “{name}” is written twice. Keep one.")
            )
        return node.value
