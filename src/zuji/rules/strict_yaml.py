"""Reading the rule and model files of the library: every scalar is text, and what YAML would let pass silently is a fault.

Aliases, tags and duplicate keys are refused: a rule file is read by people, so it says each thing once and where it stands.
"""

from typing import Any

import yaml

from zuji.engine.text import Text
from zuji.rules.errors import BadRuleFile

MAX_BYTES = 2_000_000
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The loader that makes text of every scalar: libyaml's where PyYAML was built with it, ten times as fast, else Python's own."""


def read(data: bytes, file: str) -> dict[str, Any]:
    """The mapping that a file holds. Raises :class:`BadRuleFile` with the line of the fault."""
    if len(data) > MAX_BYTES:
        raise BadRuleFile(file, "", Text("文件过大。", "The file is too large."))
    try:
        node = yaml.compose(data.decode("utf-8"), Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadRuleFile(file, "", Text(f"不是有效的 YAML:{error}", f"not valid YAML: {error}")) from error
    if not isinstance(node, yaml.MappingNode):
        raise BadRuleFile(file, "", Text("须为一个映射。", "A mapping is needed."))
    return _mapping(node, file, set())


def _value(node: yaml.Node, file: str, seen: set[int]) -> Any:
    if id(node) in seen:
        raise BadRuleFile(file, _line(node), Text("不允许使用 YAML 别名。", "YAML aliases are not allowed."))
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, file, seen) for each in node.value]
    return str(node.value)


def _mapping(node: yaml.MappingNode, file: str, seen: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            raise BadRuleFile(file, _line(key), Text(f"重复的键“{name}”。", f"The key “{name}” occurs twice."))
        found[name] = _value(value, file, seen)
    return found


def _line(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"
