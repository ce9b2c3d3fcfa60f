"""The automatic gate of the factor workflow: what a candidate must satisfy before a person spends time on it.

One requirement is one function in one file with one test file. A check takes a :class:`~zuji.rules.factor_checks.case.Case` and returns
findings; it never raises on what a submitter wrote. An error returns the candidate, a warning goes to the reviewers with it.
"""

from collections.abc import Callable

from zuji.engine.candidate import Candidate
from zuji.engine.findings import Finding, Findings
from zuji.rules.factor_checks.boundary_balance import boundary_balance
from zuji.rules.factor_checks.boundary_stated import boundary_stated
from zuji.rules.factor_checks.carbonate_stoichiometry import carbonate_stoichiometry
from zuji.rules.factor_checks.case import Case
from zuji.rules.factor_checks.codes_form import codes_form
from zuji.rules.factor_checks.confidence_claim import confidence_claim
from zuji.rules.factor_checks.conflict_existing import conflict_existing
from zuji.rules.factor_checks.context import Context, FuelDefault, Known, Shelf, known
from zuji.rules.factor_checks.correction_size import correction_size
from zuji.rules.factor_checks.duplicate_content import duplicate_content
from zuji.rules.factor_checks.duplicate_reference import duplicate_reference
from zuji.rules.factor_checks.electricity_vintage import electricity_vintage
from zuji.rules.factor_checks.energy_basis import energy_basis
from zuji.rules.factor_checks.evidence_present import evidence_present
from zuji.rules.factor_checks.fuel_carbon import fuel_carbon
from zuji.rules.factor_checks.gas_balance import gas_balance
from zuji.rules.factor_checks.gas_known import gas_known
from zuji.rules.factor_checks.gas_origin import gas_origin
from zuji.rules.factor_checks.geography_code import geography_code
from zuji.rules.factor_checks.gwp_declared import gwp_declared
from zuji.rules.factor_checks.id_confusable import id_confusable
from zuji.rules.factor_checks.kind_and_name import kind_and_name
from zuji.rules.factor_checks.licence_present import licence_present
from zuji.rules.factor_checks.names_bilingual import names_bilingual
from zuji.rules.factor_checks.power_of_ten import power_of_ten
from zuji.rules.factor_checks.quality_scores import quality_scores
from zuji.rules.factor_checks.range_of_category import range_of_category
from zuji.rules.factor_checks.range_of_subject import range_of_subject
from zuji.rules.factor_checks.reason_fits import reason_fits
from zuji.rules.factor_checks.source_address import source_address
from zuji.rules.factor_checks.source_complete import source_complete
from zuji.rules.factor_checks.source_locator import source_locator
from zuji.rules.factor_checks.spend_price_year import spend_price_year
from zuji.rules.factor_checks.supersedes_consistent import supersedes_consistent
from zuji.rules.factor_checks.synonyms_apart import synonyms_apart
from zuji.rules.factor_checks.text_clean import text_clean
from zuji.rules.factor_checks.text_placeholder import text_placeholder
from zuji.rules.factor_checks.uncertainty_possible import uncertainty_possible
from zuji.rules.factor_checks.unit_dimension import unit_dimension
from zuji.rules.factor_checks.unit_of_kind import unit_of_kind
from zuji.rules.factor_checks.unit_readable import unit_readable
from zuji.rules.factor_checks.unit_same_number import unit_same_number
from zuji.rules.factor_checks.validity_period import validity_period
from zuji.rules.factor_checks.value_digits import value_digits
from zuji.rules.factor_checks.value_negative import value_negative
from zuji.rules.factor_checks.value_zero import value_zero
from zuji.rules.factor_checks.volume_state import volume_state
from zuji.rules.factor_checks.year_plausible import year_plausible

Check = Callable[[Case], list[Finding]]

NUMBER: tuple[Check, ...] = (
    unit_readable,
    unit_of_kind,
    unit_dimension,
    unit_same_number,
    power_of_ten,
    range_of_subject,
    range_of_category,
    correction_size,
    value_zero,
    value_negative,
    value_digits,
    fuel_carbon,
    carbonate_stoichiometry,
    gas_balance,
    gas_known,
    gas_origin,
    boundary_balance,
    energy_basis,
    volume_state,
    spend_price_year,
)
"""What the number can be: units, sizes, balances."""

RECORD: tuple[Check, ...] = (
    source_complete,
    source_locator,
    source_address,
    licence_present,
    gwp_declared,
    year_plausible,
    validity_period,
    geography_code,
    boundary_stated,
    kind_and_name,
    names_bilingual,
    text_clean,
    text_placeholder,
    synonyms_apart,
    duplicate_reference,
    duplicate_content,
    conflict_existing,
    uncertainty_possible,
    quality_scores,
    evidence_present,
    supersedes_consistent,
    reason_fits,
    confidence_claim,
    electricity_vintage,
    id_confusable,
    codes_form,
)
"""What is said about it: sources, names, years, places, evidence, its place among the others."""

CHECKS: tuple[Check, ...] = (*NUMBER, *RECORD)


def examine(candidate: Candidate, context: Context, checks: tuple[Check, ...] = CHECKS) -> Findings:
    """What every check says of a candidate. ``refused`` is true with the first error: the candidate goes back to its submitter."""
    case, findings = Case(candidate, context), Findings()
    for check in checks:
        findings.all += check(case)
    findings.errors = sum(finding.severity == "error" for finding in findings.all)
    return findings


__all__ = ["CHECKS", "NUMBER", "RECORD", "Case", "Check", "Context", "FuelDefault", "Known", "Shelf", "examine", "known"]
