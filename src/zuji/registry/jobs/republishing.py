"""How a slice that knows no footprints has a publication carried out on them: by the name of the kind of job, in its own transaction."""

import json
from collections.abc import Mapping

from zuji.registry.jobs.operations import enqueue

REPUBLISH = "republication.republish"
"""The kind of job that begins with a publication; its key is the publication's code."""


def republish(*, publication: str, changes: Mapping[str, str | None]) -> int:
    """Have every footprint on the old versions given a draft successor, once for each ``publication``; the number of the job.

    ``changes`` maps a published ``id@version`` to the one that is published in its place, None where the old one is withdrawn. When the job
    runs, all of them are to be in the table of published factors. The caller's transaction must be open.
    """
    written = json.dumps(dict(changes), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return enqueue(REPUBLISH, {"publication": publication, "changes": written}, publication)
