"""The newest residual mix of a year becomes a dossier: with its factors, its stated generation and the hash of the claims, which stay inside."""

import datetime
import json

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.electricity.energy import PER_MWH
from zuji.registry.electricity.mixes import NATION, candidate
from zuji.registry.electricity.models import ResidualMix
from zuji.registry.governance import handing_over
from zuji.registry.governance.handing_over import Handed, Provenance
from zuji.registry.refusals import NotFound


def hand_over(*, viewer: Viewer, enterprise: int, year: int, now: datetime.datetime | None = None) -> Handed:
    """A draft of an organisation from the newest residual mix of a year, once.

    Raises:
        NotFound: there is none, it is not for this person, or the organisation is not theirs.
        NotAllowed: they may look at the organisation's things, and not edit.
    """
    found = candidate(viewer=viewer, year=year)
    row = ResidualMix.objects.filter(year=year, geography=NATION, number=int(found.version)).first()
    if row is None:
        raise NotFound
    inputs = json.loads(row.inputs)
    more = (
        ("年份 year", f"{row.geography} {row.year} #{row.number}"),
        ("计算时间 calculated", row.at.isoformat()),
        ("输入的加盐哈希 salted hash of all inputs", row.commitment),
        ("输入是否都已核对原文 every input read in its source", "是 yes" if row.verified else "否，未核实 no, unverified"),
        *((f"所用因子 factor {reference}", digest) for reference, digest in sorted(inputs["factors"].items())),
        *(
            (f"发电量 generation {name}", f"{int(amount) // PER_MWH} MWh, {source}")
            for name, (amount, source) in sorted(inputs["generation"].items())
        ),
        ("认领 claims", "各类型的认领量含在上述哈希中，不公开 the claims of each type are within the hash above and are not told"),
    )
    provenance = Provenance(f"residual-mix-{row.geography}-{row.year}-{row.number}", handing_over.lines_of(found, more))
    fields = handing_over.fields_of_candidate(found)
    return handing_over.hand_over(viewer=viewer, enterprise=enterprise, fields=fields, provenance=provenance, now=now)
