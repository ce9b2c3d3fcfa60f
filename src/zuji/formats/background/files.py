"""The files of a release."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix, EngineError
from zuji.engine.sparse.background import KERNEL, PARTS, Background, Process
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.order import Plan
from zuji.engine.sparse.spread import Spread
from zuji.engine.sparse.uncertain import Uncertain
from zuji.engine.text import Text

FORMAT = "zuji/background/1"
FORMAT_WITH_SPREADS = "zuji/background/2"  # the same, and what is uncertain
MANIFEST, PROCESSES = "manifest.json", "processes.json"
ARRAYS = {
    "starts": "int64",
    "suppliers": "int32",
    "amounts": "float64",
    "burdens": "float64",
    "values": "float64",
    "incomplete": "bool",
    "order": "int32",
    "rank": "int32",
    "blocks": "int64",
    "looped": "bool",
}
SPREADS = {
    "need_kinds": "uint8",
    "need_spreads": "float32",
    "emitters": "int32",
    "emission_parts": "uint8",
    "emissions": "float64",
    "emission_kinds": "uint8",
    "emission_spreads": "float32",
}


class BadRelease(EngineError):
    """A folder that is no release, or one whose files are not those that its manifest lists."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release says of itself. ``files``: the SHA-256 of each file. ``source``: title, publisher, licence and version as given.
    ``uncertain``: how many numbers have a spread; ``emissions``: how many single emissions are kept for that.
    """

    source: Mapping[str, str]
    columns: tuple[str, ...]
    processes: int
    inputs: int
    in_loops: int
    coverage: float
    residual: float
    error: float
    sweeps: int
    growth: float
    kernel: str
    files: Mapping[str, str]
    uncertain: int = 0
    emissions: int = 0

    @property
    def arrays(self) -> Mapping[str, str]:
        """The arrays that the release has, with their types."""
        return {**ARRAYS, **SPREADS} if self.uncertain else ARRAYS


def release_files(background: Background, source: Mapping[str, str]) -> dict[str, bytes]:
    """Every file of the release by name, the manifest last. The same database and source give the same bytes."""
    needs, plan = background.needs, background.plan
    arrays: dict[str, NDArray[Any]] = {
        "starts": needs.starts,
        "suppliers": needs.suppliers,
        "amounts": needs.amounts,
        "burdens": background.burdens,
        "values": background.values,
        "incomplete": background.incomplete,
        "order": plan.order,
        "rank": plan.rank,
        "blocks": plan.blocks,
        "looped": plan.looped,
    }
    uncertain = background.uncertain
    types = ARRAYS
    if uncertain is not None:
        arrays, types = {**arrays, **_of_spreads(uncertain)}, {**ARRAYS, **SPREADS}
    files = {f"{name}.npy": _npy(np.ascontiguousarray(array, dtype=types[name])) for name, array in arrays.items()}
    files[PROCESSES] = _json([asdict(process) for process in background.processes])
    manifest = {
        "format": FORMAT if uncertain is None else FORMAT_WITH_SPREADS,
        "source": dict(source),
        "columns": list(background.columns),
        "processes": len(background.processes),
        "inputs": needs.size,
        "in_loops": plan.in_loops,
        "coverage": 1.0 - float(background.incomplete.mean()) if len(background.incomplete) else 1.0,
        "residual": background.residual,
        "error": background.error,
        "sweeps": background.sweeps,
        "growth": background.growth,
        "kernel": KERNEL,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    if uncertain is not None:
        manifest |= {"uncertain": uncertain.size, "emissions": len(uncertain.emitters)}
    files[MANIFEST] = _json(manifest)
    return files


def _of_spreads(uncertain: Uncertain) -> dict[str, NDArray[Any]]:
    return {
        "need_kinds": uncertain.needs.kind,
        "need_spreads": _columns(uncertain.needs),
        "emitters": uncertain.emitters,
        "emission_parts": uncertain.parts,
        "emissions": uncertain.emissions,
        "emission_kinds": uncertain.direct.kind,
        "emission_spreads": _columns(uncertain.direct),
    }


def _columns(spread: Spread) -> NDArray[np.float32]:
    """Size, centre, low and high of each: (numbers, 4)."""
    return np.stack([spread.size, spread.centre, spread.low, spread.high], axis=1)


def identity(manifest: bytes) -> str:
    """The name of a release: the SHA-256 of its manifest, which holds those of all other files."""
    return hashlib.sha256(manifest).hexdigest()


def read_manifest(content: bytes) -> Manifest:
    """Raises :class:`BadRelease` for what is no manifest of this format, or one that lists other files than a release has."""
    try:
        told = json.loads(content)
        found = told.pop("format")
        manifest = Manifest(**{**told, "columns": tuple(told["columns"])})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadRelease(Text("清单不可读。", "The manifest cannot be read.")) from error
    if found != (FORMAT_WITH_SPREADS if manifest.uncertain else FORMAT):
        raise BadRelease(Text(f"清单的格式是 {found}，应为 {FORMAT}。", f"The manifest's format is {found}, not {FORMAT}."))
    if set(manifest.files) != {*(f"{name}.npy" for name in manifest.arrays), PROCESSES}:
        raise BadRelease(Text("清单所列文件不全或有多余。", "The manifest does not list the files of a release."))
    return manifest


def released(manifest: Manifest, processes: bytes, array: Callable[[str], NDArray[Any]]) -> Background:
    """The database of a release. ``array`` gives the array of a name, mapped from its file or read.

    Raises :class:`BadRelease` for an array of another type or shape than the manifest tells, and for what is no matrix.
    """
    arrays = {name: array(name) for name in manifest.arrays}
    count, width = manifest.processes, len(manifest.columns)
    shapes = {
        "starts": (count + 1,),
        "suppliers": (manifest.inputs,),
        "amounts": (manifest.inputs,),
        "burdens": (count, width),
        "values": (count, width),
        "incomplete": (count,),
        "order": (count,),
        "rank": (count,),
        "need_kinds": (manifest.inputs,),
        "need_spreads": (manifest.inputs, 4),
        "emitters": (manifest.emissions,),
        "emission_parts": (manifest.emissions,),
        "emission_kinds": (manifest.emissions,),
        "emission_spreads": (manifest.emissions, 4),
        "emissions": (manifest.emissions, len({name.partition("/")[0] for name in manifest.columns})),
    }
    for name, found in arrays.items():
        if str(found.dtype) != manifest.arrays[name] or found.shape != shapes.get(name, found.shape):
            raise BadRelease(Text(f"{name}.npy 的类型或形状不对。", f"{name}.npy has another type or shape than its manifest tells."))
    try:
        needs = Needs.from_csr(arrays["starts"], arrays["suppliers"], arrays["amounts"])
        listed = tuple(Process(**told) for told in json.loads(processes))
        uncertain = _uncertain(arrays, count) if manifest.uncertain else None
    except (BadMatrix, ValueError, TypeError) as error:
        raise BadRelease(Text("文件内容不成数据库。", "The files hold no database.")) from error
    if len(listed) != count:
        raise BadRelease(Text("过程的个数与清单不符。", "There are not as many processes as the manifest tells."))
    plan = Plan(arrays["order"], arrays["rank"], arrays["blocks"], arrays["looped"])
    return Background(
        listed,
        needs,
        plan,
        manifest.columns,
        arrays["burdens"],
        arrays["values"],
        arrays["incomplete"],
        manifest.residual,
        manifest.error,
        manifest.sweeps,
        manifest.growth,
        uncertain,
    )


def _uncertain(arrays: Mapping[str, NDArray[Any]], processes: int) -> Uncertain:
    """The spreads of a release. Raises :class:`~zuji.engine.errors.BadMatrix` for what is none."""
    needs, direct = (
        Spread.of(arrays[f"{name}_kinds"], columns[:, 0], centre=columns[:, 1], low=columns[:, 2], high=columns[:, 3])
        for name in ("need", "emission")
        for columns in (arrays[f"{name}_spreads"],)
    )
    emitters, parts = arrays["emitters"], arrays["emission_parts"]
    if len(emitters) and (int(emitters.min()) < 0 or int(emitters.max()) >= processes or int(parts.max()) >= len(PARTS)):
        raise BadMatrix(Text("排放指向不存在的过程。", "An emission is of a process that is not there."))
    return Uncertain(needs, emitters, parts, arrays["emissions"], direct)


def _npy(array: NDArray[Any]) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()
