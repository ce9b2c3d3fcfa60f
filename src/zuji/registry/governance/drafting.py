"""The writes of a draft: its fields, its documents, and drafts made anew from what was published."""

import datetime
import json
from collections.abc import Mapping

from django.db import transaction

from zuji.engine.candidate import EvidenceFile
from zuji.engine.text import Text
from zuji.formats.factors.candidates import FIELDS
from zuji.formats.trees import Unreadable
from zuji.formats.trees.nodes import check_text
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action
from zuji.registry.codes import new_code
from zuji.registry.evidence import queries as evidence
from zuji.registry.factors.models import FactorVersion
from zuji.registry.governance.content import EVIDENCE, Content, evidence_text
from zuji.registry.governance.models import Dossier, FieldChange, Publication
from zuji.registry.governance.moving import held, moment, name_of, note
from zuji.registry.governance.refusals import StateConflict
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.factor import EDITABLE, State
from zuji.workflow.permissions import Permission

MOST_FILES = 20
_LONGEST = {"id": 120, "version": 40, "name_zh": 300, "name_en": 300, "category": 80, "geography": 40, "unit": 60, "value": 80, "gsd": 40}


@transaction.atomic
def open_dossier(
    *, viewer: Viewer, enterprise: int, fields: Mapping[str, str] | None = None, code: str = "", now: datetime.datetime | None = None
) -> str:
    """A new draft of an enterprise; its code. ``code`` is one that the form was given before: the same form sent twice makes one draft.

    Raises:
        NotFound: there is no such enterprise, or not for this person.
        NotAllowed: they may look, and not edit.
        Refused: a field is none, or cannot be kept.
    """
    owner = _owner(viewer, enterprise)
    if code and Dossier.objects.filter(pk=code, enterprise=owner, created_by=viewer.name).exists():
        return code
    return _opened(viewer, owner, Content(fields=_clean(fields or {})), code=code, now=moment(now)).code


@transaction.atomic
def restore(*, viewer: Viewer, enterprise: int, reference: str, now: datetime.datetime | None = None) -> str:
    """A new draft with the content of a published version (``id@version``), also an old or a revoked one; its code.

    It becomes the next version of the factor and replaces the newest one. Where an earlier version comes back, that is the reason; why a
    correction begins with the newest one, its submitter still has to say.

    Raises:
        NotFound: there is no such version, or no such enterprise for this person.
    """
    owner = _owner(viewer, enterprise)
    factor_id, _, version = reference.rpartition("@")
    row = FactorVersion.objects.filter(factor_id=factor_id, version=version).first()
    if row is None:
        raise NotFound
    kept = Publication.objects.filter(factor=row).values_list("content", flat=True).first()
    fields = dict(Content.of(kept).fields) if kept is not None else fields_of(row)
    newest = FactorVersion.objects.filter(factor_id=factor_id).order_by("-pk").values_list("version", flat=True)[0]
    fields |= {"version": next_version(factor_id), "supersedes": f"{factor_id}@{newest}"}
    fields.pop("reason", None)
    if version != newest:
        fields["reason"] = "restored"
    # Documents belong to whoever handed them in, and are handed in anew.
    return _opened(viewer, owner, Content(fields=fields), restored_from=reference, now=moment(now)).code


@transaction.atomic
def save_fields(
    *, viewer: Viewer, dossier: str, changes: Mapping[str, str | None], revision: int | None = None, now: datetime.datetime | None = None
) -> int:
    """Keep changed fields of a draft (None or an empty text empties one); the revision now. ``revision`` is the one that the person saw.

    Raises:
        NotFound, NotAllowed: as for every operation.
        StateConflict: it is no draft any more, or somebody saved meanwhile.
        Refused: a field is none, or cannot be kept.
    """
    found = _draft(viewer, dossier)
    if revision is not None and revision != found.revision:
        raise StateConflict(
            Text("您打开本页后内容有改动，请刷新后再保存。", "The draft was changed since you opened this page. Open it again, then save."),
            state=found.state,
        )
    content = Content.of(found.content)
    clean = _clean({key: value or "" for key, value in changes.items()}, keep_empty=True)
    fields = {key: value for key, value in {**content.fields, **clean}.items() if value}
    return _kept(found, content, Content(fields, content.evidence), viewer, moment(now))


@transaction.atomic
def attach(*, viewer: Viewer, dossier: str, file: str, page: str = "", now: datetime.datetime | None = None) -> int:
    """Put an evidence file of the enterprise behind a draft, or name another page of one that is there; the revision now."""
    found = _draft(viewer, dossier)
    row = next((each for each in evidence.of([file], viewer=viewer) if each.enterprise == found.enterprise_id), None)
    if row is None:
        raise NotFound
    content = Content.of(found.content)
    others = tuple(each for each in content.evidence if each.code != file)
    if len(others) >= MOST_FILES:
        raise Refused(Text(f"最多附 {MOST_FILES} 份文件。", f"At most {MOST_FILES} documents."))
    added = EvidenceFile(code=row.code, name=row.name, sha256=row.sha256, size=row.size, page=_line("page", page)[:60])
    return _kept(found, content, Content(content.fields, (*others, added)), viewer, moment(now))


@transaction.atomic
def detach(*, viewer: Viewer, dossier: str, file: str, now: datetime.datetime | None = None) -> int:
    """Take a document from behind a draft; the revision now. The file and the fact that it stood there are kept."""
    found = _draft(viewer, dossier)
    content = Content.of(found.content)
    others = tuple(each for each in content.evidence if each.code != file)
    if len(others) == len(content.evidence):
        raise NotFound
    return _kept(found, content, Content(content.fields, others), viewer, moment(now))


def next_version(factor_id: str) -> str:
    """The label of the next version of a factor: one more than the highest whole number so far."""
    known = FactorVersion.objects.filter(factor_id=factor_id).values_list("version", flat=True)
    return str(max((int(each) for each in known if each.isascii() and each.isdigit()), default=len(known)) + 1)


def fields_of(row: FactorVersion) -> dict[str, str]:
    """A published version as the fields of a draft."""
    parts = json.loads(row.parts)
    gases = "; ".join(" ".join(filter(None, (part["gas"], part["kind"], part["kg"], "kg"))) for part in parts if part["gas"] != "CO2e")
    written = {
        "id": row.factor_id, "version": row.version, "name_zh": row.name_zh, "name_en": row.name_en, "synonyms": ";".join(json.loads(row.synonyms)),
        "category": row.category, "kind": row.kind, "value": row.value, "unit": row.unit, "gases": gases if len(parts) > 1 else "",
        "split": (parts[0]["kind"] or "") if len(parts) == 1 else "", "gwp": row.gwp, "geography": row.geography,
        "year": str(row.year or ""), "boundary": row.boundary, "source": row.source, "publisher": row.publisher, "address": row.address,
        "licence": row.licence, "note": row.note, "confidence": row.confidence, "use_instead": ";".join(json.loads(row.use_instead)),
        "valid_from": row.valid_from.isoformat() if row.valid_from else "", "valid_to": row.valid_to.isoformat() if row.valid_to else "",
        "gsd": row.gsd, "group": row.subject,
    }  # fmt: skip
    return {key: value for key, value in written.items() if value}


def _owner(viewer: Viewer, enterprise: int) -> Enterprise:
    viewer.demand(Permission.EDIT, enterprise=enterprise)
    found = Enterprise.objects.filter(pk=enterprise).first()
    if found is None:
        raise NotFound
    return found


def _opened(
    viewer: Viewer, owner: Enterprise, content: Content, *, now: datetime.datetime, code: str = "", restored_from: str = ""
) -> Dossier:
    made = Dossier.objects.create(
        code=code or new_code(),
        enterprise=owner,
        content=Content().text,
        restored_from=restored_from,
        created=now,
        created_by=viewer.name,
        changed=now,
    )
    note(made, Action.DOSSIER_CREATED, viewer.name, restored_from=restored_from or None)
    _kept(made, Content(), content, viewer, now)
    return made


def _draft(viewer: Viewer, code: str) -> Dossier:
    """A draft, held. Raises StateConflict where it is sealed."""
    found = held(viewer, code)
    viewer.demand(Permission.EDIT, enterprise=found.enterprise_id)
    if State(found.state) not in EDITABLE:
        state = name_of(found.state)
        raise StateConflict(
            Text(
                f"状态是“{state.zh}”，内容已封存，不能再改。需要更正时请先撤回，或提交新版本。",
                f"The state is “{state.en}”: the content is sealed. To correct it, withdraw it, or submit a new version.",
            ),
            state=found.state,
        )
    return found


def _kept(dossier: Dossier, before: Content, after: Content, viewer: Viewer, now: datetime.datetime) -> int:
    """Write what changed as one revision with one event. Proposed values are the submitter's until they are published: the chain holds their number."""
    pairs = {key: (before.fields.get(key), after.fields.get(key)) for key in {*before.fields, *after.fields}}
    pairs[EVIDENCE] = (evidence_text(before.evidence), evidence_text(after.evidence))
    changed = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
    if not changed:
        return dossier.revision
    dossier.revision += 1
    FieldChange.objects.bulk_create(
        FieldChange(dossier=dossier, revision=dossier.revision, key=key, before=old, after=new, at=now, by=viewer.name)
        for key, (old, new) in sorted(changed.items())
    )
    dossier.content, dossier.changed = after.text, now
    for attribute, key in (
        ("factor_id", "id"),
        ("version", "version"),
        ("name_zh", "name_zh"),
        ("name_en", "name_en"),
        ("category", "category"),
    ):
        setattr(dossier, attribute, after.fields.get(key, ""))
    dossier.save(update_fields=["content", "revision", "changed", "factor_id", "version", "name_zh", "name_en", "category"])
    note(dossier, Action.DOSSIER_CHANGED, viewer.name, revision=dossier.revision, fields=len(changed))
    return dossier.revision


def _clean(fields: Mapping[str, str], *, keep_empty: bool = False) -> dict[str, str]:
    """Fields as they are kept. Raises Refused for one that is none, or whose text cannot be kept."""
    clean = {key: _line(key, text) for key, text in fields.items()}
    return clean if keep_empty else {key: text for key, text in clean.items() if text}


def _line(key: str, text: str) -> str:
    if key not in FIELDS and key != "page":
        raise Refused(Text(f"没有“{key[:40]}”这一栏。", f"There is no field “{key[:40]}”."))
    kept = text.strip()
    try:
        check_text(kept, 0, 0)
    except Unreadable as error:
        raise Refused(Text(f"{key}：{error.text.zh}", f"{key}: {error.text.en}")) from error
    longest = _LONGEST.get(key)
    if longest is not None and len(kept) > longest:
        raise Refused(Text(f"“{key}”最多 {longest} 个字符。", f"“{key}” has at most {longest} characters."))
    return kept
