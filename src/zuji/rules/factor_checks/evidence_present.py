"""What was handed in as evidence is there, whole, and is what it was."""

import re

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_SHA256 = re.compile(r"[0-9a-f]{64}")


def evidence_present(case: Case) -> list[Finding]:
    """An error without evidence, for a hash that is none, an empty file, one that is not kept, and one that is handed in twice."""
    files = case.candidate.evidence
    if not files:
        message = Text("没有附上原文件（或所引页面的副本）。", "The document, or a copy of the page that is cited, is not attached.")
        return [case.found("gate.evidence-missing", "error", "evidence", message)]
    found, seen = [], set()
    for file in files:
        field = f"evidence / {file.name[:60]}"
        if _SHA256.fullmatch(file.sha256) is None or file.size <= 0:
            found.append(
                case.found(
                    "gate.evidence-broken", "error", field, Text("文件为空或校验值不对。", "The file is empty, or its hash is none.")
                )
            )
        elif case.context.held is not None and file.sha256 not in case.context.held:
            message = Text("平台上没有保存这个文件（按校验值）。", "No file with this hash is kept on the platform.")
            found.append(case.found("gate.evidence-not-kept", "error", field, message))
        if file.sha256 in seen:
            found.append(
                case.found("gate.evidence-twice", "warning", field, Text("同一文件附了两次。", "The same file is attached twice."))
            )
        seen.add(file.sha256)
    return found
