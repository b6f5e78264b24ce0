"""The same measurement on each database, in a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from django.db import connection

from tests import services

ENGINES = ("sqlite", "postgresql")


def each(wanted: Sequence[str], durable: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """The engine, and the environment in which a process finds it, empty at first."""
    for engine in wanted:
        address = services.start_postgresql(durable) if engine == "postgresql" else _file()
        yield engine, {**os.environ, "BENCHMARK_DATABASE_URL": address}


def _file() -> str:
    return f"sqlite:///{services.temporary_directory('sqlite') / 'benchmarks.sqlite3'}"


def again(module: str, arguments: Sequence[str], environment: dict[str, str]) -> str:
    """What the module printed, run once more as a process. It must not be started anew by itself."""
    command = [sys.executable, "-m", module, "--here", *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def seconds() -> float:
    """CPU that this process has used, and what PostgreSQL's own process has used for its connection."""
    return time.process_time() + backend_seconds()


def backend_seconds() -> float:
    """CPU that the database's own process has used for our connection; none where it works within ours."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    with open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as file:
        return int(file.read().split()[0]) / 1e9
