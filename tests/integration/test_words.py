"""Both languages are complete: in templates, in labels, in errors; and the database has what the models say."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from django.template.base import Node

import zuji.web
from tests.integration.conftest import World
from zuji.formats.factors import load_library
from zuji.registry.audit.operations import Action
from zuji.rules import load_rules
from zuji.web import labels
from zuji.web.pages.models import clauses
from zuji.workflow.factor import Act

TEMPLATES = sorted((Path(zuji.web.__file__).parent / "templates").rglob("*.html"))
SAY = re.compile(r"""\{%\s*say\s+(?P<a>"[^"]*"|'[^']*')\s+(?P<b>"[^"]*"|'[^']*')""")
HAN = re.compile(r"[\u4e00-\u9fff]")
# Written the same in both languages, or a mark that stands for the language itself.
PUNCTUATION = re.compile(r"^[\s。；，、：:;.,()（）·{}a-z/]*$")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_words_of_a_template_stand_in_both_languages(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    said = list(SAY.finditer(text))
    assert len(said) == len(re.findall(r"\{%\s*say\b", text)), "a say tag without two quoted texts"
    for match in said:
        zh, en = match["a"][1:-1], match["b"][1:-1]
        assert PUNCTUATION.match(zh) or HAN.search(zh), match[0]
        assert en.strip(), match[0]
        assert not HAN.search(en.replace("足迹", "")), match[0]
        assert set(re.findall(r"\{(\w+)\}", zh)) == set(re.findall(r"\{(\w+)\}", en)), match[0]


@pytest.mark.parametrize(
    "template", [t for t in TEMPLATES if t.parent.name != "errors"], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_template_speaks_chinese_outside_its_say_tags(template: Path) -> None:
    rest = SAY.sub("", template.read_text(encoding="utf-8")).replace(">中文<", "><")
    assert not HAN.search(rest), HAN.search(rest)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_template_can_be_read(template: Path) -> None:
    root = Path(zuji.web.__file__).parent / "templates"
    found = engines["django"].get_template(str(template.relative_to(root)))
    assert isinstance(found.template.nodelist[0], Node)  # type: ignore[attr-defined]  # Django's backend has it


def test_every_step_of_a_dossier_is_told_as_done() -> None:
    assert set(labels.TABLES["dossier_done"]) == {act.value for act in Act}


@pytest.mark.parametrize("table", labels.TABLES)
def test_every_label_has_both_names(table: str) -> None:
    for code, label in labels.TABLES[table].items():
        assert label.name.zh, code
        assert label.name.en, code
        assert bool(label.explanation.zh) == bool(label.explanation.en), code


@pytest.mark.parametrize("table", ["category", "kind", "state", "confidence", "geography"])
def test_every_code_of_the_library_has_a_label(table: str) -> None:
    codes = {getattr(factor, table) for factor in load_library().all()}
    assert codes <= set(labels.TABLES[table]), codes - set(labels.TABLES[table])


def test_every_action_has_a_name() -> None:
    assert {action.value for action in Action} <= set(labels.ACTION)


def test_every_clause_of_a_rule_has_a_title() -> None:
    for rule in load_rules().all():
        assert set(rule.clauses) <= set(clauses.TITLES)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("kgCO2e/t", "kg\u202fCO₂e/t"),
        ("kgCO2/Nm3", "kg\u202fCO₂/Nm³"),
        ("kgCO2e/kg P2O5", "kg\u202fCO₂e/kg P₂O₅"),
        ("t·km", "t·km"),
        ("", ""),
    ],
)
def test_units_are_printed_with_their_subscripts(text: str, printed: str) -> None:
    assert labels.printed_unit(text) == printed


def test_the_migrations_are_those_of_the_models(world: World) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_django_finds_nothing_wrong(world: World) -> None:
    call_command("check", deploy=False, fail_level="WARNING")
