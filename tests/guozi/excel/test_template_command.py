"""``guozi template``: the workbook from the command line is the one ``guozi check`` reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.guozi.excel import workbooks

from guozi import excel
from guozi.cli import main
from guozi_core import sheets

if TYPE_CHECKING:
    from pathlib import Path

USCC = workbooks.ADDRESSEE.uscc
TABLE = "enterprise,period,scope,item,value\n甲,2026-01,合并,资产总计,12.34\n甲,2026-01,合并,货币资金,0.0000001\n"


def test_template_carries_identity_and_known_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, book = tmp_path / "报表.csv", tmp_path / "快报.xlsx"
    table.write_text(TABLE, encoding="utf-8")

    code = main(
        ["template", "--enterprise", USCC, "--name", "甲", "--period", "2026-01",
         "--figures", str(table), "--out", str(book), "--lang", "zh"]
    )  # fmt: skip

    assert code == 0
    assert "不是整分，未预填" in capsys.readouterr().err
    opened = excel.open_workbook(book)
    assert opened.workbook is not None
    reading = sheets.interpret(workbooks.flash(), workbooks.dictionary(), opened.workbook)
    assert workbooks.as_mapping(reading.figures) == {("BS40", "e"): 123_400_00}
    assert (reading.uscc, reading.period) == (USCC, workbooks.PERIOD)


def test_empty_template_is_told_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "决算.xlsx"
    main(["template", "--form", "financial-final", "--enterprise", USCC, "--period", "2025",
          "--out", str(book), "--lang", "zh"])  # fmt: skip
    capsys.readouterr()

    code = main(["check", str(book), "--form", "financial-final", "--lang", "zh"])

    answer = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {finding["code"] for finding in answer["findings"]} == {"IMP-NUM-019"}


def test_period_of_another_kind_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["template", "--form", "financial-final", "--enterprise", USCC, "--period",
              "2026-01", "--out", str(tmp_path / "a.xlsx")])  # fmt: skip

    assert stopped.value.code == 2
