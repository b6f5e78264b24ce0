"""Ports on this machine: which is free, who listens, who is well."""

import http.client
import socket
from urllib.parse import urlsplit

MANY = 200


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def next_free(first: int) -> int:
    for port in range(first, first + MANY):
        if is_free(port):
            return port
    raise SystemExit(f"Ingen ledig port mellan {first} och {first + MANY - 1}.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_well(address: str, path: str) -> bool:
    """Without any proxy, which urllib would take from the environment."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
