"""A result as it is kept: JSON with every field, exact, and back. What is read is equal to what was written."""

from pydantic import TypeAdapter

from zuji.engine.results import Result
from zuji.engine.sensitivity import Sensitivity

_RESULT = TypeAdapter(Result)
_SENSITIVITIES = TypeAdapter(tuple[Sensitivity, ...])


def written(result: Result) -> str:
    """``result`` as JSON; decimals are strings with all their digits."""
    return _RESULT.dump_json(result).decode()


def read(text: str) -> Result:
    """The result that :func:`written` wrote."""
    return _RESULT.validate_json(text)


def written_sensitivities(sensitivities: tuple[Sensitivity, ...]) -> str:
    """What moves a result, as JSON."""
    return _SENSITIVITIES.dump_json(sensitivities).decode()


def read_sensitivities(text: str) -> tuple[Sensitivity, ...]:
    """What :func:`written_sensitivities` wrote."""
    return _SENSITIVITIES.validate_json(text)
