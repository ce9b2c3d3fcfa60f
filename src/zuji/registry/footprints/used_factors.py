"""The factors of a kept result, as they were when it was calculated."""

from collections.abc import Mapping

from zuji.engine.factors import FactorSource, FactorVersion
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.formats.factors import FactorLibrary
from zuji.registry.factors.published import versions_of

NEWER = "factor.newer-version"


class FactorsAsUsed(FactorSource):
    """Gives each factor in the version that a result names; a version published later does not exist for it.

    ``used`` maps an id to its versions and digests; ``known`` holds every version, the newest last; ``had_newer`` are the ids of which the result
    itself says that a newer version existed. ``grid`` pins the one factor that no result names, the grid mix it is compared with.
    """

    def __init__(
        self,
        used: Mapping[str, Mapping[str, str]],
        known: Mapping[str, FactorVersion],
        had_newer: frozenset[str],
        grid: FactorVersion | None,
    ) -> None:
        self.used, self.known, self.had_newer, self.grid = used, known, had_newer, grid

    def find(self, reference: str) -> FactorVersion | None:
        """The version that was used: with the content that was used, else None."""
        name, pinned, version = reference.partition("@")
        stated = self.used.get(name, {})
        if pinned:
            found = self.known.get(reference)
            return found if found is None or version not in stated or stated[version] == found.digest else None
        if not stated:
            return self.grid if self.grid is not None and self.grid.id == name else self._newest(name)
        if name in self.had_newer and len(stated) == 1:
            return self._newest(name)
        last = [key for key in self.known if key.partition("@")[0] == name and self.known[key].version in stated]
        return self.find(last[-1]) if last else None

    def nearest(self, reference: str) -> tuple[str, ...]:
        """None: a kept study has no misspelt factor."""
        del reference
        return ()

    def _newest(self, name: str) -> FactorVersion | None:
        return next((found for found in reversed(list(self.known.values())) if found.id == name), None)


def used_versions(result: Result) -> dict[str, dict[str, str]]:
    """By id of a factor: the versions that a result rests on, each with its digest."""
    stated = result.manifest.get("factors")
    found: dict[str, dict[str, str]] = {}
    for name, stamps in (stated if isinstance(stated, dict) else {}).items():
        for stamp in str(stamps).split(", "):
            version, _, digest = stamp.partition("+sha256:")
            found.setdefault(str(name), {})[version] = digest
    return found


def factors_as_used(study: Study, result: Result, library: FactorLibrary) -> list[FactorsAsUsed]:
    """Where the kept study finds its factors. One source for each version that the grid mix could have had: a result does not name it."""
    used = used_versions(result)
    names = _named(study) | set(used)
    known = dict(versions_of(names))
    for name in names:
        known |= {
            f.reference: f for f in reversed(library.versions(name)) if f.reference not in known or known[f.reference].digest == f.digest
        }
    said = " ".join(finding.message.en for finding in result.findings if finding.code == NEWER)
    had_newer = frozenset(name for name in used if f"“{name}”" in said)
    grid = study.grid_mix
    if grid is None or "@" in grid or grid in used:
        return [FactorsAsUsed(used, known, had_newer, None)]
    candidates = [version for version in reversed(known.values()) if version.id == grid]
    return [FactorsAsUsed(used, known, had_newer, candidate) for candidate in candidates] or [FactorsAsUsed(used, known, had_newer, None)]


def _named(study: Study) -> set[str]:
    """The ids of the library's factors that a study names anywhere."""
    named = {study.grid_mix or ""}
    for process in study.processes:
        named |= {item.factor for item in process.inputs if isinstance(item.factor, str)}
        named |= {c.replaces.factor for c in process.coproducts if c.replaces is not None and isinstance(c.replaces.factor, str)}
    return {reference.partition("@")[0] for reference in named if reference}
