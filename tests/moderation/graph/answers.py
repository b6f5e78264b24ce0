"""Two stand-ins for Facebook: answers put straight into the session, and a server that may misbehave on the line."""

import io
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from moderation.graph.client import GraphClient

TOKEN = "EAABsbCS1iHgBOzExampleTokenThatNobodyMaySee"
SECRET = "app-secret-that-nobody-may-see"


class Answers(HTTPAdapter):
    """Answers each request with what `answer(request)` returns: (status, headers, body)."""

    def __init__(self, answer: Callable[[requests.PreparedRequest], tuple[int, Mapping[str, str], bytes]]) -> None:
        super().__init__()
        self.answer = answer
        self.requests: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self.requests.append(request)
        assert len(self.requests) < 100, "the client asks for ever"
        status, headers, body = self.answer(request)
        raw = urllib3.HTTPResponse(io.BytesIO(body), status=status, headers=dict(headers), preload_content=False)
        return self.build_response(request, raw)

    @property
    def queries(self) -> list[dict[str, str]]:
        return [query(request) for request in self.requests]


def query(request: requests.PreparedRequest) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def in_turn(*bodies: Any) -> Answers:
    """Each body once, in this order; a tuple (status, body) says the status too."""
    waiting = iter(bodies)

    def answer(_: requests.PreparedRequest) -> tuple[int, Mapping[str, str], bytes]:
        body = next(waiting)
        status, body = body if isinstance(body, tuple) else (200, body)
        return status, {}, body if isinstance(body, bytes) else json.dumps(body).encode()

    return Answers(answer)


def always(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answers:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answers(lambda _: (status, headers or {}, content))


def client(answers: Answers, **wishes: Any) -> GraphClient:
    session = requests.Session()
    session.mount("https://", answers)
    session.mount("http://", answers)
    settings: dict[str, Any] = {
        "base_url": "https://graph.facebook.com",
        "version": "v26.0",
        "token": TOKEN,
        "session": session,
        "sleep": lambda seconds: None,
    }
    return GraphClient(**settings | wishes)


@contextmanager
def serve(handle: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server on this machine; `handle` writes what it likes to the line. Gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            handle(self)

        def do_POST(self) -> None:
            handle(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
