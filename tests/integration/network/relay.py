"""A way to a server that counts what the server sends, can be cut, and can be closed."""

import contextlib
import socket
import threading
from collections.abc import Callable


class Relay:
    """Listens on ``port`` and passes everything on; ``served`` are the bytes that came back."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.served = 0
        self._cut_at: int | None = None
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def cut_after(self, count: int) -> None:
        """Drop the connection that carries the byte after so many from now, once."""
        with self._lock:
            self._cut_at = self.served + count

    @property
    def was_cut(self) -> bool:
        return self._cut_at is None

    def close(self) -> None:
        """Nobody answers any more."""
        _shut(self._listener)
        self._listener.close()
        self._threads[0].join()
        for each in self._sockets:
            _shut(each)
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        self._threads.append(threading.Thread(target=target, args=arguments, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._server_port))
            self._sockets += [client, server]
            self._start(self._ask, client, server)
            self._start(self._answer, server, client)

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
        _shut(client)
        _shut(server)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (data := server.recv(65536)) and not self._is_cut(len(data)):
                client.sendall(data)
        _shut(client)
        _shut(server)

    def _is_cut(self, count: int) -> bool:
        with self._lock:
            self.served += count
            if self._cut_at is None or self.served <= self._cut_at:
                return False
            self._cut_at = None
            return True


def _shut(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
