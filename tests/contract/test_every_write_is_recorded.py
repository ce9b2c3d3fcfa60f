"""Every write leaves an event: who reads the code of the registry finds a way from each public function that writes to ``record``."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

REGISTRY = Path(__file__).resolve().parents[2] / "src" / "zuji" / "registry"
RECORD = "zuji.registry.audit.operations.record"
ENQUEUE = "zuji.registry.jobs.operations.enqueue"
WRITES = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "save", "delete"}

# Public functions that write without an event of their own, each with its reason.
WITHOUT = {
    "factors.indexing.index_newest": "what factors are found by, made of versions whose publication is recorded",
    "factors.indexing.refresh_index": "the same, where they are filed in another form",
    "factors.indexing.restate": "the same, where a version's standing has changed",
    "accounts.operations.endings.end_clients": "part of the operations by which a person leaves, which record",
    "accounts.operations.endings.end_sessions": "the same, and of a change of password",
    "audit.operations.record": "is the event",
    "footprints.tasks.dependences": "finds out what older footprints rest on: nothing of them changes",
    "factors.operations.publish_version": "part of a publication, which records",
    "factors.operations.set_standing": "part of a publication, a revocation or an expiry, which record",
    "inventory.keeping.keep": "part of inventory.operations.store, which records",
    "jobs.operations.enqueue": "in the transaction, and with the event, of the change that asks for the job",
    "jobs.operations.claim": "the state of a job is machinery: the change that it makes records its own event",
    "jobs.operations.finish": "the same: the handler's change records, inside this transaction",
    "jobs.operations.set_back": "the same",
    "jobs.operations.give_back": "the same",
    "jobs.operations.beat": "a heartbeat",
    "jobs.operations.leave": "the end of a heartbeat",
    "national.comparing.compare": "part of national.operations.synchronise, which records",
    "products.operations.advance": "moves a version inside the operations of footprints.submitting, which record",
    "products.operations.see_group": "looking is no change of a footprint: it is noted for the task list",
    "replies.operations.once": "keeps an answer given to a program, whose work records its own event",
}


@dataclass
class Function:
    """A function of the registry, the functions it calls by their full names, and whether it writes rows itself."""

    name: str
    public: bool
    calls: set[str] = field(default_factory=set)
    writes: bool = False


def _module(path: Path) -> str:
    return ".".join(("zuji", "registry", *path.relative_to(REGISTRY).with_suffix("").parts))


def _names(tree: ast.Module, module: str) -> dict[str, str]:
    """What the names of a module stand for: imported modules and functions, and its own functions."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return known | {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _full(called: ast.expr, known: dict[str, str]) -> str | None:
    parts: list[str] = []
    while isinstance(called, ast.Attribute):
        parts.append(called.attr)
        called = called.value
    if isinstance(called, ast.Name) and called.id in known:
        return ".".join((known[called.id], *reversed(parts)))
    return None


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    word, receiver = call.func.attr, ast.unparse(call.func.value)
    if word == "update":  # of rows, by the names of columns; a dictionary or a digest is updated with a thing
        return bool(call.keywords) and not call.args
    return word in WRITES and (word in {"save", "delete"} or ".objects" in receiver)


def _of(path: Path) -> Iterator[Function]:
    tree, module = ast.parse(path.read_text(encoding="utf-8")), _module(path)
    known = _names(tree, module)
    for node in tree.body:
        bodies = [node] if isinstance(node, ast.FunctionDef) else []
        if isinstance(node, ast.ClassDef):  # its methods count as the class: to make one is to call them
            bodies = [part for part in node.body if isinstance(part, ast.FunctionDef)]
        if not bodies:
            continue
        assert isinstance(node, ast.FunctionDef | ast.ClassDef)
        made = Function(f"{module}.{node.name}", public=not node.name.startswith("_") and isinstance(node, ast.FunctionDef))
        for part in (part for body in bodies for part in ast.walk(body)):
            if isinstance(part, ast.Call):
                made.writes |= _writes(part)
            if isinstance(part, ast.Name | ast.Attribute) and (full := _full(part, known)):
                made.calls.add(full)
        yield made


@cache
def functions() -> dict[str, Function]:
    paths = (
        path for path in REGISTRY.rglob("*.py") if not {"migrations", "models.py", "immutable.py"} & set(path.relative_to(REGISTRY).parts)
    )
    return {function.name: function for path in paths for function in _of(path)}


def reached(name: str) -> set[str]:
    """Everything that a function can come to, itself included."""
    seen, waiting = set(), [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += functions()[here].calls if here in functions() else ()
    return seen


def unrecorded() -> set[str]:
    found = set()
    for name, function in functions().items():
        ways = reached(name)
        writes = {way for way in ways if way in functions() and functions()[way].writes} - ({ENQUEUE} - {name})  # see its reason
        if function.public and writes and RECORD not in ways - {name}:
            found.add(name.removeprefix("zuji.registry."))
    return found


def test_the_reader_of_this_test_finds_writes() -> None:
    writers = {name for name, function in functions().items() if function.writes}
    assert {"zuji.registry.footprints.operations.store", "zuji.registry.jobs.operations.claim", RECORD} <= writers
    assert RECORD in reached("zuji.registry.footprints.operations.store")
    assert RECORD not in reached("zuji.registry.jobs.operations.claim")


def test_every_public_write_is_recorded_or_has_its_reason() -> None:
    assert unrecorded() - set(WITHOUT) == set()


def test_no_reason_is_left_over() -> None:
    assert set(WITHOUT) - unrecorded() == set()


def test_every_transaction_of_an_operation_is_recorded_or_has_its_reason() -> None:
    """What is decorated as one transaction is a change, also where this test does not recognize the write in it."""
    silent = set()
    for path in REGISTRY.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(ast.unparse(mark) == "transaction.atomic" for mark in node.decorator_list):
                name = f"{_module(path)}.{node.name}"
                if RECORD not in reached(name):
                    silent.add(name.removeprefix("zuji.registry."))
    assert silent - set(WITHOUT) == set()
