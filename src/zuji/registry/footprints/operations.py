import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from zuji.engine.analyses import Analyses, analyse
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.formats.study import write_study
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.codes import new_code
from zuji.registry.footprints import kept
from zuji.registry.footprints.answering import assessed_on
from zuji.registry.footprints.assessing import assessed
from zuji.registry.footprints.dependences import row_of, vector_of
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.models import Document, Footprint, Publication, UsedFactor
from zuji.registry.jobs.operations import enqueue
from zuji.registry.models import queries as catalogue
from zuji.registry.products import queries as products
from zuji.registry.products.models import Version
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission

REPORTS = "footprint.reports"
"""The kind of job that writes the reports of a footprint; its key is the footprint's code."""

NOT_ANALYSED = Analyses(sensitivity=(), simulation=None)


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


@dataclass(frozen=True, slots=True)
class Origin:
    """The answers that a footprint was calculated from: a revision of a product's version."""

    product: str
    number: int
    revision: int


def store(
    *,
    viewer: Viewer,
    enterprise: int,
    calculation: Calculation,
    documents: Sequence[WrittenDocument] = (),
    public: bool = False,
    origin: Origin | None = None,
) -> str:
    """Keep a calculated footprint with its documents; its code. The same study with the same result is kept once.

    The reports of a product's footprint are written in the background: their job stands or falls with what is kept here. What its total
    depends on is found out before the transaction, which nobody waits for.

    Raises:
        NotFound: there is no such enterprise, or the viewer has nothing to do with it.
        NotAllowed: the viewer may look, and not write.
    """
    vector = vector_of(calculation.study, calculation.result, calculation.on)
    with transaction.atomic():
        owner = Enterprise.objects.filter(pk=enterprise).first()
        if owner is None:
            raise NotFound
        viewer.demand(Permission.EDIT, enterprise=enterprise, product=origin.product if origin else None)
        # The same version calculated twice at once comes one after the other, and is then found below.
        versions = Version.objects.select_for_update(of=("self",))
        version = versions.get(product=origin.product, number=origin.number) if origin else None
        same = Footprint.objects.filter(enterprise=owner, study_id=calculation.study.id)
        known = same.filter(study_digest=calculation.digest, result_hash=calculation.result.result_hash)
        here = known.values_list("code", flat=True).first()
        if here is not None:
            return here
        last = same.order_by("-number").values_list("number", flat=True).first() or 0
        footprint = _row(calculation, owner=owner, version=version, origin=origin, number=last + 1, by=viewer.name)
        footprint.save(force_insert=True)
        UsedFactor.objects.bulk_create(_used(footprint, calculation.result))
        if vector is not None:
            row_of(vector, footprint=footprint, enterprise=owner.pk).save(force_insert=True)
        _keep_documents(footprint, documents)
        if origin is not None and not documents:
            enqueue(REPORTS, {"footprint": footprint.code}, footprint.code)
        if public:
            Publication.objects.create(footprint=footprint, by=viewer.name)
        record(
            action=Action.FOOTPRINT_STORED,
            actor=viewer.name,
            subject=f"footprint:{footprint.code}",
            enterprise=owner.uscc,
            details={
                "study": calculation.study.id,
                "number": footprint.number,
                "study_digest": calculation.digest,
                "result_hash": calculation.result.result_hash,
                "documents": len(documents),
                "public": public,
            },
        )
        return footprint.code


def _row(calculation: Calculation, *, owner: Enterprise, version: Version | None, origin: Origin | None, number: int, by: str) -> Footprint:
    """The row of a calculation, with a new code."""
    result, study = calculation.result, calculation.study
    return Footprint(
        code=new_code(),
        enterprise=owner,
        version=version,
        revision=origin.revision if origin else None,
        study_id=study.id,
        number=number,
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
        created_by=by,
    )


def _used(footprint: Footprint, result: Result) -> list[UsedFactor]:
    references = {c.factor for c in result.contributions if c.factor and "@" in c.factor}
    pairs = (reference.rsplit("@", 1) for reference in sorted(references))
    return [UsedFactor(footprint=footprint, factor_id=factor, version=version) for factor, version in pairs]


def calculate(*, viewer: Viewer, product: str, number: int, today: datetime.date | None = None) -> str:
    """Calculate a version's answers as they are saved, and keep the result; the footprint's code. The same answers are kept once.

    The calculation runs outside the transaction: nobody else's save waits for it.

    Raises:
        NotFound, NotAllowed: as for every operation.
        NotCalculable: the answers make no study, or the study is refused; with every finding and the question behind it.
        Refused: the product model is no longer on offer.
    """
    draft = products.version(product, number, viewer=viewer)
    viewer.demand(Permission.EDIT, enterprise=draft.enterprise, product=product)
    day = assessed_on(today)
    study, result = assessed(draft, day)
    method = Method.current()
    named = {
        key: Text(f"填报项：{field.label.zh}", f"answer: {field.label.en}")
        for key, field in catalogue.in_use(draft.model).model.fields.items()
    }
    analyses = analyse(study, method.library, method.gwp[study.gwp], today=day, named=named)
    return store(
        viewer=viewer,
        enterprise=draft.enterprise,
        calculation=Calculation(source=write_study(study), study=study, result=result, on=day, analyses=analyses),
        origin=Origin(product=product, number=number, revision=draft.revision),
    )


@transaction.atomic
def keep_reports(*, footprint: str, documents: Sequence[WrittenDocument]) -> None:
    """Keep the reports written of a footprint by the platform itself; those kept already stay as they are.

    Raises:
        NotFound: there is no such footprint.
    """
    found = Footprint.objects.select_related("enterprise").filter(pk=footprint).first()
    if found is None:
        raise NotFound
    here = set(found.documents.values_list("format", "language"))
    fresh = [document for document in documents if (document.format, document.language) not in here]
    if not fresh:
        return
    _keep_documents(found, fresh)
    record(
        action=Action.REPORTS_WRITTEN,
        actor="system",
        subject=f"footprint:{footprint}",
        enterprise=found.enterprise.uscc,
        details={"documents": len(fresh)},
    )


def _keep_documents(footprint: Footprint, documents: Sequence[WrittenDocument]) -> None:
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
