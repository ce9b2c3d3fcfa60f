"""The checks of a study under its rule: one requirement is one function in one file with one test file.

A check takes a :class:`~zuji.rules.case.Case` and returns findings; it never raises on what a user wrote. To add one: write the file,
put the function into ``CHECKS``, write its test, and run ``./x docs``, which lists its codes.
"""

from collections.abc import Callable

from zuji.engine.findings import Finding
from zuji.rules.case import Case
from zuji.rules.checks.aircraft_apart import aircraft_apart
from zuji.rules.checks.allocation_order import allocation_order
from zuji.rules.checks.biogenic_balance import biogenic_balance
from zuji.rules.checks.comparability import comparability
from zuji.rules.checks.cut_off_explained import cut_off_explained
from zuji.rules.checks.cut_off_limits import cut_off_limits
from zuji.rules.checks.data_period import data_period
from zuji.rules.checks.declared_unit import declared_unit
from zuji.rules.checks.double_counting import double_counting
from zuji.rules.checks.electricity_certificate_period import electricity_certificate_period
from zuji.rules.checks.electricity_losses import electricity_losses
from zuji.rules.checks.electricity_sensitivity import electricity_sensitivity
from zuji.rules.checks.electricity_year import electricity_year
from zuji.rules.checks.factor_age import factor_age
from zuji.rules.checks.factor_geography import factor_geography
from zuji.rules.checks.fuel_upstream import fuel_upstream
from zuji.rules.checks.gaps_listed import gaps_listed
from zuji.rules.checks.mandatory_primary import mandatory_primary
from zuji.rules.checks.primary_share import primary_share
from zuji.rules.checks.quality_missing import quality_missing
from zuji.rules.checks.quality_overall import quality_overall
from zuji.rules.checks.required_stages import required_stages
from zuji.rules.checks.rule_superseded import rule_superseded
from zuji.rules.checks.system_boundary import system_boundary
from zuji.rules.checks.transport_absent import transport_absent
from zuji.rules.checks.unverified_clauses import unverified_clauses
from zuji.rules.checks.zero_burden import zero_burden

Check = Callable[[Case], list[Finding]]

CHECKS: tuple[Check, ...] = (
    declared_unit,
    system_boundary,
    required_stages,
    data_period,
    rule_superseded,
    unverified_clauses,
    mandatory_primary,
    primary_share,
    cut_off_limits,
    cut_off_explained,
    gaps_listed,
    allocation_order,
    quality_overall,
    quality_missing,
    electricity_certificate_period,
    electricity_sensitivity,
    electricity_year,
    electricity_losses,
    factor_age,
    factor_geography,
    fuel_upstream,
    double_counting,
    transport_absent,
    zero_burden,
    biogenic_balance,
    aircraft_apart,
    comparability,
)
