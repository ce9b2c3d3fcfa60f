"""Strict YAML and JSON: bytes to a tree whose every scalar is a text with its place. Nothing is interpreted, nothing is executed."""

from zuji.formats.trees.nodes import MOST_BYTES, MOST_DEPTH, MOST_NODES, Node, Unreadable, plain
from zuji.formats.trees.reading import read_tree

__all__ = ["MOST_BYTES", "MOST_DEPTH", "MOST_NODES", "Node", "Unreadable", "plain", "read_tree"]
