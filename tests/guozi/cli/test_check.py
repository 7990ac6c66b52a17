"""The command ``guozi check``, as an auditor uses it on printed statements."""

import json
from pathlib import Path
from typing import Any

import pytest

from guozi.cli import main

HEADER = "enterprise,period,scope,item,value\n"
STATEMENTS = Path(__file__).parents[2] / "data" / "checks" / "printed-statements.csv"
SUM = (
    "甲集团,2024,合并,流动资产：,\n"
    "甲集团,2024,合并,货币资金,100\n"
    "甲集团,2024,合并,应收账款,50\n"
    "甲集团,2024,合并,应收票据,—\n"
    "甲集团,2024,合并,流动资产合计,150\n"
)


def run(
    capsys: pytest.CaptureFixture[str], *words: str | Path, language: str = "zh"
) -> tuple[int, dict[str, Any]]:
    code = main(["check", *map(str, words), "--lang", language])
    return code, json.loads(capsys.readouterr().out)


def table(folder: Path, rows: str, name: str = "statements.csv") -> Path:
    path = folder / name
    path.write_text(rows, encoding="utf-8")
    return path


def test_statements_that_agree_have_no_finding_that_blocks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, answer = run(capsys, STATEMENTS)

    assert code == 0
    assert {finding["severity"] for finding in answer["findings"]} == {"explain"}
    assert {finding["code"] for finding in answer["findings"]} == {"X64"}
    assert [one["failed"] for one in answer["statements"]] == [0, 1, 0, 1]
    assert all(one["passed"] >= 70 for one in answer["statements"])


def test_a_sum_that_fails_gives_both_sides_difference_and_tolerance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, HEADER + SUM.replace("合计,150", "合计,160"))

    code, answer = run(capsys, path)

    (finding,) = answer["findings"]
    assert code == 1
    assert finding["locator"] == {
        "file": "statements.csv",
        "sheet": None,
        "cell": "E6",
        "row": "6",
        "column": "value",
        "enterprise": "甲集团",
        "period": "2024",
        "scope": "合并",
        "item": "流动资产合计",
    }
    assert {key: finding[key] for key in ("code", "severity", "rule", "got", "expected")} == {
        "code": "X05",
        "severity": "block",
        "rule": "checks-statements/X05.BS14",
        "got": "160",
        "expected": "150",
    }
    assert {key: finding[key] for key in ("left", "right", "difference", "tolerance", "unit")} == {
        "left": "160",
        "right": "150",
        "difference": "10",
        "tolerance": "1",
        "unit": "万元",
    }
    assert [(one["item"], one["value"], one["cell"]) for one in finding["figures"]] == [
        ("BS14", "160", "E6"),
        ("BS01", "100", "E3"),
        ("BS05", "50", "E4"),
    ]


def test_amounts_are_in_the_unit_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(
        tmp_path,
        HEADER
        + SUM.replace("合计,150", "合计,151.02")
        .replace(",100", ",100.00")
        .replace(",50\n", ",50.00\n"),
    )

    code, answer = run(capsys, path, "--unit", "元")

    (finding,) = answer["findings"]
    assert code == 1
    assert (finding["got"], finding["difference"], finding["tolerance"]) == (
        "151.02",
        "1.02",
        "0.01",
    )
    assert finding["unit"] == "元"


def test_a_line_not_understood_is_a_note_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = SUM.replace(
        "甲集团,2024,合并,流动资产合计,150",
        "甲集团,2024,合并,神秘项目,30\n甲集团,2024,合并,流动资产合计,180",
    )

    code, answer = run(capsys, table(tmp_path, HEADER + rows))

    assert code == 0
    assert [(one["code"], one["severity"], one["got"]) for one in answer["findings"]] == [
        ("STM-001", "note", "神秘项目")
    ]


def test_blocking_findings_come_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        SUM.replace("合计,150", "合计,160")
        + "甲集团,2024,合并,应付账款,-3\n甲集团,2024,合并,奇怪的行,1\n"
    )

    code, answer = run(capsys, table(tmp_path, HEADER + rows))

    assert code == 1
    assert [one["severity"] for one in answer["findings"]] == ["block", "explain", "note"]
    assert [one["code"] for one in answer["findings"]] == ["X05", "X61", "STM-001"]


def test_enterprises_scopes_and_years_are_kept_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "企业,期间,口径,项目,数值\n"
        "甲,2023,合并,六、期末现金及现金等价物余额,50\n"
        "甲,2024,合并,加：期初现金及现金等价物余额,55\n"
        "甲,2024,母公司,加：期初现金及现金等价物余额,10\n"
        "乙,2024,合并,加：期初现金及现金等价物余额,70\n"
    )

    code, answer = run(capsys, table(tmp_path, rows))

    assert code == 1
    assert [
        (
            one["code"],
            one["locator"]["enterprise"],
            one["locator"]["scope"],
            one["got"],
            one["expected"],
        )
        for one in answer["findings"]
    ] == [("X29", "甲", "合并", "55", "50")]


def test_trace_lists_every_outcome_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = run(capsys, table(tmp_path, HEADER + SUM), "--trace")

    outcomes = {one["assertion"]: one for one in answer["outcomes"]}
    assert code == 0
    assert outcomes["X05.BS14"]["status"] == "passed"
    assert outcomes["X37"]["status"] == "not_applicable"
    assert outcomes["X37"]["reason"] == "table"
    assert "债务台账" in outcomes["X37"]["sentence"]


def test_english_messages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, HEADER + SUM.replace("合计,150", "合计,160"))

    _, answer = run(capsys, path, language="en")

    assert answer["findings"][0]["message"] == (
        "Total current assets is the sum of its lines: 160 ≠ 150, difference 10, allowed 1 (in 10k yuan)"
    )


def test_a_table_without_a_column_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = run(capsys, table(tmp_path, "enterprise,period,item\n甲,2024,货币资金\n"))

    assert code == 1
    assert answer["findings"][0]["code"] == "TAB-009"


def test_an_unknown_rulebook_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(
            ["check", str(table(tmp_path, HEADER + SUM)), "--rulebook", "nonsense", "--lang", "zh"]
        )

    assert caught.value.code == 2
    assert "checks-statements" in capsys.readouterr().err


def test_findings_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, HEADER + SUM.replace("合计,150", "合计,160"))
    out = tmp_path / "findings.json"

    code = main(["check", str(path), "--out", str(out), "--lang", "zh"])

    assert code == 1
    assert json.loads(out.read_text(encoding="utf-8"))["findings"][0]["code"] == "X05"
    assert capsys.readouterr().out == ""
