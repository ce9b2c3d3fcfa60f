"""A study that names the very version of every factor, so that it means the same when newer versions have appeared."""

from zuji.engine.factors import FactorSource
from zuji.engine.study import Coproduct, Input, OwnFactor, Process, Study


def pinned(study: Study, factors: FactorSource) -> Study:
    """``study`` with each factor as ``id@version``, in the version that a calculation takes now.

    References that ``factors`` does not know are left as they are: the calculation says what is wrong with them.
    """

    def reference(use: str | OwnFactor | None) -> str | OwnFactor | None:
        found = factors.find(use) if isinstance(use, str) else None
        return use if found is None else found.reference

    def line(item: Input) -> Input:
        return item.model_copy(update={"factor": reference(item.factor)})

    def coproduct(item: Coproduct) -> Coproduct:
        if item.replaces is None:
            return item
        return item.model_copy(update={"replaces": item.replaces.model_copy(update={"factor": reference(item.replaces.factor)})})

    def process(each: Process) -> Process:
        return each.model_copy(
            update={"inputs": tuple(line(item) for item in each.inputs), "coproducts": tuple(coproduct(item) for item in each.coproducts)}
        )

    return study.model_copy(update={"processes": tuple(process(each) for each in study.processes), "grid_mix": reference(study.grid_mix)})
