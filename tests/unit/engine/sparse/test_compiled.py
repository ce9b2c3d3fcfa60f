"""What holds for every kernel: no stale code from the cache, no fast mathematics, no cost to a command that needs none."""

import ast
import subprocess
import sys
from pathlib import Path

import zuji.engine.sparse
from zuji.engine.sparse import gate, intensity

MODULES = sorted(Path(zuji.engine.sparse.__file__).parent.glob("*.py"))


def kernels(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        if any(isinstance(mark, ast.Name) and mark.id in {"compiled", "inlined"} for mark in node.decorator_list)
    }


def test_a_kernel_calls_only_kernels_of_its_own_module() -> None:
    """numba's cache of a kernel is not made anew when a kernel of another file, which is compiled into it, changes."""
    everywhere = {name for path in MODULES for name in kernels(path)}
    assert len(everywhere) > 12
    foreign = []
    for path in MODULES:
        here = kernels(path)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name in here:
                called = {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
                foreign += [f"{path.name}:{node.name} calls {name}" for name in (called & everywhere) - here]
    assert foreign == []


def test_no_kernel_is_compiled_with_fast_mathematics() -> None:
    assert [path.name for path in MODULES if "fastmath=" in path.read_text(encoding="utf-8")] == []
    for kernel in (gate.loop_scale, intensity._loop):
        assert vars(kernel)["targetoptions"].get("fastmath", False) is False


def test_the_command_line_starts_without_the_compiler() -> None:
    seen = "import sys, zuji.cli; print(sorted({'numba', 'scipy', 'bw2calc', 'distributed', 'zuji.engine.sparse.compiled'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
