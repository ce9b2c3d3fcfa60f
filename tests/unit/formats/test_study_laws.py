"""Laws of the study file: YAML and JSON mean the same, writing and reading are inverse, no bytes do anything but be refused."""

import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Finding
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.formats.study import read_study, write_study
from zuji.formats.trees import Unreadable, plain, read_tree

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=20)
names = words.filter(bool)
numbers = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=3).map(str),
    st.sampled_from(["=a * 2", "1e-3", "NaN", "null", "~", "yes", "0x1"]),
)
trees = st.recursive(
    words | st.none() | st.integers().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)
bilingual = st.fixed_dictionaries({"zh": names, "en": names})
inputs = st.fixed_dictionaries(
    {"name": bilingual, "amount": numbers, "unit": names},
    optional={
        "factor": st.none()
        | names
        | st.fixed_dictionaries({"value": numbers, "unit": names, "source": names}, optional={"year": st.integers(1990, 2030).map(str)}),
        "reason": words,
        "data": st.fixed_dictionaries({"quality": st.fixed_dictionaries({"time": st.integers(1, 5).map(str)})}),
    },
)
processes = st.fixed_dictionaries(
    {
        "id": names,
        "stage": st.sampled_from(["raw_materials", "use"]),
        "output": st.fixed_dictionaries({"product": names, "amount": numbers, "unit": names}),
    },
    optional={"inputs": st.lists(inputs, max_size=3), "note": names},
)
studies = st.fixed_dictionaries(
    {
        "zuji": st.just("study/1"),
        "id": names,
        "title": bilingual,
        "boundary": st.sampled_from(["cradle-to-gate", "gate-to-gate"]),
        "declared_unit": st.fixed_dictionaries({"amount": numbers, "unit": names}),
        "period": st.dates().map(lambda day: {"start": day.isoformat(), "end": day.isoformat()}),
        "geography": names,
        "reference": names,
        "processes": st.lists(processes, min_size=1, max_size=3),
    },
    optional={
        "gwp": st.sampled_from(["AR5", "AR6"]),
        "about": st.just({"demonstration": "true"}),
        "parameters": st.dictionaries(names, numbers, max_size=2),
    },
)


def faults_of(data: bytes) -> tuple[Finding, ...]:
    """What reading the bytes finds; anything but a study or a refusal would fail the test."""
    try:
        read_study(data, "x")
    except StudyRefused as refusal:
        return refusal.findings or (Finding("silent", "error", "", Text("", "")),)
    return ()


def as_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def as_yaml(content: object) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True).encode()


@settings(max_examples=60)
@given(st.dictionaries(names, trees, min_size=1, max_size=4))
def test_a_mapping_is_the_same_in_both_notations(content: dict[str, object]) -> None:
    assert plain(read_tree(as_yaml(content))) == plain(read_tree(as_json(content))) == content


@settings(max_examples=40)
@given(studies)
def test_a_study_is_the_same_in_both_notations_and_after_writing(content: dict[str, object]) -> None:
    study = read_study(as_json(content), "a.json")
    assert read_study(as_yaml(content), "a.yaml") == study
    assert read_study(write_study(study).encode(), "b.yaml") == study
    assert Study.model_validate(content) == study


@settings(max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    assert all(finding.message.zh and finding.message.en for finding in faults_of(data))


@settings(max_examples=150)
@given(st.text("{}[]\"':,-?&*!|>%@`#~ \n\tab01\\.eE+/<", max_size=80))
def test_scraps_of_notation_are_refused_or_read(text: str) -> None:
    try:
        read = plain(read_tree(text.encode()))
    except Unreadable as refusal:
        read = refusal.text.zh and refusal.text.en
    assert read is None or isinstance(read, str | list | dict)


@settings(max_examples=100)
@given(
    st.recursive(
        st.integers() | words | st.none() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=15
    )
)
def test_json_is_read_as_the_standard_library_reads_it(content: object) -> None:
    def text_only(value: object) -> object:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, dict):
            return {key: text_only(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [text_only(inner) for inner in value]
        return str(value) if isinstance(value, int) else value

    if isinstance(content, dict | list):
        assert plain(read_tree(json.dumps(content, indent=1).encode())) == text_only(content)


@settings(max_examples=60)
@given(studies, st.integers(0, 400), st.text(max_size=3))
def test_a_study_with_a_scratch_is_read_or_refused(content: dict[str, object], at: int, scratch: str) -> None:
    data = as_yaml(content).decode()
    found = faults_of((data[:at] + scratch + data[at:]).encode("utf-8", "surrogatepass"))
    assert all("line" in finding.where or finding.where == "x" for finding in found)
