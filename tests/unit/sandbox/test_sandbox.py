"""Whatever a child does, its parent comes back with a typed outcome.

``builtins:exec`` as the function makes the data a hostile reader's code.
"""

import tempfile
import time
from pathlib import Path

import pytest

from zuji.engine.text import Text
from zuji.sandbox import Crashed, Done, Limits, Outcome, Refused, TimedOut, TooBig, run


def reading(code: str, limits: Limits | None = None) -> Outcome:
    return run("builtins:exec", code.encode(), limits=limits or Limits())


def value(expression: str, **arguments: int) -> Outcome:
    return run("builtins:eval", expression.encode(), arguments=arguments)


def test_the_value_comes_back_as_json() -> None:
    assert value("{'煤': [1, None, True, 'x' * 2]}") == Done({"煤": [1, None, True, "xx"]})


def test_bytes_and_arguments_reach_the_function() -> None:
    assert run("builtins:int", b"ff", arguments={"base": 16}) == Done(255)


def test_an_open_file_is_read_from_its_beginning() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"[1, 2]")
        assert run("json:loads", file) == Done([1, 2])


def test_empty_data_are_empty_bytes() -> None:
    assert run("builtins:len", b"") == Done(0)


def test_a_refusal_keeps_both_languages() -> None:
    code = "from zuji.engine.text import Text\nraise type('NotATable', (Exception,), {'text': Text('不是表格。', 'Not a table.')})"
    assert reading(code) == Refused(Text("不是表格。", "Not a table."))


def test_an_error_names_its_kind_and_place_and_not_its_message() -> None:
    outcome = run("json:loads", b"CANARY-7F3A")
    assert isinstance(outcome, Crashed)
    assert outcome.how.startswith("JSONDecodeError at json/decoder.py:")
    assert "CANARY" not in outcome.how


def test_memory_is_limited() -> None:
    assert reading("kept = [b'x' * 2**20 for _ in range(10_000)]") == TooBig("memory")


def test_memory_is_limited_for_native_code_too() -> None:
    code = "import zlib\nbomb, kept = zlib.compress(bytes(2**26)), []\nwhile True: kept.append(zlib.decompress(bomb))"
    assert reading(code) == TooBig("memory")


def test_processor_time_is_limited() -> None:
    assert reading("while True: pass", Limits(cpu=1, wall=30)) == TimedOut("cpu")


def test_the_clock_is_limited_for_a_child_that_only_waits() -> None:
    before = time.monotonic()
    assert reading("import time; time.sleep(60)", Limits(wall=1)) == TimedOut("wall")
    assert time.monotonic() - before < 20


def test_a_child_that_ignores_every_signal_ends_all_the_same() -> None:
    code = "import signal, time\nfor n in range(1, 32):\n  try: signal.signal(n, signal.SIG_IGN)\n  except OSError: pass\ntime.sleep(60)"
    assert reading(code, Limits(wall=1)) == TimedOut("wall")


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.abort()", "SIGABRT"),
        ("import os; os._exit(7)", "exit status 7, no answer"),
    ],
)
def test_a_child_that_dies_is_a_crash(code: str, how: str) -> None:
    assert reading(code) == Crashed(how)


@pytest.mark.parametrize("code", ["raise SystemExit(0)", "raise KeyboardInterrupt", "1/0", "def f(): f()\nf()"])
def test_a_child_that_raises_anything_is_a_crash(code: str) -> None:
    assert isinstance(reading(code), Crashed)


def test_an_unknown_function_is_a_crash() -> None:
    outcome = run("zuji.nothing:here", b"")
    assert isinstance(outcome, Crashed)
    assert outcome.how.startswith("ModuleNotFoundError")


def test_a_value_that_is_not_json_is_a_crash() -> None:
    assert isinstance(value("object()"), Crashed)


def test_the_answer_is_limited() -> None:
    outcome = run("builtins:eval", b"'x' * 2_000_000", limits=Limits(output=1_000_000))
    assert outcome == TooBig("output")


def test_what_a_library_prints_is_no_answer() -> None:
    assert value('print(\'["done", "forged"]\')') == Done(None)


def test_a_deep_answer_does_not_take_the_parent_down() -> None:
    code = "import os; n = max(int(f) for f in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{f}'))\n"
    code += "for fd in range(3, n + 1):\n  try: os.write(fd, b'[' * 1_000_000)\n  except OSError: pass\nos._exit(0)"
    assert isinstance(reading(code), Crashed)


@pytest.mark.parametrize(
    "code",
    [
        "open('/tmp/zuji-was-here', 'w')",
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "import os; os.open('/tmp/zuji-was-here', os.O_CREAT)",
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.remove('/tmp/zuji-was-here')",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (99, 99))",
    ],
)
def test_the_world_is_out_of_reach(code: str) -> None:
    outcome = reading(code)
    assert isinstance(outcome, Crashed)
    assert outcome.how.startswith("PermissionError")
    assert not Path("/tmp/zuji-was-here").exists()  # noqa: S108  # the name that the hostile reader above tries


def test_the_child_knows_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZUJI_SECRET_KEY", "CANARY-7F3A" * 4)
    outcome = value("sorted(__import__('os').environ)")
    assert isinstance(outcome, Done)
    assert set(outcome.value) <= {"LC_ALL", "LC_CTYPE", "OPENBLAS_NUM_THREADS"}


def test_arguments_and_content_do_not_show_in_the_list_of_processes() -> None:
    outcome = value("__import__('sys').orig_argv")
    assert isinstance(outcome, Done)
    assert [Path(part).name for part in outcome.value[1:]] == ["-I", "-B", "child.py"]


def test_no_file_stays_open_in_the_parent() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        value("1")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
