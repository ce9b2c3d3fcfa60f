"""JSON as inventory formats write it: numbers stay the text that was written; duplicate keys, NaN and Infinity are refused.

The strict reader of studies (``formats/trees``) keeps the line of every value and is bounded for studies; a database has thousands of
files, so here the parser of the standard library is used, in C, and places are paths.
"""

import json
from typing import NoReturn

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.intake.encoding import decode
from zuji.formats.intake.refusals import Unreadable
from zuji.formats.inventory import Place


class _Duplicate(ValueError):
    pass


class _NotFinite(ValueError):
    pass


def read_json(data: bytes, file: str) -> object:
    """What a JSON file holds: dict, list, str, bool, None; numbers as ``str``. Raises :class:`Unreadable`."""
    text = decode(data, file)
    place = Place(file)
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except _Duplicate as error:
        key = head(str(error), 60)
        raise Unreadable("json", place.at(key), Text(f"字段“{key}”写了两次。", f"The field “{key}” is written twice.")) from None
    except _NotFinite as error:
        raise Unreadable(
            "not-a-number", place, Text(f"含有 {error}，不是有限的数。", f"It has {error}, which is no finite number.")
        ) from None
    except RecursionError:
        raise Unreadable("json", place, Text("嵌套过深。", "Nested too deeply.")) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            "json",
            place.at(f"line {error.lineno}"),
            Text(f"不是完整、合法的 JSON：{error.msg}。", f"Not complete, well-formed JSON: {error.msg}."),
        ) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        raise _Duplicate(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]  # add is the point
    return made


def _refuse_constant(text: str) -> NoReturn:
    raise _NotFinite(text)
