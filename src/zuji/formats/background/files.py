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
from zuji.engine.sparse.background import KERNEL, Background, Process
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.order import Plan
from zuji.engine.text import Text

FORMAT = "zuji/background/1"
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


class BadRelease(EngineError):
    """A folder that is no release, or one whose files are not those that its manifest lists."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release says of itself. ``files``: the SHA-256 of each file. ``source``: title, publisher, licence and version as given."""

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
    files = {f"{name}.npy": _npy(np.ascontiguousarray(array, dtype=ARRAYS[name])) for name, array in arrays.items()}
    files[PROCESSES] = _json([asdict(process) for process in background.processes])
    manifest = {
        "format": FORMAT,
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
    files[MANIFEST] = _json(manifest)
    return files


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
    if found != FORMAT:
        raise BadRelease(Text(f"清单的格式是 {found}，应为 {FORMAT}。", f"The manifest's format is {found}, not {FORMAT}."))
    if set(manifest.files) != {*(f"{name}.npy" for name in ARRAYS), PROCESSES}:
        raise BadRelease(Text("清单所列文件不全或有多余。", "The manifest does not list the files of a release."))
    return manifest


def released(manifest: Manifest, processes: bytes, array: Callable[[str], NDArray[Any]]) -> Background:
    """The database of a release. ``array`` gives the array of a name, mapped from its file or read.

    Raises :class:`BadRelease` for an array of another type or shape than the manifest tells, and for what is no matrix.
    """
    arrays = {name: array(name) for name in ARRAYS}
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
    }
    for name, found in arrays.items():
        if str(found.dtype) != ARRAYS[name] or found.shape != shapes.get(name, found.shape):
            raise BadRelease(Text(f"{name}.npy 的类型或形状不对。", f"{name}.npy has another type or shape than its manifest tells."))
    try:
        needs = Needs.from_csr(arrays["starts"], arrays["suppliers"], arrays["amounts"])
        listed = tuple(Process(**told) for told in json.loads(processes))
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
    )


def _npy(array: NDArray[Any]) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()
