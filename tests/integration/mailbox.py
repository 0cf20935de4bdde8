"""A real HTTP server that receives what apprise sends to ``json://``, one path a recipient."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mailbox:
    """What came, by path; paths that are ``broken`` answer 503."""

    port: int
    received: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def address(self, name: str) -> str:
        return f"json://127.0.0.1:{self.port}/{name}"

    def of(self, name: str) -> list[str]:
        """The texts that came for a recipient, with their titles."""
        return [f"{each['title']}\n{each['message']}" for path, each in self.received if path.strip("/") == name]


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """A server on a free port, until the end of the block."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            is_broken = self.path.strip("/") in mailbox.broken
            if not is_broken:
                mailbox.received.append((self.path, said))
            self.send_response(503 if is_broken else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is that of http.server
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        mailbox = Mailbox(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
