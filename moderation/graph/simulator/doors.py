"""Two ways in: an adapter for a requests session, and an HTTP server on this machine."""

import io
import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from moderation.graph.simulator import control, dispatch
from moderation.graph.simulator.wire import Response
from moderation.graph.simulator.world import World

DRIPS = 20
IDLE_SECONDS = 60


class SimulatorAdapter(BaseAdapter):
    """`session.mount("https://graph.facebook.com", SimulatorAdapter(world))`. It opens no connection."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        parts = urlsplit(request.url or "")
        headers = {name.lower(): str(value) for name, value in request.headers.items()}
        headers |= {"host": parts.netloc, "x-forwarded-proto": parts.scheme}
        body = request.body or b""
        form = _form(body.encode() if isinstance(body, str) else body, headers)
        method = request.method or "GET"
        answer = dispatch.answer(self.world, method, parts.path, _pairs(parts.query), form, headers)
        if answer.manner == "cut":
            raise requests.ConnectionError("Remote end closed connection without response", request=request)
        return HTTPAdapter().build_response(request, self._received(answer))

    def close(self) -> None:
        pass

    def _received(self, answer: Response) -> HTTPResponse:
        body: io.BytesIO = io.BytesIO(answer.body)
        headers = {**answer.headers, "Content-Length": str(len(answer.body))}
        if answer.manner == "cut_body":
            body = io.BytesIO(answer.body[: len(answer.body) // 2])
        elif answer.manner == "slow":
            body = _Dripping(answer, self.world)
        return HTTPResponse(body, headers, answer.status, preload_content=False, enforce_content_length=True)


class _Dripping(io.BytesIO):
    def __init__(self, answer: Response, world: World) -> None:
        super().__init__(answer.body)
        self._answer, self._world = answer, world

    def read(self, size: int | None = -1) -> bytes:
        self._world.sleep(self._answer.pause)
        portion = max(len(self._answer.body) // DRIPS, 1)
        return super().read(portion if size is None or size < 0 else min(size, portion))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        super().__init__(("127.0.0.1", port), _Handler)
        world.address = self.url

    @property
    def port(self) -> int:
        return self.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def server_bind(self) -> None:
        # HTTPServer would look up the machine's name, which can take seconds where no name server answers.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def close(self) -> None:
        self.shutdown()
        self.server_close()


def serve(world: World, port: int = 0) -> Server:
    """A running server on 127.0.0.1; port 0 takes any free one. OSError when the port is taken."""
    server = Server(world, port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="simulator", daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    # Otherwise the second packet of each answer would wait for the acknowledgement of the first, 40 ms.
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        if parts.path.startswith(control.FOLDER):
            return self._control(parts.path, headers, body)
        headers["x-forwarded-proto"] = "http"
        form = _form(body, headers)
        world = self.server.world
        self._send(dispatch.answer(world, self.command, parts.path, _pairs(parts.query), form, headers))

    def _control(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Only JSON by POST: a foreign web page in somebody's browser cannot send that here."""
        if self.command != "POST" or not headers.get("content-type", "").startswith("application/json"):
            status, content = 405, {"error": "Skicka JSON med POST."}
        else:
            try:
                status, content = control.answer(self.server.world, path, json.loads(body or b"{}"))
            except ValueError as error:
                status, content = 400, {"error": f"JSON: {error}"}
        self._send(Response(status, {"Content-Type": "application/json"}, json.dumps(content).encode()))

    def _send(self, answer: Response) -> None:
        if answer.manner == "cut":
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        try:
            self._send_body(answer)
        except ConnectionError:
            # The client has hung up, which slow answers are there to provoke.
            self.close_connection = True

    def _send_body(self, answer: Response) -> None:
        if answer.manner == "cut_body":
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.close_connection = True
        elif answer.manner == "slow":
            portion = max(len(answer.body) // DRIPS, 1)
            for start in range(0, len(answer.body), portion):
                self.wfile.write(answer.body[start : start + portion])
                self.wfile.flush()
                self.server.world.sleep(answer.pause)
        else:
            self.wfile.write(answer.body)
        self.wfile.flush()


def _pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


def _form(body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    """A form, or a JSON object as Facebook also takes it."""
    if headers.get("content-type", "").startswith("application/json"):
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            return {}
        if not isinstance(given, dict):
            return {}
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    return _pairs(body.decode("utf-8", "replace"))
