"""A released average becomes a dossier: with the commitments of what it rests on, and nothing of what anybody contributed."""

import datetime

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.averages.models import Call, Release
from zuji.registry.averages.releasing import candidate
from zuji.registry.governance import handing_over
from zuji.registry.governance.handing_over import Handed, Provenance


def hand_over(
    *,
    viewer: Viewer,
    enterprise: int,
    call: str,
    quarter: str,
    subset: str = "",
    now: datetime.datetime | None = None,
) -> Handed:
    """A draft of an organisation from a released average, once.

    Raises:
        NotFound: it was not released or withheld, the viewer is neither secretary nor publisher, or the organisation is not theirs.
        NotAllowed: they may look at the organisation's things, and not edit.
    """
    found = candidate(viewer=viewer, call=call, quarter=quarter, filter=subset)
    released = Release.objects.get(call=call, quarter=quarter, filter=subset)
    asked = Call.objects.get(pk=call)
    commitments = sorted(released.members.values_list("contribution__commitment", flat=True))
    more = (
        ("征集 call", asked.code),
        ("季度 quarter", quarter),
        ("分组 subset", subset or "全部 all"),
        ("数据期 data of", f"{asked.period_start.isoformat()} – {asked.period_end.isoformat()}"),
        ("系统边界 boundary", asked.boundary),
        ("发布时间 released", released.at.isoformat()),
        *((f"来源承诺 commitment {n}", each) for n, each in enumerate(commitments, start=1)),
    )
    provenance = Provenance(f"average-{asked.code[:12]}-{quarter}{'-' + subset if subset else ''}", handing_over.lines_of(found, more))
    fields = handing_over.fields_of_candidate(found)
    return handing_over.hand_over(viewer=viewer, enterprise=enterprise, fields=fields, provenance=provenance, now=now)
