"""A child that yields: every line is on the disk at once, and whatever ends it leaves whole lines only."""

from pathlib import Path

import pytest

from zuji.sandbox import Crashed, Done, Limits, Refused, TimedOut, TooBig, stream

LIMITS = Limits(memory=512 << 20, cpu=5, wall=20, output=1 << 20)


def yielding(body: str, into: Path, limits: Limits = LIMITS) -> object:
    """Run a generator whose body is given; ``eval`` in the child turns the text into it."""
    return stream("builtins:eval", body.encode(), into, limits=limits)


def test_each_value_is_a_line_and_the_outcome_is_apart(tmp_path: Path) -> None:
    into = tmp_path / "lines"
    assert yielding("({'n': n, 'zh': '煤'} for n in range(3))", into) == Done(None)
    assert into.read_text(encoding="utf-8").splitlines() == [f'{{"n":{n},"zh":"煤"}}' for n in range(3)]


def test_lines_are_appended(tmp_path: Path) -> None:
    into = tmp_path / "lines"
    yielding("(n for n in range(2))", into)
    yielding("(n for n in range(2, 4))", into)
    assert into.read_text() == "0\n1\n2\n3\n"


def test_what_came_before_a_crash_stays(tmp_path: Path) -> None:
    into = tmp_path / "lines"
    outcome = yielding("(n if n < 3 else __import__('ctypes').string_at(0) for n in range(9))", into)
    assert outcome == Crashed("SIGSEGV")
    assert into.read_text() == "0\n1\n2\n"


def test_memory_time_and_output_are_limited(tmp_path: Path) -> None:
    assert yielding("(bytearray(2**34) for n in range(1))", tmp_path / "a") == TooBig("memory")
    assert yielding("(sum(iter(int, 1)) for n in range(1))", tmp_path / "b", Limits(cpu=1, wall=20, output=1 << 20)) == TimedOut("cpu")
    assert yielding("('x' * 4000 for n in range(9999))", tmp_path / "c") == TooBig("output")
    content = (tmp_path / "c").read_bytes()
    assert content.endswith(b'"\n')
    assert len(content) <= 1 << 20


def test_a_refusal_passes_with_its_words(tmp_path: Path) -> None:
    outcome = stream(
        "zuji.formats.databases:read_package",
        b"PK\x03\x04broken",
        tmp_path / "d",
        arguments={"form": "ilcd", "name": "x.zip"},
        limits=LIMITS,
    )
    assert isinstance(outcome, Refused)


def test_what_progress_raises_ends_the_child(tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stream("builtins:eval", b"(__import__('time').sleep(60) for n in range(1))", tmp_path / "e", limits=LIMITS, progress=stop)
