import json
import secrets
from collections.abc import Collection
from itertools import islice

from django.db import transaction

from zuji.engine.text import Text
from zuji.formats.factors.drawers import OUT
from zuji.formats.factors.filing import FORM, filed
from zuji.registry.factors.models import FactorEntry, FactorIndex, FactorVersion, Standing

_BATCH = 500
_ONLY = 1  # the number of the one row of FactorIndex


@transaction.atomic
def index_newest(ids: Collection[str]) -> None:
    """File these factors, each in its newest version, under their words; what they were filed under before is taken away.

    No row of another factor is read or written.
    """
    waiting = iter(sorted(ids))
    while batch := list(islice(waiting, _BATCH)):
        rows = {row.factor_id: row for row in FactorVersion.objects.filter(factor_id__in=batch).order_by("pk")}
        became = _became(list(rows.values()))
        FactorEntry.objects.filter(factor_id__in=batch).delete()
        FactorEntry.objects.bulk_create([_entry(row, became.get(row.pk, "")) for row in rows.values()])
    _moved()


def restate(version: FactorVersion) -> None:
    """Note in the index what became of a version."""
    state = _became([version]).get(version.pk, version.state)
    if FactorEntry.objects.filter(version=version).update(state=state, stamp=_stamp()):
        _moved()


def refresh_index() -> bool:
    """File everything anew where it is filed in another form, as after an update of the product; whether it was."""
    if FactorIndex.objects.filter(form=FORM).exists():
        return False
    with transaction.atomic():
        FactorEntry.objects.all().delete()
        index_newest(set(FactorVersion.objects.values_list("factor_id", flat=True)))
    return True


def _moved() -> None:
    """Leave another mark, by which every process learns that there is something to read."""
    FactorIndex.objects.update_or_create(pk=_ONLY, defaults={"form": FORM, "mark": secrets.token_hex(16)})


def _stamp() -> int:
    """By chance and not counted: after a transaction that was undone, another row may get the same number."""
    return secrets.randbits(63)


def _became(versions: Collection[FactorVersion]) -> dict[int, str]:
    """What became of those versions that are no longer offered, by their number."""
    rows = Standing.objects.filter(factor__in=versions, state__in=OUT).values_list("factor_id", "state")
    return dict(sorted(rows, key=lambda row: OUT.index(row[1])))


def _entry(row: FactorVersion, became: str) -> FactorEntry:
    same = ("factor_id", "category", "kind", "geography", "per", "subject", "rank")
    words = filed(
        factor_id=row.factor_id,
        name=Text(row.name_zh, row.name_en),
        synonyms=json.loads(row.synonyms),
        category=row.category,
        geography=row.geography,
        year=row.year,
        publisher=row.publisher,
        source=row.source,
    )
    return FactorEntry(
        version_id=row.pk, state=became or row.state, filed=words, stamp=_stamp(), **{name: getattr(row, name) for name in same}
    )
