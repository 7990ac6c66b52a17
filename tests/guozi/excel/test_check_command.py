"""``guozi check BOOK.xlsx --form``: what a reporter is told on upload, and the exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.guozi.excel import workbooks

from guozi import excel
from guozi.cli import main
from guozi_core.statements import Scope

if TYPE_CHECKING:
    from pathlib import Path

#: A small enterprise whose statements agree, in 万元, closing = opening and current = prior.
AGREEING = {
    "BS01": 40, "BS14": 40, "BS37": 60, "BS28": 60, "BS40": 100, "BS52": 20, "BS41": 20,
    "BS70": 10, "BS61": 10, "BS71": 30, "BS81": 50, "BS88": 20, "BS89": 70, "BS91": 70, "BS95": 100,
    "IS01": 30, "IS02": 30, "IS10": 20, "IS11": 20, "IS30": 10, "IS40": 10, "IS41": 2, "IS50": 8,
    "IS51": 8, "IS70": 8,
    "CF01": 30, "CF04": 30, "CF05": 20, "CF09": 20, "CF10": 10, "CF20": 0, "CF28": 0, "CF30": 10,
    "CF31": 30, "CF32": 40, "SP01": 3, "SP02": 1, "SP09": 1,
}  # fmt: skip


def book(tmp_path: Path, **changes: int) -> Path:
    figures = {}
    for part in workbooks.flash().sheets:
        for line in part.lines:
            for column in part.columns:
                if line.item is None or line.item.code not in AGREEING:
                    continue
                moment = column.moment(line.item)
                assert moment is not None
                value = {**AGREEING, **changes}[line.item.code]
                unit = 100 if line.item.code == "SP01" else 1_000_000
                figures[line.item.code, moment.letter] = value * unit
    content = excel.write_template(
        workbooks.flash(), workbooks.ADDRESSEE, period=workbooks.PERIOD,
        scope=Scope.CONSOLIDATED, figures=figures,
    )  # fmt: skip
    path = tmp_path / "快报.xlsx"
    path.write_bytes(content)
    return path


def answer(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[dict]]:  # type: ignore[type-arg]
    code = main(["check", str(path), "--form", "financial-flash", "--lang", "zh", *more])
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_agreeing_statements_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, findings = answer(
        book(tmp_path), capsys, "--enterprise", workbooks.ADDRESSEE.uscc, "--period", "2026-01"
    )

    assert not [f for f in findings if f["severity"] == "block"]
    assert code == 0


def test_a_total_that_does_not_add_up_is_shown_at_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """C19: one line ten thousand times too large breaks the subtotal."""
    code, findings = answer(book(tmp_path, BS01=400_000), capsys)

    assert code == 1
    blocked = [f for f in findings if f["severity"] == "block"]
    assert {f["code"] for f in blocked} == {"X05"}
    assert {f["locator"]["sheet"] for f in blocked} == {"资产负债表"}
    assert {f["locator"]["cell"] for f in blocked} == {"C23", "D23"}


def test_import_faults_come_before_cross_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, findings = answer(book(tmp_path, BS01=400_000), capsys, "--enterprise", "X")

    assert code == 1
    assert {f["code"] for f in findings if f["severity"] == "block"} == {"IMP-TPL-014"}


def test_unreadable_file_is_one_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")

    code, findings = answer(path, capsys)

    assert code == 1
    assert [f["code"] for f in findings] == ["IMP-FIL-001"]


def test_unknown_form_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")

    with pytest.raises(SystemExit) as stopped:
        main(["check", str(path), "--form", "nonsense", "--lang", "en"])

    assert stopped.value.code == 2
    assert "financial-flash" in capsys.readouterr().err
