"""``guozi serve``: the web server, with one worker beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

from guozi.cli import _platform
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse
    from types import FrameType

DEFAULT_PORT = 8000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="8000")
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1")
    parser.add_argument(
        "--without-worker",
        action="store_true",
        help=Wording("不启动后台任务进程", "start no job worker").in_language("zh"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    _platform.start(migrate=True)
    return run_server(arguments.port, host=arguments.host, with_worker=not arguments.without_worker)


def run_server(port: int, *, host: str = "127.0.0.1", with_worker: bool = True) -> int:
    """Serve pages on a port, with a worker process that ends with the server."""
    if _is_taken(host, port):
        taken = Wording(
            f"端口 {port} 已被占用：系统可能已在运行，或请用 --port 换一个端口。",
            f"port {port} is taken: the system may be running already; choose another with --port",
        )
        print(f"{taken.zh} / {taken.en}", file=sys.stderr)
        return 2
    _platform.refuse_unsafe_role()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "guozi.config.settings"}
    # Whoever stops the command, from the keyboard or as a service, stops all of it.
    signal.signal(signal.SIGTERM, _interrupt)
    children = []
    try:
        if with_worker:
            words = [sys.executable, "-m", "guozi.cli", "worker"]
            children.append(subprocess.Popen(words, env=environment))  # noqa: S603 - ourselves
        server = subprocess.Popen(  # noqa: S603 - the server of the locked requirements
            _server_words(host, port), env=environment
        )
        children.append(server)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=20)


def _server_words(host: str, port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        "1",
        "--log-level",
        "warning",
        "--no-ws",
        "guozi.config.asgi:application",
    ]


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _is_taken(host: str, port: int) -> bool:
    """Return whether something answers on the port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
