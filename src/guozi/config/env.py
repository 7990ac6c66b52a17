"""Every environment variable the product reads: name, meaning, type and default in one place.

Development works with none set. In production (``GUOZI_PROFILE=production``) a missing secret
stops the start with a sentence that says which.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from guozi_core.findings import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable; ``default`` of ``None`` means that the product works something out itself."""

    name: str
    meaning: Wording
    default: str | None = None
    secret: bool = False


class MissingSecretError(RuntimeError):
    """Production lacks a secret."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} must be set in production (生产环境必须设置 {name})")


VARIABLES = (
    Variable(
        name="GUOZI_PROFILE",
        meaning=Wording("运行方式：demo（默认）或 production", "demo (default) or production"),
        default="demo",
    ),
    Variable(
        name="GUOZI_SECRET_KEY",
        meaning=Wording("签名密钥；生产环境必须设置", "signing key; required in production"),
        secret=True,
    ),
    Variable(
        name="DATABASE_URL",
        meaning=Wording(
            "应用角色连接的 PostgreSQL（15 及以上）地址；不设置则使用内置数据库",
            "PostgreSQL (15 or newer) for the app role; without it the embedded one is started",
        ),
        secret=True,
    ),
    Variable(
        name="DATABASE_OWNER_URL",
        meaning=Wording(
            "所有者角色的同一数据库地址，仅用于升级结构",
            "the same database for the owner role, used only to migrate",
        ),
        secret=True,
    ),
    Variable(
        name="GUOZI_STATE",
        meaning=Wording(
            "内置数据库、密钥和原始文件的文件夹",
            "folder of the embedded database, keys and originals",
        ),
    ),
    Variable(
        name="GUOZI_HOSTS",
        meaning=Wording("允许的主机名，逗号分隔", "host names served, separated by commas"),
        default="localhost,127.0.0.1,[::1]",
    ),
    Variable(
        name="FONT_DIRS",
        meaning=Wording("公文授权字体文件夹", "folders of licensed fonts for official documents"),
        default="",
    ),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def read(name: str) -> str | None:
    """Return the value of a declared variable, its default where it is not set."""
    return os.environ.get(name) or _BY_NAME[name].default


def profile() -> Literal["demo", "production"]:
    """Return how the product runs."""
    return "production" if read("GUOZI_PROFILE") == "production" else "demo"


def secret(name: str, *, development: str) -> str:
    """Return a secret; ``development`` stands in outside production.

    Raises
    ------
    MissingSecretError
        In production, if it is not set.
    """
    value = read(name)
    if value is not None:
        return value
    if profile() == "production":
        raise MissingSecretError(name)
    return development
