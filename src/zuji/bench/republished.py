"""A province of footprints, invented, and a factor that is republished in it. Run as a process of its own, with ``ZUJI_DATA`` naming an empty place.

A few hundred studies are made and really calculated: the shipped product models with other answers, and bills of materials over the shipped
factors. Each is stored by the operation that everybody's are; the province is then filled with copies of these rows, each with a code and an
enterprise of its own, which no step of the republication can tell from results that were calculated one by one. What is solved anew is solved
from the rows of the copies.
"""

import datetime
import json
import random
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import Any

from zuji.bench.studies import plants
from zuji.config.commands import migrate
from zuji.engine.errors import StudyRefused
from zuji.formats.study import write_study

GRID = "CN-EL-CF-2024-national"
TODAY = datetime.date(2026, 12, 31)
STUDIES = 300
A_FIRM = 5  # footprints of an enterprise
SAMPLED = 100  # one in so many is solved anew
SEED = 20260731
BATCH = 5_000


def main(footprints: int) -> None:
    """Fill the database, republish, solve a sample anew, and print the row."""
    migrate(lambda _: None)
    _say("making studies")
    templates = _templates()
    _say(f"{len(templates)} studies, {footprints:,} footprints")
    _fill(templates, max(0, footprints - len(templates)))
    row = _republished(GRID, "B-1")
    _say(f"{row['drafts']:,} drafts in {row['seconds']:.2f} s; solving one in {SAMPLED} anew")
    row |= _resampled("B-1")
    rare = _republished(_rare(), "B-2")
    _say(f"a rare factor: {rare['drafts']:,} drafts and {rare['notices']:,} notices in {rare['seconds']:.2f} s")
    json.dump(row, sys.stdout)


def _templates() -> list[str]:
    """The codes of footprints that were calculated and stored as everybody's are, of an enterprise of their own."""
    from zuji.config import demo  # noqa: PLC0415  # Django is set up now
    from zuji.engine.text import Text  # noqa: PLC0415  # the same
    from zuji.registry.accounts.operations import register_enterprise  # noqa: PLC0415  # the same
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # the same
    from zuji.registry.footprints.method import Method  # noqa: PLC0415  # the same
    from zuji.registry.footprints.operations import Calculation, store  # noqa: PLC0415  # the same
    from zuji.rules import assess  # noqa: PLC0415  # the same

    method = Method.shipped()
    demo.load_factors(method, lambda _: None)
    firm = register_enterprise(
        actor="system",
        uscc=_uscc(999_999),
        name=Text("样本（虚构）", "Templates (invented)"),
        city=Text("武汉", "Wuhan"),
        demonstration=True,
    )
    found: list[str] = []
    for study in plants(method.library, GRID, SEED):
        try:
            result = assess(study, method.library, method.rulebook, method.gwp, today=TODAY)
        except StudyRefused:
            continue
        made = Calculation(source=write_study(study), study=study, result=result, on=TODAY)
        found.append(store(viewer=SYSTEM, enterprise=firm, calculation=made))
        if len(found) == STUDIES:
            break
    return found


def _fill(templates: list[str], footprints: int) -> None:
    """Enterprises, each with a person and five footprints: copies within the database, row by row of what was stored."""
    from django.db import connection, transaction  # noqa: PLC0415  # Django is set up now

    from zuji.registry.accounts.models import Enterprise, Membership, User  # noqa: PLC0415  # the same
    from zuji.registry.codes import new_code  # noqa: PLC0415  # the same
    from zuji.registry.footprints.models import Footprint  # noqa: PLC0415  # the same

    count = -(-footprints // A_FIRM)
    firms = Enterprise.objects.bulk_create(
        [
            Enterprise(
                uscc=_uscc(n), name_zh=f"湖北第{n}制造有限公司（虚构）", name_en=f"Hubei Works {n} (invented)", city_zh="武汉", city_en="Wuhan",
                identity_confirmed=True, demonstration=True,
            )
            for n in range(count)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    people = User.objects.bulk_create(
        [User(email=f"engineer{n}@crowd.example", name=f"工程师 {n}", password="!") for n in range(count)],  # noqa: S106  # nobody signs in by it
        batch_size=BATCH,
    )
    members = [Membership(user=person, enterprise=firm, role="owner") for person, firm in zip(people, firms, strict=True)]
    Membership.objects.bulk_create(members, batch_size=BATCH)
    # Neighbours have other studies: an enterprise has five different ones.
    copies = [(new_code(), firms[n % count].pk, templates[(n // count + 7 * (n % count)) % len(templates)]) for n in range(footprints)]
    fields = Footprint._meta.concrete_fields  # noqa: SLF001  # public in all but its name
    columns = [str(field.column) for field in fields if field.column not in {"code", "enterprise_id"}]
    with _without_a_journal(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copies (code varchar(26), firm bigint, template varchar(26))")
        for start in range(0, len(copies), BATCH):
            cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s)", copies[start : start + BATCH])
        names = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO footprints_footprint (code, enterprise_id, {names}) SELECT copies.code, copies.firm, {names} "  # noqa: S608  # names of our own columns
            "FROM copies JOIN footprints_footprint AS kept ON kept.code = copies.template"
        )
        cursor.execute(
            "INSERT INTO footprints_usedfactor (footprint_id, factor_id, version) SELECT copies.code, kept.factor_id, kept.version "
            "FROM copies JOIN footprints_usedfactor AS kept ON kept.footprint_id = copies.template"
        )
        kept = 'total, constant, uses, gwp, start, "end"'
        cursor.execute(
            f"INSERT INTO footprints_dependence (footprint_id, enterprise_id, {kept}) SELECT copies.code, copies.firm, {kept} "  # noqa: S608  # the same
            "FROM copies JOIN footprints_dependence AS kept ON kept.footprint_id = copies.template"
        )
        cursor.execute("DROP TABLE copies")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _without_a_journal() -> Iterator[None]:
    """While the province is filled, which is not measured, SQLite writes each row once; what is measured runs as the platform does."""
    from django.db import connection  # noqa: PLC0415  # Django is set up now

    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=OFF")
        cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
    connection.close()  # a new connection has the settings of the platform


def _republished(factor: str, publication: str) -> dict[str, Any]:
    """Publish the next version of a factor, 3 % lower, and work off what follows from it, in this one process and thread; letters are written after it."""
    from django.db import transaction  # noqa: PLC0415  # Django is set up now

    from zuji.config.kinds import KINDS  # noqa: PLC0415  # the same
    from zuji.registry.accounts.viewer import SYSTEM  # noqa: PLC0415  # the same
    from zuji.registry.factors.operations import load_library  # noqa: PLC0415  # the same
    from zuji.registry.factors.published import versions_of  # noqa: PLC0415  # the same
    from zuji.registry.jobs.republishing import REPUBLISH, republish  # noqa: PLC0415  # the same
    from zuji.registry.jobs.worker import Worker  # noqa: PLC0415  # the same
    from zuji.registry.republication.models import Notice, Republication, Successor  # noqa: PLC0415  # the same
    from zuji.registry.republication.operations import DRAFTS  # noqa: PLC0415  # the same
    from zuji.registry.republication.previews import Proposed, preview  # noqa: PLC0415  # the same

    old = versions_of([factor])[f"{factor}@1"]
    scale = Fraction(97, 100)
    parts = tuple(replace(part, kg=part.kg * scale) for part in old.parts)
    new = replace(old, version="bench", value=old.value * scale, parts=parts, digest=f"sha256:{publication}".ljust(71, "0"))
    start = time.perf_counter()
    preview([Proposed(old.reference, new)], viewer=SYSTEM)
    _say(f"{factor}: its dry run in {time.perf_counter() - start:.2f} s")
    with transaction.atomic():
        load_library(actor="system", versions=[(new, "")])
        republish(publication=publication, changes={old.reference: new.reference})
    kinds = {kind: KINDS[kind] for kind in (REPUBLISH, DRAFTS)}
    start, used = time.perf_counter(), time.process_time()
    Worker(kinds, threading.Event()).run(until_empty=True)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    _say(f"{factor}: {seconds:.2f} s, of which this process was on a core for {used:.2f} s")
    if Republication.objects.get(pk=publication).drafted is None:
        raise RuntimeError("the drafts were not finished: a job has failed")
    return {
        "drafts": Successor.objects.filter(republication=publication).count(),
        "notices": Notice.objects.filter(republication=publication).count(),
        "seconds": seconds,
    }


def _resampled(publication: str) -> dict[str, Any]:
    """Solve one draft in a hundred anew by the exact engine, each from what is kept of its own footprint."""
    from zuji.registry.footprints.models import Footprint  # noqa: PLC0415  # Django is set up now
    from zuji.registry.republication import plan  # noqa: PLC0415  # the same
    from zuji.registry.republication.models import Republication, Successor  # noqa: PLC0415  # the same
    from zuji.registry.republication.solving import successor  # noqa: PLC0415  # the same

    made = plan.of(Republication.objects.get(pk=publication))
    drafts = dict(Successor.objects.filter(republication=publication).values_list("footprint", "exact"))
    chosen = random.Random(SEED).sample(sorted(drafts), -(-len(drafts) // SAMPLED))  # noqa: S311  # the same sample of the same codes
    most = 0.0
    for code in chosen:
        solved = Fraction(successor(made, publication, Footprint.objects.get(pk=code)).exact)
        most = max(most, float(abs(Fraction(drafts[code]) - solved) / abs(solved)))
    return {"resampled": len(chosen), "max_relative_difference": most}


def _rare() -> str:
    """The factor of the fewest footprints, but of some."""
    from django.db.models import Count  # noqa: PLC0415  # Django is set up now

    from zuji.registry.footprints.models import UsedFactor  # noqa: PLC0415  # the same

    counted: Mapping[str, int] = dict(
        UsedFactor.objects.filter(version="1").exclude(factor_id__startswith="own-").values_list("factor_id").annotate(n=Count("pk"))
    )
    return min(counted, key=lambda factor: (counted[factor], factor))


def _uscc(number: int) -> str:
    from zuji.registry.accounts.uscc import check_character  # noqa: PLC0415  # Django is set up now

    stem = f"91{420100 + number % 900:06d}MB{number:07d}"[:17]
    return stem + check_character(stem)


def _say(text: str) -> None:
    sys.stderr.write(f"    {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
