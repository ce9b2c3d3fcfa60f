"""From a finding to the field that it is about."""

from django.urls import reverse


def field_address(product: str, number: int, group: str | None, field: str | None) -> str | None:
    """The address of a question on its page of the questionnaire; None where no single question stands behind a finding."""
    if group is None or field is None:
        return None
    return f"{reverse('version-group', args=(product, number, group))}#{anchor(field)}"


def anchor(field: str) -> str:
    """The id of a question's input on its page."""
    return f"f-{field}"
