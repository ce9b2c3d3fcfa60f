"""The platform from outside: first start and warm start to the first page, in a data folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from zuji.bench.figures import Figure
from zuji.bench.studies import EXAMPLE

PATIENCE = 120  # seconds after which a start counts as failed
ZUJI = Path(sys.executable).with_name("zuji")


def platform_figures() -> Iterator[Figure]:
    """What ``./x run`` does once the dependencies are there: demo and serve, cold and warm."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ZUJI_DATA": folder, "ZUJI_LOG_LEVEL": "WARNING"}
        environment.pop("DATABASE_URL", None)
        yield Figure("command line, one example study", _command(environment, "calculate", "-", study=EXAMPLE.read_bytes()), 1)
        yield Figure("first start: demonstration loaded, to the first page", _start(environment), 1, aim=60)
        yield Figure("warm start to the first page", _start(environment), 1, aim=15)


def _command(environment: dict[str, str], *arguments: str, study: bytes = b"") -> float:
    start = time.perf_counter()
    subprocess.run([ZUJI, *arguments], input=study, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _start(environment: dict[str, str]) -> float:
    """Seconds from nothing running to the first page."""
    start = time.perf_counter()
    _command(environment, "demo")
    port = _free_port()
    server = subprocess.Popen([ZUJI, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        _first_page(port, start + PATIENCE)
        return time.perf_counter() - start
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_page(port: int, until: float) -> None:
    while time.perf_counter() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise TimeoutError(f"no page on port {port} within {PATIENCE} s")
