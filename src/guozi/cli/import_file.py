"""``guozi import FILE … --as FORM``: the same import as the page, findings as JSON.

Each file is opened, read, checked and, unless something blocks, taken into the private draft of its
enterprise; the original is kept either way. Whose it is and for which period stands on the cover of a
template; ``--enterprise``, ``--period`` and ``--scope`` say it for printed statements, and are compared
with the cover where there is one. With ``--submit`` a draft without open questions is sealed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from guozi import excel
from guozi.cli import _check_book, _platform, statement_tables, tables
from guozi.cli._frame import wrong_use
from guozi_core import sheets
from guozi_core.findings import Finding, Locator, Severity, Wording, blocking
from guozi_core.statements import Scope

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from guozi.access.viewer import Viewer
    from guozi.filings.services import FilingRefusedError
    from guozi.registry.models import Enterprise
    from guozi_core.findings import Language
    from guozi_core.units import Period

_WHO: Final = "命令行导入"


class _Target(NamedTuple):
    """Whose draft a file goes into."""

    enterprise: Enterprise
    period: Period
    scope: Scope


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="Excel 文件 / workbooks")
    parser.add_argument(
        "--as", dest="form", required=True, metavar="FORM", help="financial-flash | financial-final"
    )
    parser.add_argument("--enterprise", metavar="USCC", help="填报企业 / enterprise")
    parser.add_argument("--period", help="报告期 / period, 2026-01")
    parser.add_argument("--scope", help="合并 | 母公司 | 单户；口径 / accounts")
    parser.add_argument(
        "--free-form", action="store_true", help="不是模板，按项目名称识别 / printed statements"
    )
    parser.add_argument("--user", metavar="NAME", help="以该账号的权限导入 / act as this account")
    parser.add_argument("--submit", action="store_true", help="没有待办问题即报送 / seal it")
    parser.add_argument("--reason", default="", help="更正理由 / reason of a correction")
    tables.declare_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Take the files in one by one; exit code 1 where something blocks."""
    language: Language = arguments.lang
    tables.check_output(arguments)
    paths = [tables.existing_file(name, language) for name in arguments.files]
    _check_book.shipped_form(arguments.form, statement_tables.shipped_dictionary(), language)
    _platform.start()
    viewer = _viewer(arguments.user, language)
    at = datetime.now(UTC)
    rows: list[dict[str, object]] = []
    findings: list[Finding] = []
    for path in paths:
        row, found = _import(path, viewer, arguments, at)
        rows.append(row)
        findings.extend(found)
    for finding in blocking(findings):
        print(finding.sentence(language), file=sys.stderr)
    tables.finish(tables.Answer(rows=rows, findings=findings), arguments)
    return 1 if blocking(findings) else 0


def _viewer(username: str | None, language: Language) -> Viewer:
    """Return who imports: an account with its rights, or the product itself under its name."""
    from guozi.access import selectors  # noqa: PLC0415 - need Django
    from guozi.access.context import acting_as, the_product  # noqa: PLC0415
    from guozi.registry.selectors import today  # noqa: PLC0415

    product = the_product(_WHO)
    if username is None:
        return product
    with acting_as(product):
        user = selectors.active_user(username)
        if user is None:
            wrong_use(
                Wording(f"没有这个账号：{username}", f"no such account: {username}"), language
            )
        return selectors.viewer_of(user, on=today())


def _import(
    path: Path, viewer: Viewer, arguments: argparse.Namespace, at: datetime
) -> tuple[dict[str, object], list[Finding]]:
    """Take one file in; return its row of the answer and its findings."""
    from guozi.access.context import acting_as  # noqa: PLC0415 - need Django
    from guozi.filings import doubts, imports, selectors, services  # noqa: PLC0415

    row: dict[str, object] = {"file": path.name, "accepted": False}
    with acting_as(viewer):
        target, findings = _target(path, viewer, arguments)
        if target is None:
            return row, findings
        row |= {
            "enterprise": target.enterprise.uscc,
            "period": target.period.code,
            "scope": target.scope.value,
        }
        try:
            draft = services.open_draft(
                target.enterprise, form=arguments.form, period=target.period, scope=target.scope,
                viewer=viewer, at=at,
            )  # fmt: skip
        except services.FilingRefusedError as refusal:
            return row, [_refused(path, refusal)]
        with path.open("rb") as stream:
            content, whole = imports.receive(stream)
        upload = imports.take_in(
            draft, name=path.name, content=content, whole=whole,
            free_form=arguments.free_form, viewer=viewer, at=at,
        )  # fmt: skip
        row |= {
            "accepted": upload.accepted,
            "figures": upload.figure_count,
            "sha256": upload.sha256,
            "upload": upload.pk,
            "draft": draft.pk,
        }
        findings = list(doubts.told(upload))
    if not (upload.accepted and arguments.submit):
        return row, findings
    try:
        with acting_as(viewer):
            current = selectors.get_draft(draft.pk)
            if current is not None:
                version = services.submit(
                    current, revision=current.revision, reason=arguments.reason,
                    viewer=viewer, at=at,
                )  # fmt: skip
                row |= {"version": version.number}
    except services.FilingRefusedError as refusal:
        findings.append(_refused(path, refusal))
    return row, findings


def _target(
    path: Path, viewer: Viewer, arguments: argparse.Namespace
) -> tuple[_Target | None, list[Finding]]:
    """Return whose draft a file goes into, or the findings that say why it is not known."""
    from guozi.access.matrix import Act, Subject  # noqa: PLC0415 - need Django
    from guozi.registry import selectors as registry  # noqa: PLC0415

    cover, findings = _cover(path, arguments)
    uscc = arguments.enterprise or (cover.uscc if cover else None)
    period = (
        statement_tables.period_of(arguments.period, arguments.lang)
        if arguments.period
        else (cover.period if cover else None)
    )
    scope = _scope(arguments) or (cover.scope if cover else None)
    lacking = [
        option for option, value in (("--enterprise", uscc), ("--period", period)) if value is None
    ]
    if lacking and not blocking(findings):
        findings.append(_unsaid(path, lacking))
    enterprise = registry.get_enterprise(uscc) if uscc else None
    reachable = enterprise is not None and viewer.may(Act.EDIT, Subject.DRAFT, enterprise.pk)
    if uscc and not reachable:
        findings.append(_unknown(path, uscc))
    if enterprise is None or period is None or blocking(findings):
        return None, findings
    return _Target(enterprise, period, scope or Scope.SINGLE), []


def _cover(
    path: Path, arguments: argparse.Namespace
) -> tuple[sheets.Reading | None, list[Finding]]:
    """Return what a template says of itself; its faults are only told where it cannot be placed."""
    if arguments.free_form or (arguments.enterprise and arguments.period and arguments.scope):
        return None, []
    opened = excel.open_workbook(path, path.name)
    if opened.workbook is None:
        return None, list(opened.findings)
    dictionary = statement_tables.shipped_dictionary()
    form = _check_book.shipped_form(arguments.form, dictionary, arguments.lang)
    reading = sheets.interpret(form, dictionary, opened.workbook)
    placed = (arguments.enterprise or reading.uscc) and (arguments.period or reading.period)
    return reading, [] if placed else list(reading.findings)


def _scope(arguments: argparse.Namespace) -> Scope | None:
    if arguments.scope is None:
        return None
    try:
        return Scope.parse(arguments.scope)
    except ValueError:
        wrong_use(
            Wording(f"没有这个口径：{arguments.scope}", f"no such accounts: {arguments.scope}"),
            arguments.lang,
        )


def _unsaid(path: Path, options: Sequence[str]) -> Finding:
    names = "、".join(options)
    return Finding(
        code="IMP-FIL-100",
        severity=Severity.BLOCK,
        message=Wording(
            "文件没有写明是哪个企业、哪个期间的", "the file does not say whose it is and for when"
        ),
        locator=Locator(file=path.name),
        fix=Wording(f"用 {names} 指定", f"say it with {', '.join(options)}"),
    )


def _unknown(path: Path, uscc: str) -> Finding:
    # The same words where the enterprise exists out of the account's reach.
    return Finding(
        code="IMP-FIL-101",
        severity=Severity.BLOCK,
        message=Wording(
            "没有登记这个企业，或不在该账号的权限范围内",
            "no such enterprise is registered, or it is out of the account's reach",
        ),
        locator=Locator(file=path.name),
        got=uscc,
    )


def _refused(path: Path, refusal: FilingRefusedError) -> Finding:
    return Finding(
        code=refusal.code,
        severity=Severity.BLOCK,
        message=refusal.reason,
        locator=Locator(file=path.name),
    )
