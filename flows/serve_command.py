"""The command ``huizong serve``."""

from rich.console import Console

from flows.serve import serve
from flows.serve_settings import Address
from flows.settings import load_settings


def run_serve(host: str, port: int) -> int:
    """Serves until it is told to stop; 1 when a process of it has ended by itself."""
    return serve(load_settings(), Address(host, port), Console(stderr=True, soft_wrap=True))
