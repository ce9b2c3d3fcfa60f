"""Errors of the rules package: faults of rule and model files, and references to rules that do not exist."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text


class RulesError(Exception):
    """Base of every error of this package; ``text`` is the message in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class BadRuleFile(RulesError):
    """A rule or model file that does not hold what it must: the file, the place in it, and what is wrong."""

    def __init__(self, file: str, place: str, problem: Text) -> None:
        super().__init__(Text(zh=f"{file}:{place or '文件'}:{problem.zh}", en=f"{file}: {place or 'file'}: {problem.en}"))
        self.file = file
        self.place = place


class UnknownRule(RulesError):
    """A study names a rule, or a version of one, that is not in the rulebook. ``finding`` is what its author is told."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class UnknownModel(RulesError):
    """A product model that the library does not hold."""
