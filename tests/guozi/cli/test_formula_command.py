"""``guozi formula`` and ``guozi uscc`` answer as the contract says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from guozi.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def values(tmp_path: Path) -> Path:
    path = tmp_path / "values.csv"
    path.write_text(
        "id,收入,成本,备注\n一,100,40,x\n二,,3,\n三,100,0,\n四,1,3,\n", encoding="utf-8"
    )
    return path


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_every_row_gets_its_exact_value(values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "(收入 - 成本) / 收入 * 100", str(values)]) == 0

    rows = answer(capsys)["rows"]
    assert [(row["id"], row["value"], row["status"]) for row in rows] == [
        ("一", "60", "ok"),
        ("二", None, "not_computable"),
        ("三", "100", "ok"),
        ("四", "-200", "ok"),
    ]
    assert "收入" in rows[1]["reason"]


def test_blanks_as_zero_are_told(values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "收入 + 成本", str(values), "--missing", "zero", "--lang", "en"]) == 0

    row = answer(capsys)["rows"][1]
    assert (row["value"], row["note"]) == ("3", "read as zero: 收入")


def test_division_by_zero_is_not_computable(
    values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["formula", "收入 / 成本", str(values)]) == 0

    rows = answer(capsys)["rows"]
    assert (rows[2]["status"], rows[2]["reason"]) == ("not_computable", "除数为零：成本")
    assert rows[3]["value"] == "0.3333333333333333333333333333"


def test_missing_column_is_named_with_the_nearest(
    values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["formula", "收人 - 成本", str(values), "--lang", "zh"]) == 0

    row = answer(capsys)["rows"][0]
    assert row["reason"] == "缺少：收人；没有列“收人”，是否为“收入”"


def test_unknown_column_is_reported(values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["formula", "收入", str(values)])

    findings = answer(capsys)["findings"]
    assert [(found["severity"], found["got"]) for found in findings] == [
        ("note", "成本"),
        ("note", "备注"),
    ]


def test_what_is_no_formula_is_wrong_use(values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "9**9", str(values)]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "FRM-OPERATOR" in captured.err


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "0.1234567890123456789012345678901234567891 * 1",
            "0.1234567890123456789012345678901234567891",
        ),
        (
            "1234567890123456789012345678901234567891 * 1234567890123456789012345678901234567891",
            "1524157875323883675049535156256668194503002591542783112365526596557677488187881",
        ),
        (
            "1234567890123456789012345678901234567891 / 1",
            "1234567890123456789012345678901234567891",
        ),
    ],
)
def test_exact_values_are_printed_whole(
    text: str, value: str, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["formula", text, str(values)]) == 0

    assert answer(capsys)["rows"][0]["value"] == value


def test_trace_shows_the_arithmetic(values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["formula", "收入 - 成本", str(values), "--trace"])

    trace = answer(capsys)["rows"][0]["trace"]
    assert [(part["text"], part["value"]) for part in trace["parts"]] == [
        ("收入", "100"),
        ("成本", "40"),
    ]


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100m000100y43", False),
        ("９1350100M000100Y43", False),
        ("91350100M000100Y4", False),
        ("91350100M000100I43", False),
        (" 91350100M000100Y43", False),
    ],
)
def test_credit_code(code: str, valid: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["uscc", code]) == (0 if valid else 1)

    row = answer(capsys)["rows"][0]
    assert (row["code"], row["valid"], row["reason"] is None) == (code, valid, valid)
