"""A way to a server that counts what the server sends, can be cut, and can be closed."""

import contextlib
import socket
import threading


class Relay:
    """Listens on ``port`` and passes everything on; ``served`` are the bytes that came back."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.served = 0
        self._cut_at: int | None = None
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int) -> None:
        """Drop the connection that carries the byte after so many from now, once."""
        with self._lock:
            self._cut_at = self.served + count

    @property
    def was_cut(self) -> bool:
        return self._cut_at is None

    def close(self) -> None:
        """Nobody answers any more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._server_port))
            for source, target, is_back in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pass_on, args=(source, target, is_back), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_back: bool) -> None:
        try:
            with contextlib.suppress(OSError):
                while data := source.recv(65536):
                    if is_back and self._is_cut(len(data)):
                        break
                    target.sendall(data)
        finally:
            for each in (source, target):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            if is_back:
                source.close()
                target.close()

    def _is_cut(self, count: int) -> bool:
        with self._lock:
            self.served += count
            if self._cut_at is None or self.served <= self._cut_at:
                return False
            self._cut_at = None
            return True
