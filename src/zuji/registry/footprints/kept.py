"""A result as it is kept: JSON with every field, exact, and back. What is read is equal to what was written."""

from pydantic import TypeAdapter

from zuji.engine.results import Result

_RESULT = TypeAdapter(Result)


def written(result: Result) -> str:
    """``result`` as JSON; decimals are strings with all their digits."""
    return _RESULT.dump_json(result).decode()


def read(text: str) -> Result:
    """The result that :func:`written` wrote."""
    return _RESULT.validate_json(text)
