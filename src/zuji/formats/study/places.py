"""Where something is in a study, in words that its author knows: ``processes[kiln] / inputs[coal] / unit, line 23``."""

from collections.abc import Sequence

from zuji.engine.excerpt import head
from zuji.formats.trees import Node

_NAMED_BY = ("id", "name", "product", "gas", "stage")


def walk(tree: Node, path: Sequence[str | int]) -> tuple[list[str | int], Node]:
    """As far as ``path`` can be followed in the tree: the steps taken and the node reached. Steps that name a type are passed over."""
    node, taken = tree, []
    for step in path:
        child = node.child(step)
        if child is not None:
            node = child
            taken.append(step)
    return taken, node


def place(tree: Node, path: Sequence[str | int], field: str | None = None) -> str:
    """The place of ``path``, with ``field`` where a field is meant that is not there or not known."""
    words: list[str] = []
    node = tree
    for step in path:
        node = node.child(step) or node
        if isinstance(step, str):
            words.append(head(step))
        elif words:
            words[-1] = f"{words[-1]}[{_name(node) or f'#{step + 1}'}]"
    line = node.line
    if field is not None:
        line = (node.child(field) or node).line
        words.append(head(field))
    return f"{' / '.join(words) or 'study'}, line {line}"


def _name(node: Node) -> str | None:
    """What the author calls an item of a list."""
    if not isinstance(node.value, dict):
        return None
    for field in _NAMED_BY:
        named = node.value.get(field)
        if named is not None and isinstance(named.value, dict):
            named = named.value.get("zh") or named.value.get("en")
        if named is not None and isinstance(named.value, str):
            return head(named.value)
    return None
