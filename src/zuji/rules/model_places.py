"""From a place that a finding names back to the question of the questionnaire whose answer put it there."""

from collections.abc import Iterator, Mapping
from typing import Any

from zuji.rules.model_schema import Model

_STUDY_PLACES = {
    "period": "period_start",
    "period / start": "period_start",
    "period / end": "period_end",
    "geography": "geography",
    "gwp": "gwp",
    "declared_unit": "declared_unit",
}


def places_of(model: Model) -> Mapping[str, tuple[str, ...]]:
    """Field keys by the place that findings name (``kiln / 烟煤``); several where lines of one name come from different fields."""
    found: dict[str, dict[str, None]] = {}
    for process in model.template.processes:
        for place, key in _lines(process):
            found.setdefault(place, {}).setdefault(key)
    places = {place: tuple(keys) for place, keys in found.items()}
    return {**places, **{place: (key,) for place, key in _STUDY_PLACES.items() if key in model.fields or key == "declared_unit"}}


def field_at(where: str, model: Model, places: Mapping[str, tuple[str, ...]], answered: Mapping[str, str]) -> str | None:
    """The field behind the place of a finding: the field itself, or the longest place that ``where`` begins with.

    Of several fields the one that was answered is taken; None where no single question stands behind the place.
    """
    key = where.partition(".")[0]
    if key in model.fields or key == "declared_unit":
        return key
    steps = where.split(" / ")
    for length in range(len(steps), 0, -1):
        keys = places.get(" / ".join(steps[:length]))
        if keys:
            return next((each for each in keys if each in answered), keys[0])
    return None


def _lines(process: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each line of a process template with the field it comes from; a process itself with the field of its output."""
    output = str(process.get("output", {}).get("amount", ""))
    if output.startswith("=") and output[1:].isidentifier():
        yield process["id"], output[1:]
    for line in (*process.get("inputs", ()), *process.get("emissions", ()), *process.get("coproducts", ())):
        key = line.get("field") or next(iter(line.get("needs", ())), None)
        name = line.get("name", line.get("product", line.get("gas")))
        if key is not None and name is not None:
            yield f"{process['id']} / {name['zh'] if isinstance(name, dict) else name}", key
