"""The automatic gate over what is published here: the surroundings of a candidate, read from the database, and what the checks say of it."""

import datetime
from collections.abc import Collection
from functools import cache

from django.db.models import Q

from zuji.engine.candidate import Candidate
from zuji.engine.findings import Findings
from zuji.engine.quantities import parse_number
from zuji.formats.factors import geographies
from zuji.formats.factors.subjects import subject
from zuji.formats.fuels import load_fuels
from zuji.formats.gwp import COLUMNS, load_gwp
from zuji.registry.factors.models import FactorVersion
from zuji.registry.factors.published import version_of
from zuji.rules.factor_checks import Context, FuelDefault, Shelf, examine, known
from zuji.rules.factor_checks.context import fuel_default

MOST_OF_A_CATEGORY = 2000
"""Rows of the category that the distribution is taken from, the newest first: enough for any median, and a bound on the time."""


def examined(candidate: Candidate, *, today: datetime.date, held: Collection[str] | None = None) -> Findings:
    """What the gate says of a candidate beside the published factors. ``held``: the SHA-256 of the evidence files that are kept."""
    return examine(candidate, surroundings(candidate, today=today, held=held))


def surroundings(candidate: Candidate, *, today: datetime.date, held: Collection[str] | None = None) -> Context:
    """The context of a candidate. The number of database queries does not depend on what is published (at most six)."""
    factor = candidate.factor
    about = subject_of(candidate)
    ids = {factor.id, candidate.supersedes.partition("@")[0] or factor.id}
    near = FactorVersion.objects.filter(Q(factor_id__in=ids) | Q(subject=about)).order_by("pk")
    alike = FactorVersion.objects.filter(category=factor.category, kind=factor.kind).order_by("-pk")[:MOST_OF_A_CATEGORY]
    rows = {row.pk: row for row in (*alike, *near)}
    named = FactorVersion.objects.filter(Q(name_zh__in=factor.synonyms) | Q(name_en__in=factor.synonyms))
    shelf = Shelf(
        published=tuple(known(version_of(row), row.subject) for _, row in sorted(rows.items())),
        ids=tuple(FactorVersion.objects.order_by().values_list("factor_id", flat=True).distinct()),
        names=tuple((name, of) for zh, en, of in named.values_list("name_zh", "name_en", "subject") for name in (zh, en)),
    )
    return Context(
        shelf=shelf,
        subject=about,
        today=today,
        fuels=_fuels(),
        gwp={name: load_gwp(name) for name in COLUMNS},
        geographies=frozenset(geographies()),
        held=None if held is None else frozenset(held),
    )


def whole(*, today: datetime.date) -> Context:
    """The context of many candidates at once: everything that is published, in one query. ``about`` turns it to each."""
    rows = FactorVersion.objects.order_by("pk")
    shelf = Shelf(published=tuple(known(version_of(row), row.subject) for row in rows.iterator(chunk_size=2000)))
    gwp = {name: load_gwp(name) for name in COLUMNS}
    return Context(shelf=shelf, subject="", today=today, fuels=_fuels(), gwp=gwp, geographies=frozenset(geographies()))


def subject_of(candidate: Candidate) -> str:
    """What a candidate is about: the subject of the versions of its id, else its stated group, else that of a published factor of its name.

    Where nothing of the name is published, the Chinese name without qualifiers.
    """
    ids = [candidate.factor.id, candidate.supersedes.partition("@")[0]]
    filed = (
        FactorVersion.objects.filter(factor_id__in=[id_ for id_ in ids if id_]).order_by("-pk").values_list("subject", flat=True).first()
    )
    filed = filed or candidate.written.get("group", "")
    if filed:
        return filed
    name = candidate.factor.name
    alike = FactorVersion.objects.filter(Q(name_zh=name.zh) | Q(name_en=name.en)).order_by("-pk").values_list("subject", flat=True).first()
    return alike or subject(name.zh)


@cache
def _fuels() -> tuple[FuelDefault, ...]:
    return tuple(
        fuel_default(
            id_=fuel.id,
            of=fuel.set,
            name=fuel.name,
            unit=fuel.unit,
            ncv=parse_number(fuel.ncv),
            carbon=parse_number(fuel.carbon) * (1000 if fuel.carbon_unit == "tC/GJ" else 1),
            oxidation=parse_number(fuel.oxidation_percent) / 100,
        )
        for fuel in load_fuels()
    )
