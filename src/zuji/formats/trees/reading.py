"""Bytes to a tree: size and encoding first, then the notation, so that a hostile file costs as little as possible."""

import re

from zuji.engine.text import Text
from zuji.formats.trees.json_trees import read_json
from zuji.formats.trees.nodes import MOST_BYTES, Node, Unreadable
from zuji.formats.trees.yaml_trees import read_yaml

_FLOW = re.compile(r"\{\s*[\w']")


def read_tree(data: bytes) -> Node:
    """A document that begins with ``{`` or ``[`` is JSON, any other YAML. Raises :class:`Unreadable` and nothing else.

    A mapping whose first key stands without double quotes is YAML in its flow style, which JSON never is.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(
            "too-large",
            Text(
                zh=f"文件有 {len(data) // 1024 // 1024} MB，最大 {MOST_BYTES // 1024 // 1024} MB。一个研究通常不到 1 MB；请拆分，或去掉附件和重复内容。",
                en=f"The file has {len(data) // 1024 // 1024} MB, at most {MOST_BYTES // 1024 // 1024} MB are read. A study is usually below 1 MB; "
                "split it, or take out attachments and repetitions.",
            ),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            "not-utf8",
            Text(
                zh=f"文件不是 UTF-8 编码（第 {error.start + 1} 个字节）。请另存为 UTF-8。",
                en=f"The file is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.",
            ),
            line,
        ) from error
    start = text.lstrip()
    if not start:
        raise Unreadable("empty", Text("文件是空的。", "The file is empty."))
    return read_yaml(text) if _FLOW.match(start) or start[0] not in "{[" else read_json(text)
