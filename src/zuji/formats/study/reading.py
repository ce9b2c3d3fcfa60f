"""Bytes to a :class:`~zuji.engine.study.Study`: every fault of the file as a finding that says where it is and what to do."""

from pydantic import ValidationError

from zuji.engine.errors import StudyRefused
from zuji.engine.excerpt import head
from zuji.engine.findings import Finding
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.formats.study.faults import findings_of
from zuji.formats.study.spelling import misspelt_scalars
from zuji.formats.trees import Unreadable, plain, read_tree


def read_study(data: bytes, name: str) -> Study:
    """The study in a YAML or JSON file called ``name``. Raises :class:`~zuji.engine.errors.StudyRefused`, and nothing else.

    The bytes are read as text only (no tags, anchors or types), so that quantities stay the decimal strings that were written.
    """
    shown = head(name, 200)
    try:
        tree = read_tree(data)
    except Unreadable as error:
        place = f"{shown}, line {error.line}" + (f", column {error.column}" if error.column else "") if error.line else shown
        raise StudyRefused([Finding(f"study.{error.code}", "error", place, error.text)], shown) from error
    if not isinstance(tree.value, dict):
        text = Text("研究文件应是一组字段，以 zuji: study/1 开头。", "A study file is a mapping of fields that begins with zuji: study/1.")
        raise StudyRefused([Finding("study.value-invalid", "error", f"{shown}, line {tree.line}", text)], shown)
    misspelt = misspelt_scalars(tree)
    try:
        study = Study.model_validate(plain(tree))
    except ValidationError as error:
        found = findings_of(error, tree)
        told = {finding.where for finding in found}
        found += [finding for finding in misspelt if finding.where not in told]
        raise StudyRefused(sorted(found, key=lambda finding: finding.order), shown) from error
    if misspelt:
        raise StudyRefused(misspelt, shown)
    return study
