"""The one body of every error of the interface, and which status each refusal has."""

from collections.abc import Mapping

from ninja import Field, Schema
from pydantic import ConfigDict

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Unfit
from zuji.registry.footprints.refusals import NotCalculable, NotReady
from zuji.registry.governance.refusals import EvidenceAltered, NotImpartial, NotReadable, StateConflict
from zuji.registry.products.conflict import BadAnswers, Conflict
from zuji.registry.refusals import NotAllowed, NotFound, RegistryError
from zuji.registry.replies.operations import OtherRequest

STATUS: tuple[tuple[type[RegistryError], int, str], ...] = (
    (NotFound, 404, "not-found"),
    (NotAllowed, 403, "not-allowed"),
    (NotImpartial, 403, "not-impartial"),
    (StateConflict, 409, "state-conflict"),
    (EvidenceAltered, 409, "evidence-altered"),
    (NotReadable, 422, "not-readable"),
    (Conflict, 409, "conflict"),
    (BadAnswers, 422, "bad-answers"),
    (Unfit, 422, "unfit"),
    (NotCalculable, 422, "not-calculable"),
    (NotReady, 409, "not-ready"),
    (OtherRequest, 422, "idempotency-key-reused"),
    (RegistryError, 409, "refused"),
)
"""What each refusal is called and answered with; the first that fits counts."""


class Fault(Schema):
    """What is wrong with one field."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(description="key of the answer, or path of the field in the request")
    message_zh: str
    message_en: str
    mine: str | None = Field(default=None, description="in a conflict: what this request sent")
    theirs: str | None = Field(default=None, description="in a conflict: what stands there now")


class Problem(Schema):
    """Every error looks like this."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(description="stable name of the error")
    status: int
    message_zh: str
    message_en: str
    fields: list[Fault] = Field(default_factory=list)
    revision: int | None = Field(default=None, description="in a conflict: the revision that the answers are in now")
    state: str | None = Field(default=None, description="in a state conflict: where the thing stands now")
    open: list[str] = Field(
        default_factory=list, description="in a state conflict: the acts of the table that are open there, to whom they belong"
    )


def problem(code: str, status: int, text: Text, fields: Mapping[str, Text] | None = None) -> Problem:
    """An error with what is wrong with each field."""
    faults = [Fault(field=key, message_zh=said.zh, message_en=said.en) for key, said in (fields or {}).items()]
    return Problem(code=code, status=status, message_zh=text.zh, message_en=text.en, fields=faults)


def of_refusal(refusal: RegistryError) -> Problem:
    """A refusal of the registry in the words of HTTP."""
    status, code = next((status, code) for kind, status, code in STATUS if isinstance(refusal, kind))
    made = problem(code, status, refusal.text)
    if isinstance(refusal, Conflict):
        made.revision = refusal.revision
        made.fields = [
            Fault(field=key, message_zh=refusal.text.zh, message_en=refusal.text.en, mine=clash.mine, theirs=clash.theirs)
            for key, clash in refusal.fields.items()
        ]
    elif isinstance(refusal, StateConflict):
        made.state, made.open = refusal.state, list(refusal.open)
    elif isinstance(refusal, NotReadable):
        made.fields = [Fault(field=each.where, message_zh=each.message.zh, message_en=each.message.en) for each in refusal.findings]
    elif isinstance(refusal, BadAnswers):
        made.fields = [Fault(field=key, message_zh=text.zh, message_en=text.en) for key, text in refusal.fields.items()]
    elif isinstance(refusal, Unfit):
        made.fields = [Fault(field=key, message_zh=text.zh, message_en=text.en) for key, text in refusal.faults.items()]
    elif isinstance(refusal, NotCalculable):
        made.fields = [
            Fault(field=finding.field or finding.where, message_zh=finding.message.zh, message_en=finding.message.en)
            for finding in refusal.findings
            if finding.severity == "error"
        ]
    return made
