"""What a dossier proposes: the fields as written and the documents with their hashes, in one sealed text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zuji.engine.candidate import Candidate, EvidenceFile
from zuji.engine.canonical import canonical_json, digest
from zuji.engine.findings import Finding
from zuji.formats.factors.candidates import read_candidate
from zuji.registry.evidence import storage
from zuji.registry.governance.refusals import EvidenceAltered, NotReadable

EVIDENCE = "evidence"
"""The key under which the list of documents stands in the history of changes."""

VALUES = ("value", "unit", "gases", "upstream", "downstream", "waste", "gsd", "year", "geography", "boundary")
"""Fields that are held against the page of a document where they are filled in."""


@dataclass(frozen=True)
class Content:
    """The fields (name to text, empty ones left out) and the documents of a dossier."""

    fields: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[EvidenceFile, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Content":
        """The content that :attr:`text` was made of."""
        plain = json.loads(text)
        return cls(plain["fields"], tuple(EvidenceFile(**each) for each in plain["evidence"]))

    @cached_property
    def plain(self) -> dict[str, object]:
        return {"zuji": "dossier/1", "fields": dict(self.fields), "evidence": [_plain(each) for each in self.evidence]}

    @cached_property
    def text(self) -> str:
        return canonical_json(self.plain).decode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal: what reviewers and publishers sign."""
        return digest(self.plain)

    @cached_property
    def read(self) -> tuple[Candidate | None, tuple[Finding, ...]]:
        return read_candidate(self.fields, self.evidence)

    @property
    def candidate(self) -> Candidate:
        """The candidate. Raises :class:`NotReadable` where the fields make none."""
        found, findings = self.read
        if found is None:
            raise NotReadable(findings)
        return found

    @property
    def to_check(self) -> tuple[str, ...]:
        """The fields whose text is held against a document."""
        return tuple(name for name in VALUES if self.fields.get(name))

    def demand_intact(self) -> None:
        """Nothing where every document on disk gives its hash. Raises :class:`EvidenceAltered` with the names of those that do not."""
        altered = [each.name for each in self.evidence if storage.digest_on_disk(each.sha256) != each.sha256]
        if altered:
            raise EvidenceAltered(altered)


def evidence_text(evidence: tuple[EvidenceFile, ...]) -> str | None:
    """The list of documents as it stands in the history of changes; None where there are none."""
    return canonical_json([_plain(each) for each in evidence]).decode() if evidence else None


def _plain(each: EvidenceFile) -> dict[str, object]:
    return {"code": each.code, "name": each.name, "sha256": each.sha256, "size": each.size, "page": each.page}
