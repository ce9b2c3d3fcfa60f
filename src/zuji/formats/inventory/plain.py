"""Parts as JSON and back: the form in which they leave the process that reads files. Reading back validates every field."""

from pydantic import ConfigDict, TypeAdapter, with_config

from zuji.formats.inventory.parts import Part

_PART = TypeAdapter(with_config(ConfigDict(extra="forbid", allow_inf_nan=False))(Part))


def part_to_plain(part: Part) -> dict[str, object]:
    """What JSON holds; decimals are texts, so that no digit is lost, and what is at its default is left out."""
    plain: dict[str, object] = _PART.dump_python(part, mode="json", exclude_defaults=True)
    return plain


def part_from_plain(plain: object) -> Part:
    """The part that was put so. Raises pydantic's ``ValidationError`` (a ``ValueError``) where it is not one."""
    return _PART.validate_python(plain)
