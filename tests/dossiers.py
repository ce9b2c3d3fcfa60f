"""A real factor on its way to publication, one station after the other, each by somebody else of the cast."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests import cast
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.evidence.operations import keep
from zuji.registry.governance import operations
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Assignment, Dossier
from zuji.workflow.opinion import QUESTIONS

As = Callable[[cast.Person], Viewer]
NOW = datetime.datetime(2026, 11, 27, 2, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
PREVIEW = "ab" * 32
PAPER = "陈舜, 逯非, 王效科. 中国氮磷钾肥制造温室气体排放系数的估算. 生态学报, 2015, 35(19): 6371-6383."
PAGE = "摘要：磷酸一铵 0.740 t CE/t P2O5（×44/12 = 2.713 kgCO2e/kg P2O5）"

# Chen et al. 2015 as the paper's abstract states it: 0.740 t C-equivalent per t P2O5, times 44/12.
MAP: Mapping[str, str] = {
    "id": "CHEN2015-MAP",
    "version": "2",
    "name_zh": "磷酸一铵制造（中国）",
    "name_en": "Monoammonium phosphate production, China",
    "synonyms": "一铵;MAP;monoammonium phosphate;NH4H2PO4",
    "cas": "7722-76-1",
    "hs": "3105.40",
    "gbt4754": "2622",
    "category": "chemicals",
    "kind": "life-cycle",
    "value": "2.713",
    "unit": "kgCO2e/kg P2O5",
    "geography": "CN",
    "technology": "全国平均，料浆法为主",
    "year": "2013",
    "boundary": "cradle-to-gate (raw material to factory gate)",
    "source": "陈舜,逯非,王效科. 中国氮磷钾肥制造温室气体排放系数的估算. 生态学报 2015,35(19):6371-6383",
    "publisher": "生态学报 / 中国科学院生态环境研究中心",
    "source_year": "2015",
    "address": "https://www.ecologica.cn/html/2015/19/stxb201402210304.htm",
    "document_number": "doi 10.5846/stxb201402210304",
    "document_page": "6371 摘要",
    "licence": "single figures from a published abstract as facts with citation",
    "confidence": "verified",
    "quality_technology": "2",
    "quality_geography": "1",
    "quality_time": "4",
    "quality_completeness": "2",
    "quality_reliability": "2",
    "supersedes": "CHEN2015-MAP@1",
    "reason": "misprint",
}


# 0.2 kg P2O5 of monoammonium phosphate in 1 kg of a blend; FACTOR is what the phosphate is taken from.
BLEND = """
zuji: study/1
id: map-user
title: {zh: 掺混肥, en: blended fertiliser}
boundary: cradle-to-gate
declared_unit: {amount: "1", unit: kg}
period: {start: 2025-01-01, end: 2025-12-31}
geography: CN-HB
reference: blend
processes:
  - id: blend
    name: {zh: 掺混, en: blending}
    stage: production
    output: {product: blend, amount: "1", unit: kg}
    inputs:
      - {name: {zh: 磷酸一铵, en: MAP}, amount: "0.2", unit: kg P2O5, factor: FACTOR}
"""


def state_of(code: str) -> str:
    return Dossier.objects.get(pk=code).state


GOOD = dict.fromkeys(QUESTIONS, 4)


@dataclass(frozen=True, slots=True)
class Way:
    """The stations, as the cast takes them. Every step has the time ``now``, a day after the one before."""

    as_: As
    enterprise: int
    experts: tuple[int, ...]

    def draft(self, **changed: str) -> str:
        """A draft of the association with its document."""
        by = self.as_(cast.ASSOCIATION)
        file = keep(viewer=by, enterprise=self.enterprise, name="陈舜2015.txt", chunks=[PAPER.encode(), PAGE.encode()])
        code = operations.open_dossier(viewer=by, enterprise=self.enterprise, fields={**MAP, **changed}, now=NOW)
        operations.attach(viewer=by, dossier=code, file=file, page="6371", now=NOW)
        return code

    def submitted(self, code: str = "", **changed: str) -> str:
        code = code or self.draft(**changed)
        done = operations.submit(viewer=self.as_(cast.ASSOCIATION), dossier=code, now=NOW)
        assert done.passed, [(each.code, each.message.en) for each in done.findings if each.severity == "error"]
        return code

    def tick(self, code: str, person: cast.Person, keys: tuple[str, ...] = ()) -> bool:
        """A checker opens the document and ticks every value."""
        by, done = self.as_(person), False
        content = Content.of(Dossier.objects.get(pk=code).content)
        file = content.evidence[0].code
        operations.open_document(viewer=by, dossier=code, file=file)
        for key in keys or content.to_check:
            done = operations.tick(viewer=by, dossier=code, mark=operations.Mark(key, file, "6371"), now=NOW + DAY)
        return done

    def traced_not_yet(self, code: str) -> str:
        return code

    def traced(self, code: str = "", **changed: str) -> str:
        code = code or self.submitted(**changed)
        if state_of(code) != "tracing":
            return code
        assert not self.tick(code, cast.CHECKER)
        assert self.tick(code, cast.SECOND_CHECKER)
        return code

    def assigned(self, code: str = "", **changed: str) -> str:
        code = self.traced(code, **changed)
        if Assignment.objects.filter(dossier=code).exists():
            return code
        for expert in self.experts[:2]:
            operations.assign(viewer=self.as_(cast.SECRETARY), dossier=code, expert=expert, now=NOW + 2 * DAY)
        return code

    def opine(self, code: str, person: cast.Person, verdict: str = "accept") -> str:
        return operations.opine(
            viewer=self.as_(person),
            dossier=code,
            answers=GOOD,
            verdict=verdict,
            comment="来源可查，换算正确。",
            no_conflict=True,
            now=NOW + 3 * DAY,
        )

    def reviewed(self, code: str = "", **changed: str) -> str:
        code = self.assigned(code, **changed)
        if state_of(code) != "reviewing":
            return code
        self.opine(code, cast.EXPERT)
        assert self.opine(code, cast.SECOND_EXPERT) == "spot_check"
        return code

    def drawn(self, code: str = "", **changed: str) -> str:
        """Announced, drawn (alone on the list, so it is drawn) and found sound."""
        code = self.reviewed(code, **changed)
        if state_of(code) != "spot_check":
            return code
        by = self.as_(cast.INSPECTOR)
        number = operations.announce_round(viewer=by, draw_at=NOW + 5 * DAY, now=NOW + 4 * DAY)
        operations.draw_round(viewer=by, number=number, now=NOW + 5 * DAY)
        if state_of(code) == "spot_check":
            operations.find_sound(viewer=by, dossier=code, now=NOW + 5 * DAY)
        return code

    def digest(self, code: str) -> str:
        return Dossier.objects.get(pk=code).digest

    def signed(self, code: str = "", **changed: str) -> str:
        code = self.drawn(code, **changed)
        if state_of(code) == "signed_once":
            return code
        operations.sign(viewer=self.as_(cast.PUBLISHER), dossier=code, seen=self.digest(code), preview=PREVIEW, now=NOW + 6 * DAY)
        return code

    def published(self, code: str = "", **changed: str) -> str:
        """The code of the publication."""
        code = self.signed(code, **changed)
        return operations.publish(
            viewer=self.as_(cast.SECOND_PUBLISHER), dossier=code, seen=self.digest(code), preview=PREVIEW, now=NOW + 7 * DAY
        )
