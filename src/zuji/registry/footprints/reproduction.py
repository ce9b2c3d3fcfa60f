"""A kept footprint calculated again from what is kept: its study and the versions its result names, whatever was published since."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache

from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Finding
from zuji.engine.results import Result, sealed
from zuji.engine.solution import Solution
from zuji.formats.factors import FactorLibrary, load_library
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints.dependences import gwp_of, solved_again
from zuji.registry.footprints.queries import Row, Sheet, sheet
from zuji.registry.footprints.used_factors import FactorsAsUsed, factors_as_used, used_versions
from zuji.rules import Rulebook, assess, load_rules


@dataclass(frozen=True, slots=True)
class Used:
    """A version that the kept result names, and the one that the recalculation used; empty where there is none."""

    name: str
    kept: str
    again: str
    factor: bool = False

    @property
    def same(self) -> bool:
        return self.kept == self.again


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of it. ``again`` is None where the study is refused today, and ``refused`` says why; ``differing`` names parts of the result."""

    row: Row
    kept: Result
    again: Result | None
    refused: tuple[Finding, ...]
    differing: tuple[str, ...]
    used: tuple[Used, ...]
    engine_only: bool

    @property
    def total_agrees(self) -> bool:
        return self.again is not None and self.again.total == self.kept.total

    @property
    def hash_agrees(self) -> bool:
        return self.again is not None and self.again.result_hash == self.kept.result_hash


def reproduce(code: str, *, viewer: Viewer, library: FactorLibrary | None = None) -> Reproduction:
    """Calculate a footprint again, and say what agrees. Raises :class:`NotFound`.

    ``library`` stands in for the shipped library. What was published is taken from the database where the library no longer has it.
    """
    found = sheet(code, viewer=viewer)
    kept = found.calculated.result
    again: Result | None = None
    refused: tuple[Finding, ...] = ()
    for factors in _sources(found, library):
        try:
            again = _assessed(found, factors)
        except StudyRefused as refusal:
            refused = refusal.findings
            continue
        if again.result_hash == kept.result_hash:
            break
    differing = () if again is None else tuple(f.name for f in fields(Result) if getattr(again, f.name) != getattr(kept, f.name))
    return Reproduction(
        row=found.row,
        kept=kept,
        again=again,
        refused=refused if again is None else (),
        differing=differing,
        used=tuple(_used(kept, again)),
        engine_only=again is not None and _with_engine_of(kept, again) == kept.result_hash != again.result_hash,
    )


def solution_of(found: Sheet, *, library: FactorLibrary | None = None) -> Solution | None:
    """The exact solution behind a kept footprint; None where what is kept no longer leads to its total."""
    return solved_again(found.calculated.study, found.calculated.result, found.row.calculated_on, library=library)


def _sources(found: Sheet, library: FactorLibrary | None) -> Iterator[FactorsAsUsed]:
    yield from factors_as_used(found.calculated.study, found.calculated.result, load_library() if library is None else library)


def _assessed(found: Sheet, factors: FactorsAsUsed) -> Result:
    study = found.calculated.study
    gwp = gwp_of(found.calculated.result, study.gwp)
    return assess(study, factors, _rulebook(), {str(study.gwp): gwp}, today=found.row.calculated_on)


@cache
def _rulebook() -> Rulebook:
    return load_rules()


def _with_engine_of(kept: Result, again: Result) -> str:
    """The hash that ``again`` would have, had the engine called itself as it did then."""
    return sealed(replace(again, manifest={**again.manifest, "engine": kept.manifest.get("engine")})).result_hash


def _used(kept: Result, again: Result | None) -> Iterator[Used]:
    for name in ("engine", "gwp", "rounding", "input"):
        yield Used(name, str(kept.manifest.get(name, "")), "" if again is None else str(again.manifest.get(name, "")))
    yield Used("rule", kept.rule or "", "" if again is None else again.rule or "")
    then, now = used_versions(kept), {} if again is None else used_versions(again)
    for name in sorted(then | now):
        yield Used(name, _stamps(then.get(name, {})), _stamps(now.get(name, {})), factor=True)


def _stamps(versions: dict[str, str]) -> str:
    return ", ".join(f"{version} {digest[:12]}" for version, digest in sorted(versions.items()))
