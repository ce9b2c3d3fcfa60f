"""A result as it is kept: JSON with every field, exact, and back. What is read is equal to what was written."""

import json

import numpy as np
from pydantic import TypeAdapter

from zuji.engine.allocation_choices import AllocationChoice
from zuji.engine.analyses import Analyses
from zuji.engine.results import Result
from zuji.engine.sensitivity import Sensitivity
from zuji.engine.simulation import Simulation

_RESULT = TypeAdapter(Result)
_SENSITIVITIES = TypeAdapter(tuple[Sensitivity, ...])
_ALLOCATIONS = TypeAdapter(tuple[AllocationChoice, ...])


def written(result: Result) -> str:
    """``result`` as JSON; decimals are strings with all their digits."""
    return _RESULT.dump_json(result).decode()


def read(text: str) -> Result:
    """The result that :func:`written` wrote."""
    return _RESULT.validate_json(text)


def written_analyses(analyses: Analyses) -> str:
    """How a result moves and spreads, as JSON. Drawn totals are floats, written so that the same floats are read."""
    drawn = analyses.simulation
    return json.dumps(
        {
            "sensitivity": _SENSITIVITIES.dump_python(analyses.sensitivity, mode="json"),
            "simulation": None if drawn is None else {"seed": drawn.seed, "totals": drawn.totals.tolist()},
            "allocations": _ALLOCATIONS.dump_python(analyses.allocations, mode="json"),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_analyses(text: str) -> Analyses:
    """What :func:`written_analyses` wrote."""
    content = json.loads(text)
    drawn = content["simulation"]
    return Analyses(
        sensitivity=_SENSITIVITIES.validate_python(content["sensitivity"], strict=False),
        simulation=None if drawn is None else Simulation(totals=np.array(drawn["totals"], dtype=np.float64), seed=drawn["seed"]),
        allocations=_ALLOCATIONS.validate_python(content.get("allocations", []), strict=False),  # Absent in what was kept before.
    )
