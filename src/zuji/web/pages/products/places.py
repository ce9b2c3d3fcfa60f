"""From a finding to the field that it is about."""

from collections.abc import Sequence

from django.urls import reverse

from zuji.engine.findings import Finding
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import queries as footprints
from zuji.registry.footprints.answering import pointed
from zuji.registry.models import queries as catalogue
from zuji.registry.products import queries as products


def field_address(product: str, number: int, group: str | None, field: str | None) -> str | None:
    """The address of a question on its page of the questionnaire; None where no single question stands behind a finding."""
    if group is None or field is None:
        return None
    return f"{reverse('version-group', args=(product, number, group))}#{anchor(field)}"


def anchor(field: str) -> str:
    """The id of a question's input on its page."""
    return f"f-{field}"


def behind(code: str, findings: Sequence[Finding], *, viewer: Viewer) -> dict[str, str]:
    """The addresses of the questions behind the findings of a footprint, by the place that a finding names.

    Empty for those who may not see the version that it was calculated from, and where its model is no longer on offer.
    """
    origin = footprints.origin(code, viewer=viewer)
    if origin is None:
        return {}
    product, number, revision = origin
    model = catalogue.pinned(products.version(product, number, viewer=viewer).model)
    if model is None:
        return {}
    answers = products.answers_at(product, number, revision, viewer=viewer)
    found = {each.where: field_address(product, number, each.group, each.field) for each in pointed(findings, model, answers)}
    return {where: address for where, address in found.items() if address is not None}
