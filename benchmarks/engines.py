"""The same measurement on each database, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

from django.db import connection

from tests import services

ENGINES = ("sqlite", "postgresql")


def each(wanted: Sequence[str], durable: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """The engine, and the environment in which a process finds it, empty. SQLite's file each process makes itself."""
    for engine in wanted:
        address = {"BENCHMARK_DATABASE_URL": services.start_postgresql(durable)} if engine == "postgresql" else {}
        yield engine, {**os.environ, **address}


def again(module: str, arguments: Sequence[str], environment: dict[str, str]) -> str:
    """What the module printed, run once more as a process. It must not be started anew by itself."""
    command = [sys.executable, "-m", module, "--here", *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def backend_seconds() -> float:
    """CPU that the database's own process has used for our connection; none where it works within ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
