"""Fields of JSON objects, of the type they should have or a fault with the place."""

from collections.abc import Mapping
from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.intake import Unreadable, read_decimal
from zuji.formats.inventory import Place

Object = Mapping[str, object]
NOTHING: Object = {}


def text(held: Object, *keys: str) -> str:
    """The text under the first key that has one; numbers were kept as text. Empty where there is none."""
    for key in keys:
        value = held.get(key)
        if isinstance(value, str) and value:
            return value
    return ""


def flag(held: Object, *keys: str) -> bool:
    """True if one of the keys is true: versions of the schema name the same flag differently."""
    return any(held.get(key) is True for key in keys)


def one(held: Object, key: str, place: Place) -> Object:
    """The object under a key, empty where there is none. Raises :class:`Unreadable` for anything else."""
    value = held.get(key)
    if value is None:
        return NOTHING
    if not isinstance(value, dict):
        raise Unreadable("json-type", place.at(key), Text("此处应为对象。", "This should be an object."))
    return value


def many(held: Object, key: str, place: Place) -> list[Object]:
    """The objects in the list under a key. Raises :class:`Unreadable` for anything else."""
    value = held.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Unreadable("json-type", place.at(key), Text("此处应为对象的列表。", "This should be a list of objects."))
    return value


def decimal(held: Object, key: str, place: Place) -> Decimal | None:
    """The number under a key, None where there is none. Raises :class:`Unreadable` for anything else."""
    value = held.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable("not-a-number", place.at(key), Text("此处应为数值。", "This should be a number."))
    return read_decimal(value, place.at(key))
