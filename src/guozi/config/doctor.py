"""Self-tests of the installed product: start-up conditions and invariants of the stored data.

Every test is a function that yields what is wrong; nothing yielded means that it holds. A new invariant is
a function under :func:`examines`, nothing else.
"""

from __future__ import annotations

import operator
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guozi.access.context import acting_as, the_product
from guozi.audit import keys, selectors, verify_log
from guozi.config import database
from guozi.filings.books import content_hash
from guozi.filings.models import Figure, Version
from guozi_core.findings import Wording

_Test = Callable[[], Iterator[Wording]]
#: Free space below which the platform is called unsafe to file on; the bound itself suffices.
ENOUGH_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one self-test found; without faults it passed."""

    code: str
    title: Wording
    faults: tuple[Wording, ...]


TESTS: dict[str, tuple[Wording, _Test]] = {}


def examines(code: str, zh: str, en: str) -> Callable[[_Test], _Test]:
    """Enter a function as a self-test."""

    def enter(test: _Test) -> _Test:
        TESTS[code] = (Wording(zh, en), test)
        return test

    return enter


def examine() -> tuple[Verdict, ...]:
    """Run every self-test as the product itself, each in a transaction of its own."""
    verdicts = []
    for code, (title, test) in TESTS.items():
        with acting_as(the_product("guozi doctor")):
            verdicts.append(Verdict(code=code, title=title, faults=tuple(test())))
    return tuple(verdicts)


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@examines("role", "应用角色不越权", "the serving role is an ordinary one")
def _role() -> Iterator[Wording]:
    try:
        database.refuse_unsafe_role()
    except database.UnsafeRoleError as error:
        yield Wording(str(error), str(error))


@examines("walls", "含企业的表均启用并强制行级安全", "row security on every enterprise table")
def _walls() -> Iterator[Wording]:
    for (name,) in _rows(
        "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND attname = 'enterprise_id' AND NOT (relrowsecurity AND relforcerowsecurity"
        " AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)) ORDER BY 1"
    ):
        yield Wording(f"表 {name} 没有行级安全", f"table {name} has no row security")


@examines("durability", "数据库落盘设置", "the database writes through to disk")
def _durability() -> Iterator[Wording]:
    for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        ((value,),) = _rows(f"SHOW {name}")
        if value == "off":
            yield Wording(f"{name} 已关闭", f"{name} is off")


@examines("migrations", "数据库结构为最新", "every migration is applied")
def _migrations() -> Iterator[Wording]:
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Wording(f"未应用：{migration}", f"not applied: {migration}")


@examines("log", "日志逐条重算与根一致", "the log recomputes to its head and checkpoints")
def _log() -> Iterator[Wording]:
    size, computed, stored = selectors.recomputed_root()
    if computed != stored:
        yield Wording(f"{size} 条日志的根不一致", f"the root of {size} leaves differs")
    _, faults = verify_log.verify_export(
        selectors.export_lines(), public_key=keys.public_key(), origin=settings.AUDIT_ORIGIN
    )
    for fault in faults:
        yield Wording(fault.zh, fault.en)


@examines("content", "封存数据与摘要一致", "sealed figures match the hash of their version")
def _content() -> Iterator[Wording]:
    rows = Figure.objects.order_by("version_id").values_list(
        "version_id", "item", "moment", "amount"
    )
    versions = {version.pk: version for version in Version.objects.select_related("enterprise")}
    for pk, group in groupby(rows.iterator(chunk_size=10_000), key=operator.itemgetter(0)):
        version = versions.pop(pk)
        digest = content_hash(
            {(item, moment): amount for _, item, moment, amount in group},
            enterprise=version.enterprise.uscc,
            form=version.form,
            period=version.period,
            scope=version.scope,
        )
        if digest != version.content_sha256:
            yield Wording(f"版本 {pk} 的数据已变", f"the figures of version {pk} have changed")
    for pk in versions:
        yield Wording(f"版本 {pk} 没有数据", f"version {pk} has no figures")


@examines("leaves", "每个版本都有日志", "every version has a leaf")
def _leaves() -> Iterator[Wording]:
    for (pk,) in _rows(
        "SELECT id FROM filings_version WHERE NOT EXISTS (SELECT 1 FROM audit_leaf WHERE"
        " subject_type = 'filings.Version' AND subject_id = filings_version.id::text)"
    ):
        yield Wording(f"版本 {pk} 没有日志", f"version {pk} has no leaf")


@examines("state", "状态文件夹权限与剩余空间", "state folder rights and free space")
def _state() -> Iterator[Wording]:
    folder = Path(settings.STATE_FOLDER)
    key = folder / "checkpoint-key.pem"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Wording(f"{key} 可被他人读取", f"others may read {key}")
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_BYTES:
        yield Wording(f"剩余空间仅 {free} 字节", f"only {free} bytes are free")
