"""Where batches are calculated, by the setting ZUJI_CLUSTER."""

from zuji.config import settings
from zuji.connectors.cluster import runner_for
from zuji.engine.sparse.draws import Runner


def runner() -> Runner:
    """This process, or the cluster that the setting names."""
    return runner_for(settings.VALUES.cluster)
