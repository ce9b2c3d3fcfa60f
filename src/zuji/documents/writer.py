"""What a chapter needs to write itself: the material, the language, and running numbers of headings, tables and figures."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from zuji.documents.blocks import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Definitions,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Table,
    TableColumn,
)
from zuji.documents.charts import per_unit
from zuji.documents.wording import NOT_STATED, clipped, prose, term
from zuji.engine.analyses import Analyses
from zuji.engine.factors import FactorSource
from zuji.engine.impact import GwpSet
from zuji.engine.results import Result
from zuji.engine.study import Bilingual, Process, Study
from zuji.engine.text import Language, Text
from zuji.rules import Rule


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a result stands in a register: whose product it is (by its registered name and code), which version, under which number."""

    enterprise: Text
    uscc: str
    edition: Text
    code: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a report is made of. What is None or empty is shown as not stated, never as zero."""

    study: Study
    result: Result
    rule: Rule | None
    language: Language
    issued: datetime.date
    factors: FactorSource
    gwp: GwpSet
    analyses: Analyses | None = None
    filing: Filing | None = None


@dataclass(slots=True)
class Writer:
    """Collects blocks in one language."""

    of: Material
    blocks: list[Block] = field(default_factory=list)
    _chapter: str = ""
    _levels: list[int] = field(default_factory=lambda: [0, 0, 0])
    _annexes: int = 0
    _tables: int = 0
    _figures: int = 0

    @property
    def unit(self) -> str:
        return per_unit(self.of.result)

    @property
    def not_stated(self) -> str:
        return NOT_STATED.in_(self.of.language)

    def say(self, zh: str, en: str) -> str:
        return zh if self.of.language == "zh" else en

    def term(self, terms: dict[str, Text], key: str) -> str:
        return term(terms, key, self.of.language)

    def name(self, label: Bilingual | Text | None, longest: int = 120) -> str:
        """A name on one line; not stated where there is none."""
        if label is None:
            return self.not_stated
        return clipped(label.zh if self.of.language == "zh" else label.en, longest) or self.not_stated

    def prose(self, label: Bilingual | None) -> str:
        """A text of the study in full; not stated where there is none."""
        if label is None:
            return self.not_stated
        return prose(label.zh if self.of.language == "zh" else label.en) or self.not_stated

    def process(self, identifier: str) -> str:
        """What a process is called."""
        found: Process | None = next((p for p in self.of.study.processes if p.id == identifier), None)
        return self.name(found.name) if found and found.name else clipped(identifier)

    def listed(self, items: Sequence[str]) -> str:
        return self.say("、", ", ").join(items)

    def chapter(self, zh: str, en: str) -> None:
        self._levels = [self._levels[0] + 1, 0, 0]
        self._chapter = str(self._levels[0])
        self.blocks.append(Heading(1, self._chapter, self.say(zh, en), fresh=True))

    def front(self, zh: str, en: str) -> None:
        """A chapter without a number, before the first."""
        self.blocks.append(Heading(1, "", self.say(zh, en), fresh=True))

    def annex(self, zh: str, en: str) -> None:
        self._annexes += 1
        self._chapter = "ABCDEFGH"[self._annexes - 1]
        self._levels[1:] = [0, 0]
        self.blocks.append(
            Heading(1, self.say(f"附录 {self._chapter}", f"Annex {self._chapter}"), self.say(zh, en), fresh=self._annexes == 1)
        )

    def section(self, zh: str, en: str) -> None:
        self._levels[1:] = [self._levels[1] + 1, 0]
        self.blocks.append(Heading(2, f"{self._chapter}.{self._levels[1]}", self.say(zh, en)))

    def subsection(self, title: str) -> None:
        self._levels[2] += 1
        self.blocks.append(Heading(3, f"{self._chapter}.{self._levels[1]}.{self._levels[2]}", title))

    def paragraph(self, zh: str, en: str, tone: Literal["body", "note"] = "body") -> None:
        self.blocks.append(Paragraph(self.say(zh, en), tone))

    def text(self, text: str) -> None:
        """Text of the study itself."""
        self.blocks.extend(Paragraph(part) for part in text.split("\n") if part)

    def bullets(self, items: Sequence[str]) -> None:
        self.blocks.append(Bullets(tuple(items)))

    def definitions(self, rows: Sequence[tuple[str, str]]) -> None:
        self.blocks.append(Definitions(tuple(rows)))

    def key_figures(self, items: Sequence[KeyFigure]) -> None:
        self.blocks.append(KeyFigures(tuple(items)))

    def callout(self, kind: CalloutKind, title: str, items: Sequence[str]) -> None:
        self.blocks.append(Callout(kind, title, tuple(items)))

    def table(self, caption: str, columns: Sequence[TableColumn], rows: Sequence[Row], note: str = "", *, dense: bool = False) -> None:
        self._tables += 1
        number = self.say(f"表 {self._tables}", f"Table {self._tables}")
        self.blocks.append(Table(number, caption, tuple(columns), tuple(rows), note, dense))

    def figure(self, caption: str, svg: str, alt: str, width: int, height: int) -> None:
        self._figures += 1
        number = self.say(f"图 {self._figures}", f"Figure {self._figures}")
        self.blocks.append(Figure(number, caption, svg, alt, width, height))
