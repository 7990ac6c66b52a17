"""The command ``guozi indicators``, as an analyst uses it."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from guozi.cli import main

HEADER = "enterprise,period,scope,item,value\n"
BALANCES = (
    "甲集团,2024,合并,　一、流动资产合计：,200\n"
    "甲集团,2024,合并,其中：存货,80\n"
    "甲集团,2024,合并,流动负债合计,50\n"
    "甲集团,2024,合并,资产总额,400\n"
    "甲集团,2024,合并,负债总计,246.8\n"
)


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, Any]]:
    code = main(["indicators", *map(str, words), "--lang", "zh"])
    return code, json.loads(capsys.readouterr().out)


def table(folder: Path, rows: str, name: str = "statements.csv") -> Path:
    path = folder / name
    path.write_text(rows, encoding="utf-8")
    return path


def by_name(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["indicator"]: row for row in answer["rows"]}


def test_printed_names_are_understood_and_rows_keep_to_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = run(capsys, table(tmp_path, HEADER + BALANCES))

    rows = by_name(answer)
    assert code == 0
    assert answer["findings"] == []
    assert {
        name: (row["value"], row["unit"], row["status"])
        for name, row in rows.items()
        if row["status"] == "ok"
    } == {
        "资产负债率": ("61.7", "%", "ok"),
        "速动比率": ("2.4", "倍", "ok"),
        "流动比率": ("4", "倍", "ok"),
    }
    assert list(rows["资产负债率"])[:8] == [
        "enterprise", "period", "scope", "indicator", "value", "unit", "status", "reason",
    ]  # fmt: skip
    assert rows["总资产周转率"]["status"] == "not_computable"
    assert rows["总资产周转率"]["value"] is None
    assert rows["总资产周转率"]["reason"] == "缺少：营业收入、资产总计（期初）"


def test_the_system_of_2006_gives_percent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, answer = run(capsys, table(tmp_path, HEADER + BALANCES), "--rulebook", "indicators-2006")

    rows = by_name(answer)
    assert [
        (rows[n]["value"], rows[n]["unit"]) for n in ("资产负债率", "流动比率", "速动比率")
    ] == [
        ("61.7", "%"),
        ("400", "%"),
        ("240", "%"),
    ]


def test_a_dash_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = BALANCES.replace("其中：存货,80", "其中：存货,-")

    _, answer = run(capsys, table(tmp_path, HEADER + rows))

    quick = by_name(answer)["速动比率"]
    assert (quick["status"], quick["value"], quick["reason"]) == (
        "not_computable",
        None,
        "缺少：存货",
    )


def test_codes_and_chinese_headers_are_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "企业,期间,口径,项目,数值\n甲,2024,合并,BS71,3\n甲,2024,合并,BS40,4\n"

    _, answer = run(capsys, table(tmp_path, rows))

    assert by_name(answer)["资产负债率"]["value"] == "75"


def test_openings_come_from_the_previous_year_of_the_same_scope(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = HEADER + (
        "甲,2023,合并,资产总计,100\n甲,2023,母公司,资产总计,1\n"
        "甲,2024,合并,资产总计,300\n甲,2024,合并,一、营业收入,50\n"
    )

    _, answer = run(capsys, table(tmp_path, rows))

    turnover = {
        (row["period"], row["scope"]): row["value"]
        for row in answer["rows"]
        if row["indicator"] == "总资产周转率"
    }
    assert turnover == {("2023", "合并"): None, ("2023", "母公司"): None, ("2024", "合并"): "0.25"}


def test_interim_flows_average_from_the_year_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        HEADER
        + "甲,2024,合并,资产总计,100\n甲,2025-06,合并,资产总计,300\n甲,2025-06,合并,营业收入,50\n"
    )

    _, answer = run(capsys, table(tmp_path, rows))

    turnover = [
        r for r in answer["rows"] if (r["period"], r["indicator"]) == ("2025-06", "总资产周转率")
    ]
    assert turnover[0]["value"] == "0.25"


def test_amounts_are_in_the_unit_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = HEADER + "甲,2024,合并,利润总额,1.2345\n"

    _, answer = run(capsys, table(tmp_path, rows), "--unit", "亿元")

    profit = by_name(answer)["利润总额"]
    assert (profit["value"], profit["unit"]) == ("1.2345", "亿元")


def test_unknown_lines_and_columns_are_reported_and_do_not_refuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (HEADER + BALANCES + "甲集团,2024,合并,神秘资产,1\n").splitlines()
    rows = "\n".join([lines[0] + ",备注", *(line + ",审定" for line in lines[1:])])

    code, answer = run(capsys, table(tmp_path, rows))

    assert code == 0
    assert [(f["code"], f["severity"], f["got"]) for f in answer["findings"]] == [
        ("TAB-008", "note", "备注"),
        ("STM-001", "note", "神秘资产"),
    ]
    assert by_name(answer)["资产负债率"]["status"] == "ok"


def test_faults_that_leave_no_meaning_refuse_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = HEADER + "甲,2024,合并,资产总计,一百\n甲,2024年13月,合并,资产总计,1\n"

    code, answer = run(capsys, table(tmp_path, rows))

    assert code == 1
    assert "rows" not in answer
    assert [(f["severity"], f["locator"]["cell"], f["got"]) for f in answer["findings"]] == [
        ("block", "E2", "一百"),
        ("block", "B3", "2024年13月"),
    ]


def test_the_trace_leads_to_the_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = run(capsys, table(tmp_path, HEADER + BALANCES), "--trace")

    trace = by_name(answer)["资产负债率"]["trace"]
    assert trace["formula"] == "负债合计 ÷ 资产总计 × 100"
    assert trace["steps"]["value"] == "61.7"
    assert [(i["item"], i["period"], i["column"], i["value"]) for i in trace["inputs"]] == [
        ("BS71", "2024", "期末", "2468000"),
        ("BS40", "2024", "期末", "4000000"),
    ]


def test_another_calibre_and_parameters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = HEADER + (
        "甲,2024,合并,营业总收入,100\n甲,2024,合并,营业利润,10\n甲,2024,合并,利润总额,12\n"
    )
    path = table(tmp_path, rows)

    _, usual = run(capsys, path)
    _, other = run(capsys, path, "--calibre", "营业收入利润率=profit_before_tax")
    _, every = run(capsys, path, "--calibre", "all")

    assert by_name(usual)["营业收入利润率"]["value"] == "10"
    assert by_name(other)["营业收入利润率"]["value"] == "12"
    margins = [r["value"] for r in every["rows"] if r["indicator"] == "营业收入利润率"]
    assert margins == ["10", "12"]


@pytest.mark.parametrize(
    "words",
    [
        ["--rulebook", "indicators-1999"],
        ["--unit", "美元"],
        ["--calibre", "资产负债率=nothing"],
        ["--set", "利率=5"],
        ["--set", "工业企业=也许"],
        ["--out", "answer.txt"],
    ],
)
def test_wrong_use_ends_with_two(tmp_path: Path, words: list[str]) -> None:
    path = table(tmp_path, HEADER + BALANCES)

    with pytest.raises(SystemExit) as end:
        main(["indicators", str(path), *words])

    assert end.value.code == 2


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["indicators", str(tmp_path / "nothing.csv")])

    assert end.value.code == 2


def test_parameters_change_economic_value_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = HEADER + "".join(
        f"甲,{period},合并,{item},{value}\n"
        for period in ("2023", "2024")
        for item, value in {
            "所有者权益合计": 100, "资产总计": 200, "负债合计": 100, "短期借款": 50,
            "净利润": 10, "利息支出": 0, "研发费用": 0,
        }.items()
    )  # fmt: skip
    path = table(tmp_path, rows)
    words = ("--rulebook", "indicators-2006")

    _, usual = run(capsys, path, *words)
    _, other = run(capsys, path, *words, "--set", "基准资本成本率=4.1")

    # capital 150: 10 − 150 × 5.5 % and 10 − 150 × 4.1 %
    values = [
        [
            r["value"]
            for r in answer["rows"]
            if (r["period"], r["indicator"]) == ("2024", "经济增加值")
        ]
        for answer in (usual, other)
    ]
    assert values == [["1.75"], ["3.85"]]


def test_groups_show_the_middle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = HEADER + "".join(
        f"{name},2024,合并,负债合计,{value}\n{name},2024,合并,资产总计,100\n"
        for name, value in (("甲", 40), ("乙", 60), ("丙", 71))
    )
    groups = table(tmp_path, "企业,组\n甲,城投\n乙,城投\n丙,城投\n丁,城投\n", "groups.csv")

    _, answer = run(capsys, table(tmp_path, rows), "--group", groups)

    assert answer["groups"] == [
        {
            "group": "城投", "period": "2024", "scope": "合并", "indicator": "资产负债率",
            "calibre": "standard", "unit": "%", "count": 3, "members": 4, "mean": "57",
            "median": "60", "lower_quartile": "50", "upper_quartile": "65.5",
            "least": "40", "most": "71",
        }
    ]  # fmt: skip
    assert [(f["code"], f["got"]) for f in answer["findings"]] == [("STM-014", "丁")]


def test_a_misprint_is_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = table(
        tmp_path,
        "issuer,period,ratio,label_as_printed,value,doc,page\n"
        "甲集团,2024年末/度,资产负债率,资产负债率（%）,61.70,d1,7\n"
        "甲集团,2024年末/度,流动比率,流动比率（倍）,4.10,d1,7\n"
        "甲集团,2024年末/度,总资产,总资产（亿元）,0.04,d1,7\n"
        "甲集团,2024年末/度,EBITDA,EBITDA（亿元）,1.00,d1,7\n"
        "甲集团,2024年末/度,速动比率,速动比率,-,d1,7\n",
        "printed.csv",
    )

    code, answer = run(
        capsys,
        table(tmp_path, HEADER + BALANCES),
        "--printed",
        printed,
        "--rulebook",
        "indicators-2006",
    )

    assert code == 0
    assert [(row["indicator"], row["verdict"]) for row in answer["printed"]] == [
        ("资产负债率", "agrees"),
        ("流动比率", "differs"),
        ("总资产", "agrees"),
        ("EBITDA", "not_supported"),
    ]
    assert [(f["code"], f["severity"], f["got"], f["expected"]) for f in answer["findings"]] == [
        ("IND-001", "explain", "4.1", "4")
    ]


def test_the_answer_can_be_a_table(tmp_path: Path) -> None:
    out = tmp_path / "answer.csv"

    code = main(["indicators", str(table(tmp_path, HEADER + BALANCES)), "--out", str(out)])

    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["indicator"]: row for row in csv.DictReader(stream)}
    assert code == 0
    assert rows["资产负债率"]["value"] == "61.7"
