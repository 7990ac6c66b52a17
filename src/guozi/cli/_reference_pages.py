"""The pages of ``docs/reference``, each made from the data or code that it describes."""

from __future__ import annotations

import argparse
import importlib
import os
from typing import TYPE_CHECKING, cast

from guozi.cli import _reference_rules as rules
from guozi.cli._frame import COMMANDS, CommandModule
from guozi.cli._reference_tables import both, code, page, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.config.addresses import Address


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guozi.config.settings")
    import django  # noqa: PLC0415 - the command line starts without Django

    django.setup()
    made = {
        "permissions.md": _permissions(),
        "settings.md": _settings(),
        "commands.md": _commands(),
        "log-codes.md": _log_codes(),
        "statement-items.md": rules.statement_items(),
        "indicators.md": rules.indicators(),
        "checks.md": rules.checks(),
        "import-faults.md": rules.import_faults(),
    }
    return {"README.md": _contents(made)} | made


def _contents(made: dict[str, str]) -> str:
    titles = {name: text.split("\n", 1)[0].removeprefix("# ") for name, text in made.items()}
    rows = [(f"[{title}]({name})", code(name)) for name, title in sorted(titles.items())]
    return page(
        "Reference 参考手册",
        "These pages are written by `guozi reference` from the rulebooks, the permission matrix and "
        "the code; a test compares them. Do not edit them. What a computation means stands in "
        "[methods](../methods/).",
        table(["page", "file"], rows),
    )


def _permissions() -> str:
    from guozi.access.matrix import Act, Subject, read_matrix  # noqa: PLC0415 - with Django
    from guozi.access.roles import Role  # noqa: PLC0415
    from guozi.config.addresses import addresses  # noqa: PLC0415

    roles = [
        (code(role.value), *both(role.label), "；".join(kind.label.zh for kind in role.scopes))
        for role in Role
    ]
    acts = [(code(act.value), *both(act.label)) for act in Act]
    matrix = [
        (
            subject.label.zh,
            subject.label.en,
            *(
                "".join(act.value for act in Act if act in row.rights.get(role, ()))
                for role in Role
            ),
        )
        for subject, row in ((subject, read_matrix()[subject]) for subject in Subject)
    ]
    return page(
        "Permissions 权限",
        "Every address with the act (操作) on a subject (对象) that its view asks for, and the roles "
        "(角色) that hold it. An object out of the viewer's scope answers 404, one in scope without "
        "the right 403. A view that asks for nothing answers 404 to everybody.",
        "## Roles 角色\n\n" + table(["code", "角色", "role", "范围"], roles),
        "## Acts 操作\n\n" + table(["letter", "操作", "act"], acts),
        "## Matrix 权限矩阵\n\n"
        + table(["对象", "subject", *(role.value for role in Role)], matrix),
        "## Addresses 地址\n\n"
        + table(
            ["address", "name", "操作", "对象", "act, subject", "roles"],
            (_address(one) for one in addresses()),
        ),
    )


def _address(one: Address) -> tuple[str, ...]:
    from guozi.access.matrix import roles_allowed  # noqa: PLC0415 - with Django
    from guozi.access.roles import Role  # noqa: PLC0415

    asked = one.permit
    if asked is None:
        return (code(one.pattern), code(one.name), "—", "—", "closed to everybody", "")
    if asked.act is None or asked.subject is None:
        signed = asked.reason == "signed in"
        who = "every account 所有账号" if signed else "everybody 所有人"
        return (code(one.pattern), code(one.name), "—", "—", asked.reason, who)
    allowed = roles_allowed(asked.act, asked.subject)
    return (
        code(one.pattern),
        code(one.name),
        asked.act.label.zh,
        asked.subject.label.zh,
        f"{asked.act.label.en}, {asked.subject.label.en}",
        " ".join(role.value for role in Role if role in allowed),
    )


def _settings() -> str:
    from guozi.config import env  # noqa: PLC0415 - beside the other pages

    rows = [
        (
            code(one.name),
            *both(one.meaning),
            code(one.default or "") or "—",
            "是 yes" if one.secret else "",
        )
        for one in env.VARIABLES
    ]
    return page(
        "Settings 环境变量",
        "Every environment variable the product reads. Development needs none.",
        table(["variable", "含义", "meaning", "default", "secret"], rows),
    )


def _commands() -> str:
    parts = []
    for name, command in COMMANDS.items():
        module = cast("CommandModule", importlib.import_module(f"guozi.cli.{command.module}"))
        parser = argparse.ArgumentParser(add_help=False)
        module.configure(parser)
        text = f"## `guozi {name}`\n\n{command.help.zh}。 {command.help.en}."
        rows = list(_arguments(parser))
        if rows:
            text += "\n\n" + table(["argument", "values", "meaning"], rows)
        parts.append(text)
    return page(
        "Commands 命令",
        "Every command takes `--lang zh|en`. Exit codes: 0 done, 1 refused because of blocking "
        "findings, 2 wrong use, 3 no solution exists, 4 a defect with its reference number.",
        *parts,
    )


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, str]]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public list
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        values = " ".join(map(str, action.choices)) if action.choices else ""
        yield code(names), code(values), (action.help or "").replace("%%", "%")


def _log_codes() -> str:
    from guozi.audit.labels import ACTIONS, SUBJECTS  # noqa: PLC0415 - beside the other pages

    return page(
        "Log codes 日志代码",
        "The codes that leaves of the audit log (审计日志) carry; a code once written keeps its "
        "meaning.",
        "## Actions 操作\n\n"
        + table(["code", "操作", "action"], ((code(c), *both(w)) for c, w in ACTIONS.items())),
        "## Subjects 对象\n\n"
        + table(["code", "对象", "subject"], ((code(c), *both(w)) for c, w in SUBJECTS.items())),
    )
