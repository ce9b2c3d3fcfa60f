"""The rulebook: every version of every product rule, read from the library, asked by id, version and date."""

import datetime
import difflib
import itertools
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.errors import BadRuleFile, UnknownRule
from zuji.rules.schema import CLAUSES, Rule
from zuji.rules.strict_yaml import read

GENERAL = "gbt24067@1.0.0"
M = TypeVar("M", bound=BaseModel)


class Rulebook:
    """Rules by id and version. Two rules of one id and version, or two of one id in force on one day, are faults of the files."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(sorted(rules, key=lambda rule: (rule.id, _order(rule.version))))
        _refuse_clashes(self._rules)

    def all(self) -> tuple[Rule, ...]:
        """Every rule, by id and version."""
        return self._rules

    def get(self, reference: str | None) -> Rule:
        """The rule that ``id@version`` names, or the newest version of ``id``; None names the general rule (GB/T 24067).

        Raises :class:`UnknownRule`, whose finding names what is near.
        """
        wanted = reference or GENERAL
        named = [rule for rule in self._rules if wanted in (rule.reference, rule.id)]
        if named:
            return named[-1]
        raise UnknownRule(self._unknown(wanted))

    def at(self, id_: str, date: datetime.date) -> Rule:
        """The version of a rule that is in force on a date. Raises :class:`UnknownRule`."""
        for rule in self._rules:
            if rule.id == id_ and rule.valid_from <= date and (rule.valid_to is None or date <= rule.valid_to):
                return rule
        versions = [rule for rule in self._rules if rule.id == id_]
        if not versions:
            raise UnknownRule(self._unknown(id_))
        spans = ", ".join(f"{r.reference} {r.valid_from}–{r.valid_to or ''}" for r in versions)
        message = Text(
            zh=f"规则“{id_}”在 {date} 没有有效版本；已有：{spans}。",
            en=f"Rule “{id_}” has no version in force on {date}; there are: {spans}.",
        )
        raise UnknownRule(Finding("rule.not-in-force", "error", "rule", message))

    def _unknown(self, wanted: str) -> Finding:
        known = [rule.reference for rule in self._rules]
        near = difflib.get_close_matches(wanted[:80], known + [rule.id for rule in self._rules], n=3, cutoff=0.4)
        same_id = [rule.reference for rule in self._rules if rule.id == wanted.split("@", maxsplit=1)[0]]
        offered = list(dict.fromkeys(same_id + near)) or known
        return Finding(
            "rule.unknown",
            "error",
            "rule",
            Text(
                zh=f"没有规则“{wanted[:80]}”。可用的有：{'、'.join(offered)}；不指定（null）则按通则 {GENERAL}。",
                en=f"There is no rule “{wanted[:80]}”. Near to it: {', '.join(offered)}; null stands for the general rule {GENERAL}.",
            ),
        )


def load_rules() -> Rulebook:
    """The rulebook of the shipped library (``zuji/library/rules/*.yaml``). Raises :class:`BadRuleFile`."""
    return Rulebook(read_rules(dict(library_files("rules"))))


def read_rules(files: Mapping[str, bytes]) -> tuple[Rule, ...]:
    """The rules of several files, by file name. A rule that ``extends`` another takes from it each clause that it does not state itself.

    Raises :class:`BadRuleFile` naming file, place and fault.
    """
    raw = {name: read(data, name) for name, data in sorted(files.items())}
    whole = {f"{each.get('id')}@{each.get('version')}": each for each in raw.values() if "extends" not in each}
    rules = []
    for name, own in raw.items():
        parent = whole.get(str(own["extends"])) if "extends" in own else {}
        if parent is None:
            wanted = own["extends"]
            raise BadRuleFile(name, "extends", Text(f"没有可继承的规则“{wanted}”。", f"There is no rule “{wanted}” to extend."))
        rules.append(validated(Rule, {**{key: parent[key] for key in parent if key in CLAUSES}, **own}, name))
    return tuple(rules)


def validated(type_: type[M], content: Mapping[str, Any], file: str) -> M:
    """The object of a pydantic type that a file's content makes; the first fault is raised as :class:`BadRuleFile`."""
    try:
        return type_.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = " / ".join(str(step) for step in first["loc"])
        raise BadRuleFile(
            file, place, Text(f"{first['msg']}（共 {error.error_count()} 处）", f"{first['msg']} ({error.error_count()} in all)")
        ) from error


def library_files(folder: str) -> list[tuple[str, bytes]]:
    """Name and content of each YAML file of a folder of the library, by name."""
    found = [entry for entry in resources.files("zuji").joinpath("library", folder).iterdir() if entry.name.endswith(".yaml")]
    return [(entry.name, entry.read_bytes()) for entry in sorted(found, key=lambda entry: entry.name)]


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _refuse_clashes(rules: tuple[Rule, ...]) -> None:
    for before, after in itertools.pairwise(rules):
        if before.id != after.id:
            continue
        if before.version == after.version:
            raise BadRuleFile(after.reference, "version", Text("同一规则版本出现两次。", "This version of the rule occurs twice."))
        if before.valid_to is None or after.valid_from <= before.valid_to:
            raise BadRuleFile(
                after.reference,
                "valid_from",
                Text(f"有效期与 {before.reference} 重叠。", f"The validity overlaps that of {before.reference}."),
            )
