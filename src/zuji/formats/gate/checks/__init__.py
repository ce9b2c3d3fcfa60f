"""The checks of the import gate: one requirement is one function in one file with one test file.

A check takes a :class:`~zuji.formats.gate.case.Case` and returns findings; it never raises on what a file holds. Loops are judged after
linking, in ``gate/judging.py``.
"""

from collections.abc import Callable

from zuji.formats.gate.case import Case
from zuji.formats.gate.checks.aggregated_dataset import aggregated_dataset
from zuji.formats.gate.checks.allocation_sum import allocation_sum
from zuji.formats.gate.checks.amount_missing import amount_missing
from zuji.formats.gate.checks.amount_negative import amount_negative
from zuji.formats.gate.checks.amount_zero import amount_zero
from zuji.formats.gate.checks.comment_unit import comment_unit
from zuji.formats.gate.checks.coproducts_unallocated import coproducts_unallocated
from zuji.formats.gate.checks.direct_emission_scale import direct_emission_scale
from zuji.formats.gate.checks.double_counting import double_counting
from zuji.formats.gate.checks.duplicate_exchange import duplicate_exchange
from zuji.formats.gate.checks.elementary_direction import elementary_direction
from zuji.formats.gate.checks.energy_in_mass import energy_in_mass
from zuji.formats.gate.checks.flow_missing import flow_missing
from zuji.formats.gate.checks.fuel_mix_as_mass import fuel_mix_as_mass
from zuji.formats.gate.checks.gas_as_product import gas_as_product
from zuji.formats.gate.checks.gas_named_otherwise import gas_named_otherwise
from zuji.formats.gate.checks.gas_uncharacterised import gas_uncharacterised
from zuji.formats.gate.checks.gas_unit import gas_unit
from zuji.formats.gate.checks.heating_value_flow import heating_value_flow
from zuji.formats.gate.checks.identity_conflict import identity_conflict
from zuji.formats.gate.checks.identity_form import identity_form
from zuji.formats.gate.checks.intensity_outlier import intensity_outlier
from zuji.formats.gate.checks.language_missing import language_missing
from zuji.formats.gate.checks.licence_missing import licence_missing
from zuji.formats.gate.checks.location_missing import location_missing
from zuji.formats.gate.checks.mass_balance import mass_balance
from zuji.formats.gate.checks.money_reference import money_reference
from zuji.formats.gate.checks.name_missing import name_missing
from zuji.formats.gate.checks.nothing_in import nothing_in
from zuji.formats.gate.checks.pollutant_as_product import pollutant_as_product
from zuji.formats.gate.checks.property_missing import property_missing
from zuji.formats.gate.checks.provider_missing import provider_missing
from zuji.formats.gate.checks.provider_none import provider_none
from zuji.formats.gate.checks.provider_several import provider_several
from zuji.formats.gate.checks.reference_input import reference_input
from zuji.formats.gate.checks.reference_kind import reference_kind
from zuji.formats.gate.checks.reference_missing import reference_missing
from zuji.formats.gate.checks.reference_negative import reference_negative
from zuji.formats.gate.checks.reference_several import reference_several
from zuji.formats.gate.checks.reference_zero import reference_zero
from zuji.formats.gate.checks.solid_in_volume import solid_in_volume
from zuji.formats.gate.checks.source_missing import source_missing
from zuji.formats.gate.checks.uncertainty_contradiction import uncertainty_contradiction
from zuji.formats.gate.checks.uncertainty_impossible import uncertainty_impossible
from zuji.formats.gate.checks.uncertainty_unused import uncertainty_unused
from zuji.formats.gate.checks.unit_dimension import unit_dimension
from zuji.formats.gate.checks.unit_group_broken import unit_group_broken
from zuji.formats.gate.checks.unit_unknown import unit_unknown
from zuji.formats.gate.checks.unreadable import unreadable
from zuji.formats.gate.checks.validity_expired import validity_expired
from zuji.formats.gate.checks.version_superseded import version_superseded
from zuji.formats.gate.checks.year_implausible import year_implausible
from zuji.formats.gate.checks.year_missing import year_missing
from zuji.formats.gate.finding import GateFinding

Check = Callable[[Case], list[GateFinding]]

CHECKS: tuple[Check, ...] = (
    unreadable,
    identity_conflict,
    identity_form,
    version_superseded,
    name_missing,
    language_missing,
    location_missing,
    year_missing,
    year_implausible,
    validity_expired,
    licence_missing,
    source_missing,
    flow_missing,
    property_missing,
    unit_group_broken,
    unit_unknown,
    unit_dimension,
    comment_unit,
    heating_value_flow,
    fuel_mix_as_mass,
    solid_in_volume,
    energy_in_mass,
    reference_missing,
    reference_several,
    reference_kind,
    reference_zero,
    reference_negative,
    reference_input,
    money_reference,
    coproducts_unallocated,
    allocation_sum,
    amount_missing,
    amount_zero,
    amount_negative,
    uncertainty_contradiction,
    uncertainty_impossible,
    uncertainty_unused,
    duplicate_exchange,
    elementary_direction,
    gas_as_product,
    pollutant_as_product,
    gas_named_otherwise,
    gas_unit,
    gas_uncharacterised,
    direct_emission_scale,
    intensity_outlier,
    mass_balance,
    nothing_in,
    aggregated_dataset,
    double_counting,
    provider_missing,
    provider_several,
    provider_none,
)
