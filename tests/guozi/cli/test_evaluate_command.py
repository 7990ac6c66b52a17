"""``guozi evaluate`` prints the worked case with the contract's names, and refuses what is wrong."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.core.scoring.cases import ROOT

from guozi.cli import main
from guozi_core.rulebook import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def case() -> Any:
    path = ROOT / "tests" / "data" / "evaluation" / "medium-industry-2006.yaml"
    return parse_yaml(path.read_text(encoding="utf-8"))


@pytest.fixture
def files(tmp_path: Path, case: Any) -> dict[str, str]:
    """The worked case as the tables of the contract."""
    names = [
        "enterprise",
        "indicator",
        "value",
        "numerator",
        "denominator",
        "last_year",
        "this_year",
    ]
    indicators = [
        {"enterprise": "示例", "indicator": name}
        | {key: str(value) for key, value in given.items()}
        for name, given in case["indicators"].items()
    ]
    standards = [
        dict(
            zip(
                ["指标", "优秀", "良好", "平均", "较低", "较差"],
                [name, *map(str, values)],
                strict=True,
            )
        )
        for name, values in case["standards"].items()
    ]
    panel = [
        {"enterprise": "示例", "indicator": name, "expert": f"专家{k}", "score": "82.5"}
        for name in (
            "战略管理",
            "发展创新",
            "经营决策",
            "风险控制",
            "基础管理",
            "人力资源",
            "行业影响",
            "社会贡献",
        )
        for k in range(7)
    ]
    written = {}
    for key, columns, rows in (
        ("indicators", names, indicators),
        ("standards", list(standards[0]), standards),
        ("panel", list(panel[0]), panel),
    ):
        path = tmp_path / f"{key}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
        written[key] = str(path)
    return written


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_worked_case(files: dict[str, str], case: Any, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", files["indicators"], "--standard", files["standards"]]

    assert main([*arguments, "--management", files["panel"]]) == 0

    result = answer(capsys)["results"][0]
    assert result["grade"] == "B"
    assert Decimal(result["composite"]).quantize(Decimal("0.0001")) == Decimal("75.2148")
    assert result["final"] == result["composite"]
    for name, expected in case["corrections"].items():
        limited = Decimal(result["corrections"][name]["limited"])
        assert abs(limited - Decimal(expected)) < Decimal("0.0000011"), name
    single = result["basic"]["净资产收益率"]
    assert set(single) == {"value", "grade", "coefficient", "score", "weight"}
    assert (single["grade"], single["weight"]) == ("平均", "20")
    assert Decimal(single["coefficient"]) * 20 - Decimal(single["score"]) < Decimal("1e-9")
    assert set(result["parts"]) == {"盈利能力状况", "资产质量状况", "债务风险状况", "经营增长状况"}


def test_without_a_panel_the_composite_is_the_corrected_total(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["evaluate", files["indicators"], "--standard", files["standards"]])

    result = answer(capsys)["results"][0]
    assert result["composite"] == result["corrected_total"]
    assert result["management_total"] is None


def test_bonus_is_what_was_really_added(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "adjustments.csv"
    path.write_text(
        "enterprise,kind,item,points,evidence\n示例,加分,其他,18,文件\n示例,deduction,其他,2,通报\n",
        encoding="utf-8",
    )

    main(
        [
            "evaluate",
            files["indicators"],
            "--standard",
            files["standards"],
            "--adjustments",
            str(path),
        ]
    )

    result = answer(capsys)["results"][0]
    assert (result["bonus"], result["deductions"]) == ("15", "2")
    expected = Decimal(result["composite"]) + 13
    assert Decimal(result["final"]) == expected.quantize(Decimal("1e-12"))


@pytest.mark.parametrize(
    ("table", "content", "code"),
    [
        ("--management", "enterprise,indicator,expert,score\n示例,战略管理,甲,101\n", "EVL-024"),
        ("--adjustments", "enterprise,kind,item,points\n示例,奖励,其他,1\n", "EVL-025"),
        ("--adjustments", "enterprise,kind,item,points\n示例,加分,其他,-1\n", "EVL-026"),
        ("--adjustments", "enterprise,kind,item,points\n别家,加分,其他,1\n", "EVL-027"),
        (
            "--standard",
            "indicator,excellent,good,average,low,poor\n净资产收益率,1,3,2,1,0\n",
            "EVL-023",
        ),
    ],
)
def test_faulty_table_refuses_the_run(
    table: str,
    content: str,
    code: str,
    files: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "faulty.csv"
    path.write_text(content, encoding="utf-8")

    status = main(
        ["evaluate", files["indicators"], "--standard", files["standards"], table, str(path)]
    )

    found = answer(capsys)
    assert status == 1
    assert "results" not in found
    assert code in [finding["code"] for finding in found["findings"]]


def test_unknown_indicator_is_reported_with_the_nearest(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "indicators.csv"
    path.write_text("enterprise,indicator,value\n示例,净资产收益律,5\n", encoding="utf-8")

    assert main(["evaluate", str(path), "--standard", files["standards"]]) == 0

    finding = answer(capsys)["findings"][0]
    assert (finding["code"], finding["severity"]) == ("EVL-021", "note")
    assert finding["expected"] == "净资产收益率"


STATEMENTS = """enterprise,period,item,value
甲,2023,资产总计,900
甲,2024,资产总计,1000
甲,2023,所有者权益合计,400
甲,2024,所有者权益合计,500
甲,2024,负债合计,500
甲,2024,净利润,45
"""


def test_statements_are_graded_by_the_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "statements.csv"
    path.write_text(STATEMENTS, encoding="utf-8")

    status = main(
        ["evaluate", "--statements", str(path), "--period", "2024", "--industry", "投资公司",
         "--size", "大型", "--standard-year", "2025"]
    )  # fmt: skip

    found = answer(capsys)
    result = found["results"][0]
    assert status == 0
    assert result["standard"] == {"year": 2025, "industry": "投资公司", "size": "全行业"}
    assert "STD-010" in [finding["code"] for finding in found["findings"]]
    assert (len(result["basic"]), len(result["supplementary"])) == (16, 8)
    assert result["basic"]["净资产收益率"]["value"] == "10"
    assert result["basic"]["资产负债率"]["value"] == "50"
    missing = result["basic"]["总资产周转率"]
    assert (missing["value"], missing["status"]) == (None, "not_computable")
    assert missing["reason"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["--statements", "{statements}"], 2),
        (
            [
                "--statements",
                "{statements}",
                "--period",
                "2024",
                "--industry",
                "火星业",
                "--standard-year",
                "2025",
            ],
            1,
        ),
        (
            [
                "--statements",
                "{statements}",
                "--period",
                "2024",
                "--industry",
                "工业",
                "--standard-year",
                "1999",
            ],
            1,
        ),
        (["{statements}", "--statements", "{statements}"], 2),
    ],
)
def test_wrong_use(
    arguments: list[str], status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "statements.csv"
    path.write_text(STATEMENTS, encoding="utf-8")
    words = [word.format(statements=path) for word in arguments]
    try:
        code = main(["evaluate", *words])
    except SystemExit as ended:
        code = int(str(ended.code))
    capsys.readouterr()

    assert code == status
