"""The factors of a kept result, as they were when it was calculated."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from zuji.engine.factors import FactorSource, FactorVersion
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.formats.factors import FactorLibrary
from zuji.registry.factors.published import versions_of

NEWER = "factor.newer-version"
SUPERSEDED = "factor.superseded"
_NEWER_SAYS = re.compile(r"“([^”]+)” has a newer version (\S+)\.")
_SUPERSEDED_SAYS = re.compile(r"“([^”]+)” is superseded by (.+?)\. Calculated with the pinned version\.")


class FactorsAsUsed(FactorSource):
    """Gives each factor in the version that a result names; a version published later does not exist for it.

    ``used`` maps an id to its versions and digests; ``known`` holds every version, the newest last; ``newer`` maps an id to the version of which
    the result itself says that it was newer. ``grid`` pins the one factor that no result names, the grid mix it is compared with.
    """

    def __init__(
        self,
        used: Mapping[str, Mapping[str, str]],
        known: Mapping[str, FactorVersion],
        newer: Mapping[str, str],
        grid: FactorVersion | None,
    ) -> None:
        self.used, self.known, self.newer, self.grid = used, known, newer, grid

    def find(self, reference: str) -> FactorVersion | None:
        """The version that was used: with the content that was used, else None."""
        name, pinned, version = reference.partition("@")
        stated = self.used.get(name, {})
        if pinned:
            found = self.known.get(reference)
            return found if found is None or version not in stated or stated[version] == found.digest else None
        if not stated:
            return self.grid if self.grid is not None and self.grid.id == name else self._newest(name)
        if name in self.newer and len(stated) == 1:
            return self.known.get(f"{name}@{self.newer[name]}") or self._newest(name)
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
    # What became of a version is said beside it and may be said later: what counts is what the result itself was told.
    newer = {name: version for name, version in _said(result, NEWER, _NEWER_SAYS) if name in used}
    for name, better in _said(result, SUPERSEDED, _SUPERSEDED_SAYS):
        for version in used.get(name, {}):
            then = known.get(f"{name}@{version}")
            if then is not None and then.state == "current":
                known[then.reference] = replace(then, state="superseded", superseded_by=better)
    grid = study.grid_mix
    if grid is None or "@" in grid or grid in used:
        return [FactorsAsUsed(used, known, newer, None)]
    candidates = [version for version in reversed(known.values()) if version.id == grid]
    return [FactorsAsUsed(used, known, newer, candidate) for candidate in candidates] or [FactorsAsUsed(used, known, newer, None)]


def _said(result: Result, code: str, words: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The id and the version that findings of a kept result speak of."""
    for finding in result.findings:
        if finding.code == code and (match := words.fullmatch(finding.message.en)):
            yield match[1], match[2]


def _named(study: Study) -> set[str]:
    """The ids of the library's factors that a study names anywhere."""
    named = {study.grid_mix or ""}
    for process in study.processes:
        named |= {item.factor for item in process.inputs if isinstance(item.factor, str)}
        named |= {c.replaces.factor for c in process.coproducts if c.replaces is not None and isinstance(c.replaces.factor, str)}
    return {reference.partition("@")[0] for reference in named if reference}
