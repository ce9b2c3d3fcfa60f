"""The product models: complete as questionnaires, sound as templates, and in agreement with hand arithmetic and the literature."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.rules.cases import TODAY, rulebook
from zuji.engine import StudyRefused
from zuji.engine.formula import evaluate, resolve_parameters
from zuji.engine.results import Result
from zuji.engine.study import Emission, Input, Process, Study
from zuji.engine.units import convert, parse_unit
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import BadRuleFile, ProductModel, UnknownModel, assess, load_model, load_models
from zuji.rules.model_schema import ModelField
from zuji.rules.model_study import WORDS
from zuji.rules.models import read_model

IDS = ("lfp-battery-pack", "map-fertiliser", "portland-cement")
GWP = {"AR6": load_gwp("AR6"), "AR5": load_gwp("AR5")}


@cache
def model(id_: str) -> ProductModel:
    return {each.id: each for each in load_models()}[id_]


def example(id_: str) -> Mapping[str, str]:
    """The answers of the invented plant that ships with the model."""
    return model(id_).example


def answers(id_: str, **changes: str | None) -> dict[str, str]:
    """The example's answers with some changed (``coal__unit`` stands for ``coal.unit``); None takes one away."""
    changed = {**example(id_), **{key.replace("__", "."): value for key, value in changes.items()}}
    return {key: value for key, value in changed.items() if value is not None}


def result(id_: str, values: Mapping[str, str]) -> Result:
    return assess(model(id_).study(values), load_library(), rulebook(), GWP, today=TODAY)


def codes(id_: str, values: Mapping[str, str], severity: str = "") -> set[tuple[str, str]]:
    return {(f.code, f.where) for f in model(id_).check(values) if not severity or f.severity == severity}


def part(made: Result, process: str, label: str) -> Decimal:
    (value,) = [c.value for c in made.contributions if c.process == process and c.label.en == label]
    return value


def fields(id_: str) -> list[ModelField]:
    return list(model(id_).model.fields.values())


def test_the_shipped_models() -> None:
    assert tuple(each.id for each in load_models()) == IDS


def test_an_unknown_model_names_those_there_are() -> None:
    with pytest.raises(UnknownModel, match="portland-cement"):
        load_model("glass")


@pytest.mark.parametrize("id_", IDS)
class TestEachModel:
    def test_every_field_has_label_and_help_in_both_languages(self, id_: str) -> None:
        for field in fields(id_):
            assert field.label.zh != field.label.en, field.key
            assert field.help.zh.strip() != field.help.en.strip(), field.key
            assert len(field.help.zh) >= 5, field.key

    def test_every_default_and_range_has_a_source_and_a_status(self, id_: str) -> None:
        for field in fields(id_):
            for stated in (field.default, field.plausible):
                assert stated is None or (stated.source.strip() and stated.status in ("sourced", "unverified")), field.key

    def test_every_default_factor_is_in_the_library_and_fits_the_unit_of_the_field(self, id_: str) -> None:
        library = load_library()
        for field in fields(id_):
            if field.factor is not None and field.factor.id is not None:
                found = library.find(field.factor.id)
                assert found is not None, field.factor.id
                assert found.kind == field.factor.kind, field.key
                if field.unit != "km":  # A distance is multiplied by the mass of what is carried.
                    assert convert(Fraction(1), parse_unit(field.unit or ""), parse_unit(found.per)) > 0

    def test_other_units_of_a_field_convert_to_its_own(self, id_: str) -> None:
        for field in fields(id_):
            for unit in field.units:
                if parse_unit(unit).basis == parse_unit(field.unit or "").basis:
                    assert convert(Fraction(1), parse_unit(unit), parse_unit(field.unit or "")) > 0

    def test_its_rule_exists_and_takes_its_declared_units(self, id_: str) -> None:
        rule = rulebook().get(model(id_).model.rule)
        allowed = {(unit.dimension, unit.basis) for unit in map(parse_unit, rule.declared_unit.value.units)}
        for option in model(id_).declared_units.values():
            unit = parse_unit(option.declared_unit["unit"])
            assert (unit.dimension, unit.basis) in allowed

    def test_every_line_of_the_template_is_a_line_of_a_study_and_names_fields_that_exist(self, id_: str) -> None:
        known = model(id_).model.fields
        for process in model(id_).model.template.processes:
            for kind, type_ in (("inputs", Input), ("emissions", Emission)):
                for line in process.get(kind, []):
                    named = {
                        *line.get("needs", []),
                        *line.get("unless", []),
                        *line.get("when", {}),
                        *([line["field"]] if "field" in line else []),
                    }
                    assert named <= set(known), line
                    plain = {key: value for key, value in line.items() if key not in WORDS}
                    type_.model_validate(plain)
            Process.model_validate(
                {key: value for key, value in process.items() if key not in (*WORDS, "inputs", "emissions", "coproducts", "allocation")}
            )

    def test_every_field_is_used_by_the_template(self, id_: str) -> None:
        """A question whose answer changes nothing would be a lie to the engineer who looks it up."""
        template = model(id_).model.template.model_dump_json() + str([o.output for o in model(id_).model.declared_units])
        shared = {"study_id", "period_start", "period_end", "geography", "gwp", "demonstration", "declared_unit"}
        asked_by = {key for field in fields(id_) for key in field.when}
        used_by_defaults = " ".join(field.default.value for field in fields(id_) if field.default is not None)
        for field in fields(id_):
            assert field.key in shared | asked_by or field.key in template or field.key in used_by_defaults, field.key

    def test_the_examples_answers_make_a_valid_study_without_a_warning(self, id_: str) -> None:
        assert [f.message.en for f in model(id_).check(example(id_)) if f.severity != "info"] == []
        made = model(id_).study(example(id_))
        assert Study.model_validate(made.model_dump(mode="json", exclude_none=False)).id == made.id
        assert made.about is not None
        assert made.about.demonstration

    def test_the_worked_example_lies_in_the_published_range(self, id_: str) -> None:
        """Cement 600-800 kg/t (Jiang 2010: 724.7, GB/T 51366: 735); MAP 340-1,450 kg/t (CPCD, Chen 2015); LFP 60-110 kg/kWh (CPCD 73.5, Tao 107)."""
        low, high = {"portland-cement": (600, 800), "map-fertiliser": (340, 1450), "lfp-battery-pack": (60, 110)}[id_]
        made = result(id_, example(id_))
        assert low < made.total < high
        assert sum(made.by_stage.values()) == made.total
        assert not [f for f in made.findings if f.code.startswith("primary.")]

    def test_the_same_answers_in_other_units_give_the_same_result(self, id_: str) -> None:
        values = dict(example(id_))
        key, unit, text = {
            "portland-cement": ("coal", "kg", "211640000"),
            "map-fertiliser": ("map_output", "kt", "420"),
            "lfp-battery-pack": ("pack_energy", "MWh", "6000"),
        }[id_]
        other = {**values, key: text, f"{key}.unit": unit}
        assert result(id_, other).result_hash == result(id_, values).result_hash

    def test_ten_times_every_amount_leaves_the_result_as_it_is(self, id_: str) -> None:
        """Amounts are sums of a period: ratios, contents and distances aside, a plant ten times as large has the same footprint."""
        known = model(id_).model.fields
        fixed = ("%", "km", "kg/t")
        larger = {
            key: f"{value}0"
            if key in known and known[key].kind == "number" and known[key].unit not in fixed and "." not in value
            else value
            for key, value in example(id_).items()
        }
        assert abs(result(id_, larger).total - result(id_, example(id_)).total) <= Decimal("1e-11")

    def test_an_empty_questionnaire_names_every_required_field_and_makes_nothing(self, id_: str) -> None:
        required = {field.key for field in fields(id_) if field.required and not field.when}
        assert {where for code, where in codes(id_, {}, "error") if code == "model.required"} == required
        with pytest.raises(StudyRefused):
            model(id_).study({})


class TestCement:
    ID = "portland-cement"

    def test_calcination_by_measured_oxides_follows_the_molar_masses(self) -> None:
        """Per t of cement: clinker ratio 0.78 × (CaO 0.652 less 0.006) × 44.01/56.08, and MgO 0.019 × 44.01/40.30."""
        made = result(self.ID, answers(self.ID))
        cao = Fraction("780") * Fraction("0.646") * Fraction("44.01") / Fraction("56.08")
        mgo = Fraction("780") * Fraction("0.019") * Fraction("44.01") / Fraction("40.30")
        assert abs(Fraction(part(made, "kiln", "calcination (CaO)")) - cao) < Fraction(1, 10**9)
        assert abs(Fraction(part(made, "kiln", "calcination (MgO)")) - mgo) < Fraction(1, 10**9)

    def test_calcination_by_the_process_factor(self) -> None:
        values = answers(self.ID, calcination_by="factor", clinker_cao=None, clinker_mgo=None, noncarbonate_cao=None)
        assert part(result(self.ID, values), "kiln", "calcination (process factor)") == Decimal("0.780") * 535

    def test_the_china_average_of_jiang_2010_is_reproduced(self) -> None:
        """Jiang & Wang 2010 (TianGong 1129701c): per t of cement 700 kg clinker, 129.99 kg coal, 94.62 kWh, 50 kg gypsum; direct CO2 597.48 kg.

        The worked case reckons 600.91 kg of direct CO2 from the same inventory with the same independent factors.
        """
        values = {
            **{key: example(self.ID)[key] for key in ("producer", "site", "period_start", "period_end")},
            "cement_output": "1000",
            "clinker_output": "700",
            "clinker_used": "700",
            "gypsum": "50",
            "calcination_by": "factor",
            "coal": "129.99",
            "kiln_power": "60000",
            "grinding_power": "34620",
        }
        made = result(self.ID, values)
        direct = part(made, "kiln", "bituminous coal combustion") + part(made, "kiln", "calcination (process factor)")
        assert abs(direct - Decimal("600.91")) < Decimal("0.01")
        assert abs(direct / Decimal("597.48") - 1) < Decimal("0.012")

    def test_waste_heat_power_counts_neither_twice_nor_as_a_credit(self) -> None:
        """Own power adds no burden but its water; it is already missing from what was bought."""
        without = result(self.ID, answers(self.ID, waste_heat_power="0"))
        with_it = result(self.ID, answers(self.ID))
        assert with_it.total - without.total == part(with_it, "waste_heat_station", "make-up water of the station")

    def test_biogenic_carbon_of_alternative_fuel_stands_on_both_sides(self) -> None:
        made = result(self.ID, answers(self.ID))
        assert made.by_kind["biogenic"] == -made.by_kind["biogenic_removal"] != 0

    def test_zero_says_there_is_none_and_empty_is_named_as_left_out(self) -> None:
        none = model(self.ID).study(answers(self.ID, slag="0"))
        empty = model(self.ID).study(answers(self.ID, slag=None))
        assert none.about is not None
        assert none.about.limitations is not None
        assert empty.about is not None
        assert empty.about.limitations is not None
        assert "矿渣" not in none.about.limitations.zh
        assert "矿渣" in empty.about.limitations.zh
        assert ("model.left-out", "slag") in codes(self.ID, answers(self.ID, slag=None), "info")

    def test_green_power_without_a_cancelled_certificate_counts_as_grid(self) -> None:
        values = answers(self.ID, green_power="15600000")
        label = "electricity of the kiln line (green power without certificate, as grid)"
        kwh = Fraction(15_600_000, 1_480_000) * Fraction("0.78")
        assert abs(Fraction(part(result(self.ID, values), "kiln", label)) - kwh * Fraction("0.5777")) < Fraction(1, 10**9)
        certified = {**values, "certificate_state": "cancelled", "certificate_number": "A-1"}
        green = Fraction(part(result(self.ID, certified), "kiln", "electricity of the kiln line (green power contract)"))
        assert abs(green - kwh * Fraction("0.0324")) < Fraction(1, 10**9)
        assert result(self.ID, certified).grid_mix_total is not None


class TestFertiliser:
    ID = "map-fertiliser"

    def test_per_p2o5_is_per_product_by_the_content(self) -> None:
        per_t = result(self.ID, answers(self.ID)).total
        per_p2o5 = result(self.ID, answers(self.ID, declared_unit="t-p2o5"))
        assert per_p2o5.declared_unit == "t P2O5"
        assert abs(per_p2o5.total * Decimal("0.53") - per_t) < Decimal("1e-9")

    def test_the_published_recipe_is_reproduced(self) -> None:
        """npk101 via the worked case: 0.15 t of coal-route ammonia per t is 361.5 kgCO2e; bought acid (0.54 t P2O5) is a gap."""
        keys = ("producer", "site", "period_start", "period_end")
        values = {
            **{key: example(self.ID)[key] for key in keys},
            "map_output": "1000",
            "p2o5_content": "53",
            "acid_from": "bought",
            "map_power": "49000",
        }
        made = result(self.ID, values)
        assert part(made, "map_plant", "ammonia") == Decimal("361.5")
        (gap,) = made.gaps
        assert (gap.label.en, gap.per_declared_unit, gap.canonical_unit) == ("bought phosphoric acid as P2O5", Decimal(540), "kg P2O5")

    def test_rock_by_the_default_of_the_epa(self) -> None:
        values = answers(self.ID, carbon_by="default", rock_carbon=None)
        made = result(self.ID, values)
        rock = Fraction(1056000, 300000) * Fraction(226000, 420000)
        price = Fraction(300000 * 6100, 300000 * 6100 + 630000 * 12)
        got = Fraction(part(made, "phosphoric_acid", "process CO2 from carbonates in rock (default)"))
        assert abs(got - rock * price * Fraction("53.533333")) < Fraction(1, 10**6)

    def test_gypsum_that_is_not_sold_needs_no_allocation(self) -> None:
        made = model(self.ID).study(answers(self.ID, gypsum_sold="0"))
        (acid,) = [p for p in made.processes if p.id == "phosphoric_acid"]
        assert acid.coproducts == ()
        assert acid.allocation is None


class TestBattery:
    ID = "lfp-battery-pack"

    def test_a_suppliers_footprint_of_the_foil_takes_the_place_of_its_parts(self) -> None:
        built = result(self.ID, answers(self.ID))
        stated = result(self.ID, answers(self.ID, copper_foil__factor="13", copper_foil__source="supplier's verified footprint 2025"))
        assert {c.label.en for c in built.contributions if c.process == "copper_foil"} == {"copper", "electricity for copper foil"}
        assert {c.label.en for c in stated.contributions if c.process == "copper_foil"} == {"finished foil (what is not listed apart)"}
        assert len(stated.gaps) == len(built.gaps) - 1

    def test_missing_factors_are_gaps_until_one_with_a_source_is_supplied(self) -> None:
        names = {gap.label.en for gap in result(self.ID, answers(self.ID)).gaps}
        assert {"lithium hexafluorophosphate", "NMP make-up", "battery management system", "ethylene carbonate"} <= names
        assert ("model.factor-source", "lipf6.factor") in codes(self.ID, answers(self.ID, lipf6__factor="19.6"), "error")
        supplied = result(self.ID, answers(self.ID, lipf6__factor="19.6", lipf6__source="supplier"))
        assert "lithium hexafluorophosphate" not in {gap.label.en for gap in supplied.gaps}
        assert abs(part(supplied, "cell", "lithium hexafluorophosphate") - Decimal("19.6") * 1000 / 6000) < Decimal("1e-9")

    def test_the_defaults_are_those_of_tao_2023(self) -> None:
        """Tables 2-13: per kWh of pack 2.41 kg cathode, 0.602 kg lithium carbonate, 28.2 m2 separator, 0.904 kg copper foil, 11.2 kWh for it."""
        kept = ("producer", "site", "period_start", "period_end", "cathode_by")
        values = {key: example(self.ID)[key] for key in kept}
        values |= {"pack_energy": "1000", "cell_energy": "1000", "sintering_power": "0", "cell_power": "3760", "pack_aluminium": "132"}
        made = model(self.ID).study(values)
        measures = resolve_parameters({k: v if isinstance(v, str) else (v.amount, v.unit) for k, v in made.parameters.items()})
        published = {
            "cathode": "2.41",
            "lithium_carbonate": "0.602",
            "separator": "28.2",
            "copper_foil": "0.904",
            "copper_power": "11.2",
            "fp_power": "8.43",
        }
        for key, each in published.items():
            assert evaluate(key, measures, parse_unit(model(self.ID).model.fields[key].unit or "")) == 1000 * Fraction(each)

    def test_a_cathode_by_factor_has_no_chain(self) -> None:
        values = answers(self.ID, cathode_by="factor")
        assert "cathode" not in {p.id for p in model(self.ID).study(values).processes}
        assert ("model.not-asked", "sintering_power") in codes(self.ID, values, "warning")


CEMENT = "portland-cement"


@pytest.mark.parametrize(
    ("changes", "code", "where", "severity"),
    [
        ({"coal": None}, "model.required", "coal", "error"),
        ({"coal": "lots"}, "model.number", "coal", "error"),
        ({"coal": "-1"}, "model.negative", "coal", "error"),
        ({"coal": "=1+1"}, "model.number", "coal", "error"),
        ({"coal": "１２"}, "model.number", "coal", "error"),
        ({"coal__unit": "kWh"}, "model.number", "coal", "error"),
        ({"coal": "9999999"}, "model.out-of-range", "coal", "warning"),
        ({"clinker_cao": "6.52"}, "model.out-of-range", "clinker_cao", "warning"),
        ({"coal__factor": "2.5"}, "model.factor-source", "coal.factor", "error"),
        ({"coal__type": "guess"}, "model.type", "coal.type", "error"),
        ({"coal__gsd": "0.9"}, "model.gsd", "coal.gsd", "error"),
        ({"coal__quality": "1,2,3"}, "model.quality", "coal.quality", "error"),
        ({"cement_output__factor": "CN-FUEL-diesel"}, "model.no-factor", "cement_output.factor", "warning"),
        ({"calcination_by": "magic"}, "model.choice", "calcination_by", "error"),
        ({"period_end": "31/12/2025"}, "model.date", "period_end", "error"),
        ({"producer": "厂\u202e"}, "model.text", "producer", "error"),
        ({"producer": "x" * 2001}, "model.text", "producer", "error"),
        ({"caol": "1"}, "model.unknown-field", "caol", "warning"),
        ({"coal__colour": "black"}, "model.unknown-field", "coal.colour", "warning"),
        ({"limestone": None}, "model.default-used", "limestone", "info"),
        ({"iron_corrective": None}, "model.left-out", "iron_corrective", "info"),
    ],
)
def test_what_is_wrong_with_an_answer_is_a_finding_at_its_field(
    changes: dict[str, str | None], code: str, where: str, severity: str
) -> None:
    values = answers(CEMENT, **changes)
    assert (code, where) in codes(CEMENT, values, severity)
    if severity == "error":
        with pytest.raises(StudyRefused):
            model(CEMENT).study(values)


def test_scores_spread_and_evidence_reach_the_line() -> None:
    values = answers(CEMENT, coal__quality="1,2,1,1,3", coal__gsd="1.05", coal__evidence="weigher log", coal__type="primary")
    (kiln,) = [p for p in model(CEMENT).study(values).processes if p.id == "kiln"]
    (coal,) = [line for line in kiln.inputs if line.name.en == "bituminous coal combustion"]
    assert coal.data is not None
    assert coal.data.quality is not None
    assert coal.data.quality.reliability == 3
    assert coal.data.uncertainty is not None
    assert coal.data.uncertainty.gsd == "1.05"
    assert coal.data.source is not None
    assert coal.data.source.zh == "weigher log"


def test_a_factor_of_the_library_may_be_chosen_by_id() -> None:
    gas = result("map-fertiliser", answers("map-fertiliser", ammonia__factor="CPCD-34250E0042022C"))
    assert part(gas, "map_plant", "ammonia") == Decimal(136) * Decimal("1.9")


def test_a_default_is_secondary_data() -> None:
    made = result(CEMENT, answers(CEMENT, limestone=None))
    (limestone,) = [c for c in made.contributions if c.label.en == "limestone"]
    assert limestone.data == "secondary"


TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "1",
            "1e400",
            "NaN",
            "=1/0",
            "=coal",
            "$producer",
            "1,1,1,1,1",
            "CN-FUEL-diesel",
            "yes",
            "factor",
            "cancelled",
            "t",
            "kWh",
            "2025-01-01",
            "1" * 5000,
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60)
@given(data=st.data(), id_=st.sampled_from(IDS))
def test_no_answer_ever_raises_and_check_and_study_agree(data: st.DataObject, id_: str) -> None:
    keys = [*model(id_).model.fields, "nothing"]
    asides = ["", ".unit", ".factor", ".source", ".type", ".quality", ".gsd", ".evidence"]
    strange = data.draw(st.dictionaries(st.builds(str.__add__, st.sampled_from(keys), st.sampled_from(asides)), TEXTS, max_size=6))
    values = {**(example(id_) if data.draw(st.booleans()) else {}), **strange}
    refused = any(f.severity == "error" for f in model(id_).check(values))
    try:
        model(id_).study(values)
    except StudyRefused:
        assert refused
    else:
        assert not refused


def broken(**fields: object) -> bytes:
    """The cement model's file with some fields changed; JSON is YAML, and has no aliases."""
    content = {**model(CEMENT).model.model_dump(mode="json", exclude_none=True), "template": TEMPLATE, **fields}
    return json.dumps(content, ensure_ascii=False).encode()


TEMPLATE = {"id": "t", "title": "t", "boundary": "cradle-to-gate", "reference": "p", "processes": [{"id": "p"}]}


FIELD = {"key": "a", "label": "a", "help": "a"}


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ({"unit": "bushel"}, "not a unit"),
        ({}, "a number has a unit"),
        ({"kind": "choice"}, "a choice has options"),
        ({"unit": "t", "required": "true", "default": {"value": "1", "source": "s", "status": "sourced"}}, "no default"),
        ({"unit": "t", "default": {"value": "1", "status": "sourced"}}, "required"),
        ({"unit": "t", "plausible": {"reason": "r", "source": "s", "status": "sourced"}}, "low, high or both"),
        ({"unit": "t", "plausible": {"low": "x", "reason": "r", "source": "s", "status": "sourced"}}, "not a plain decimal"),
        ({"unit": "t", "factor": {"unit": "kgCO2e/t"}}, "either an id"),
        ({"unit": "t", "key": "A b"}, "match pattern"),
    ],
)
def test_a_wrong_field_is_a_fault_of_the_model_file(field: dict[str, object], says: str) -> None:
    groups = [{"id": "g", "title": "g", "help": "g", "fields": [{**FIELD, **field}]}]
    with pytest.raises(BadRuleFile, match=says):
        read_model(broken(groups=groups), "wrong.yaml", {})


def test_a_field_given_twice_and_an_unknown_shared_group_are_faults() -> None:
    group = {"id": "g", "title": "g", "help": "g", "fields": [{**FIELD, "unit": "t"}]}
    with pytest.raises(BadRuleFile, match="twice"):
        read_model(broken(groups=[group, {**group, "id": "h"}]), "wrong.yaml", {})
    with pytest.raises(BadRuleFile, match="shared group “nowhere”"):
        read_model(broken(groups=[{"use": "nowhere"}]), "wrong.yaml", {})
