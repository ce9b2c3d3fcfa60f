"""The default factors of bought heat hold combustion alone, so wherever one is used the upstream stands beside it, if only as a gap."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
HEAT = ("CN-HEAT-default-0.11", "CN-HEAT-sector-0.11")


@pytest.mark.parametrize("path", sorted((ROOT / "src/zuji/library/models").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_heat_field_of_a_model_has_its_upstream(path: Path) -> None:
    model = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = [field for group in model["groups"] for field in group.get("fields", [])]
    heat = {field["key"] for field in fields if (field.get("factor") or {}).get("id") in HEAT}
    upstream = {
        field["default"]["value"]: field["key"] for field in fields if (field.get("factor") or {}).get("gap") and "default" in field
    }
    lines = {line.get("field") for process in model["template"]["processes"] for line in process["inputs"]}
    assert {key for key in heat if upstream.get(f"={key}") not in lines} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_heat_line_of_an_example_has_its_upstream(path: Path) -> None:
    for process in yaml.safe_load(path.read_text(encoding="utf-8"))["processes"]:
        inputs = process["inputs"]
        gaps = {(line["amount"], line["unit"]) for line in inputs if "factor" in line and line["factor"] is None and "unit" in line}
        heat = {(line["amount"], line["unit"]) for line in inputs if line.get("factor") in HEAT}
        assert heat <= gaps, process["id"]
