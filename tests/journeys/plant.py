"""What a plant's engineer has on the desk for each product: the figures of the model's example, a ledger, what goes wrong at first, what changes next year."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.rules import load_models

MODELS = {model.id: model for model in load_models()}
ANSWERED_BY_THE_PLATFORM = {"study_id", "demonstration"}


@dataclass(frozen=True, slots=True)
class Plant:
    """A product of the journey. Every key is a key of its model's answers.

    ``slip`` is typed wrongly at first; ``watched`` is the amount whose change is watched in the total, and behind which the ledger is put;
    ``replaced`` takes another factor, found by ``words``; ``next_year`` is what the next version says.
    """

    model: str
    name: Text
    specification: str
    slip: tuple[str, str]
    watched: tuple[str, str]
    replaced: str
    words: Text
    factor: str
    next_year: Mapping[str, str]

    def answers(self, group: str) -> dict[str, str]:
        """The figures that a page asks for, in the page's order."""
        fields = next(each.fields for each in MODELS[self.model].groups if each.id == group)
        example = MODELS[self.model].example
        wanted = [field.key for field in fields if field.key not in ANSWERED_BY_THE_PLATFORM]
        return {key: example[key] for field in wanted for key in (field, f"{field}.unit") if key in example}

    @property
    def groups(self) -> list[str]:
        return [group.id for group in MODELS[self.model].groups]

    def group_of(self, key: str) -> str:
        return next(group.id for group in MODELS[self.model].groups if key in {field.key for field in group.fields})


PLANTS = (
    Plant(
        model="lfp-battery-pack",
        name=Text("磷酸铁锂动力电池包", "LFP traction battery pack"),
        specification="LFP-60",
        slip=("cathode_km", "约 160"),
        watched=("cell_power", "98700"),
        replaced="materials_km",
        words=Text("铁路运输", "rail freight average"),
        factor="CPCD-65129X0022019C",
        next_year={"cell_power": "81200", "green_power": "66600"},
    ),
    Plant(
        model="map-fertiliser",
        name=Text("粉状磷酸一铵", "Powdered MAP"),
        specification="11-53-0",
        slip=("ammonia", "5.7万"),
        watched=("coal", "12290"),
        replaced="ammonia_km",
        words=Text("铁路运输", "rail freight average"),
        factor="CPCD-65129X0022019C",
        next_year={"ammonia": "56300"},
    ),
    Plant(
        model="portland-cement",
        name=Text("普通硅酸盐水泥", "Ordinary Portland cement"),
        specification="P·O 42.5",
        slip=("clinker_used", "1216800 吨"),
        watched=("grinding_power", "52140"),
        replaced="slag_km",
        words=Text("铁路运输", "rail freight average"),
        factor="CPCD-65129X0022019C",
        next_year={"coal": "206400"},
    ),
)
