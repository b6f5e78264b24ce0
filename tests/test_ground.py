"""What every test stands on holds: no way out of this machine, and a worker that is a real one."""

import socket

import pytest

from sociala_medier.celery import app
from tests.conftest import NetworkClosed


def test_no_other_machine_can_be_reached() -> None:
    with pytest.raises(NetworkClosed):
        socket.create_connection(("192.0.2.1", 443), timeout=1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram, pytest.raises(NetworkClosed):
        datagram.sendto(b"?", ("192.0.2.1", 53))


def test_no_name_can_be_looked_up() -> None:
    with pytest.raises(NetworkClosed):
        socket.getaddrinfo("graph.facebook.com", 443)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


@pytest.mark.worker
def test_the_worker_is_a_process_of_its_own_that_answers(worker) -> None:
    assert app.control.ping(timeout=5)
