"""A name in both languages, as pages print it."""

from typing import NamedTuple

from zuji.engine.text import Text


class Label(NamedTuple):
    """A name, and the sentence that explains it where one is needed."""

    name: Text
    explanation: Text = Text("", "")
