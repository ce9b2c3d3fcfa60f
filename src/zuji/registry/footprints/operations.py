import datetime
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from zuji.engine.analyses import Analyses
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, Role
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.footprints import kept
from zuji.registry.footprints.models import Document, Footprint, Publication, UsedFactor
from zuji.registry.refusals import NotAllowed, NotFound

# Letters and digits that are not mistaken for one another when read aloud or copied by hand.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
NOT_ANALYSED = Analyses(sensitivity=(), simulation=None)
_MAY_STORE = {Role.OWNER.value, Role.EDITOR.value}


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A report that was written of a result."""

    format: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Calculation:
    """What is to be kept: the study as its file was, what was read from it, the result on that day, and how it moves and spreads."""

    source: str
    study: Study
    result: Result
    on: datetime.date
    analyses: Analyses = NOT_ANALYSED

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()


@transaction.atomic
def store(
    *, viewer: Viewer, enterprise: int, calculation: Calculation, documents: Sequence[WrittenDocument] = (), public: bool = False
) -> str:
    """Keep a calculated footprint with its documents; its code. The same study with the same result is kept once.

    Raises:
        NotFound: there is no such enterprise, or the viewer has nothing to do with it.
        NotAllowed: the viewer may look, and not write.
    """
    owner = Enterprise.objects.filter(pk=enterprise).first()
    if owner is None or not (viewer.system or enterprise in viewer.enterprises):
        raise NotFound
    if not viewer.system and viewer.roles[enterprise] not in _MAY_STORE:
        raise NotAllowed(Text("您的角色只能查看，不能保存核算结果。", "Your role may look, and not store footprints."))
    result, study = calculation.result, calculation.study
    same = Footprint.objects.filter(enterprise=owner, study_id=study.id)
    here = same.filter(study_digest=calculation.digest, result_hash=result.result_hash).values_list("code", flat=True).first()
    if here is not None:
        return here
    last = same.order_by("-number").values_list("number", flat=True).first() or 0
    footprint = Footprint.objects.create(
        code="".join(secrets.choice(_ALPHABET) for _ in range(10)),
        enterprise=owner,
        study_id=study.id,
        number=last + 1,
        title_zh=result.title.zh[:300],
        title_en=result.title.en[:300],
        rule=result.rule or "",
        boundary=result.boundary,
        declared_amount=result.declared_amount,
        declared_unit=result.declared_unit,
        total=format(result.total, "f"),
        gaps=len(result.gaps),
        demonstration=bool(study.about and study.about.demonstration),
        calculated_on=calculation.on,
        study=calculation.source,
        content=study.model_dump_json(),
        study_digest=calculation.digest,
        result=kept.written(result),
        analyses=kept.written_analyses(calculation.analyses),
        result_hash=result.result_hash,
        created_by=viewer.name,
    )
    references = {c.factor for c in result.contributions if c.factor and "@" in c.factor}
    UsedFactor.objects.bulk_create(
        UsedFactor(footprint=footprint, factor_id=reference.rsplit("@", 1)[0], version=reference.rsplit("@", 1)[1])
        for reference in sorted(references)
    )
    Document.objects.bulk_create(
        Document(
            footprint=footprint,
            format=document.format,
            language=document.language,
            content=document.content,
            size=len(document.content),
            digest=hashlib.sha256(document.content).hexdigest(),
        )
        for document in documents
    )
    if public:
        Publication.objects.create(footprint=footprint, by=viewer.name)
    record(
        action=Action.FOOTPRINT_STORED,
        actor=viewer.name,
        subject=f"footprint:{footprint.code}",
        enterprise=owner.uscc,
        details={
            "study": study.id,
            "number": footprint.number,
            "study_digest": calculation.digest,
            "result_hash": result.result_hash,
            "documents": len(documents),
            "public": public,
        },
    )
    return footprint.code
