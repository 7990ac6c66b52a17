"""Tables are read strictly and results are written in three forms."""

import argparse
import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guozi.cli import tables
from guozi_core.findings import Finding, Severity, Wording

COLUMNS = [
    tables.Column(name="enterprise", aliases=("企业",), required=True),
    tables.Column(name="value", aliases=("数值",)),
]


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(path: Path, **options: str) -> list[str]:
    with pytest.raises(tables.RefusedError) as refusal:
        tables.bind(tables.read(path, **options), COLUMNS)
    return [finding.code for finding in refusal.value.findings]


def texts(bound: tables.Bound) -> list[tuple[str | None, str | None]]:
    return [(row.text("enterprise"), row.text("value")) for row in bound.rows]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_chinese_text_is_never_garbled(tmp_path: Path, encoding: str, note: str | None) -> None:
    path = write(tmp_path, "企业,数值\n云泽城投,1.50\n", encoding)

    bound = tables.bind(tables.read(path), COLUMNS)

    assert texts(bound) == [("云泽城投", "1.50")]
    assert [finding.got for finding in bound.findings] == ([note] if note else [])


def test_rare_characters_of_gb18030_survive(tmp_path: Path) -> None:
    path = write(tmp_path, "企业,数值\n𠮷野置业有限公司,1\n", "gb18030")

    assert texts(tables.bind(tables.read(path), COLUMNS)) == [("𠮷野置业有限公司", "1")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TAB-010"),
        (b"\n\n", "TAB-010"),
        ("enterprise,value\nsociété générale,1\n".encode("latin-1"), "TAB-001"),
        ("企业,数值\n锟斤拷,1\n".encode(), "TAB-001"),
        (b"enterprise,value\nA\x00B,1\n", "TAB-002"),
        ('企业,数值\n"云泽,1\n'.encode(), "TAB-005"),
        ('企业,数值\n"云"泽,1\n'.encode(), "TAB-005"),
        ("企业,数值\n云泽,1,234.00\n".encode(), "TAB-006"),
        ("企业,数值\n云泽\n".encode(), "TAB-006"),
        ("企业,企业\n云泽,1\n".encode(), "TAB-007"),
        ("企业,enterprise\n云泽,1\n".encode(), "TAB-007"),
        ("数值\n1\n".encode(), "TAB-009"),
        (b"enterprise,value\nA," + b"9" * 200_000 + b"\n", "TAB-005"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)

    assert refused(path) == [code]


def test_every_ragged_row_is_listed_with_its_number(tmp_path: Path) -> None:
    path = write(tmp_path, "企业,数值\n甲,1\n乙\n丙,1,2\n")

    with pytest.raises(tables.RefusedError) as refusal:
        tables.read(path)

    assert [finding.locator.row for finding in refusal.value.findings] == ["3", "4"]


def test_an_unbalanced_quote_names_the_line_where_the_record_begins(tmp_path: Path) -> None:
    path = write(tmp_path, '企业,数值\n"甲\n公司",1\n"乙,2\n丙,3\n')

    with pytest.raises(tables.RefusedError) as refusal:
        tables.read(path)

    assert refusal.value.findings[0].locator.row == "4"


def test_a_line_break_inside_quotes_is_one_cell(tmp_path: Path) -> None:
    path = write(tmp_path, '企业,数值\n"甲\n公司",1\n乙,2\n')

    bound = tables.bind(tables.read(path), COLUMNS)

    assert texts(bound) == [("甲\n公司", "1"), ("乙", "2")]
    assert [row.number for row in bound.rows] == [2, 3]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_delimiter_is_noted(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path, f"企业{delimiter}数值\n甲{delimiter}1\n")

    bound = tables.bind(tables.read(path), COLUMNS)

    assert texts(bound) == [("甲", "1")]
    assert [finding.code for finding in bound.findings] == ["TAB-004"]


def test_unknown_columns_are_reported_and_blank_ones_are_not(tmp_path: Path) -> None:
    path = write(tmp_path, "企业,备注,数值,\n甲,好,1,\n")

    bound = tables.bind(tables.read(path), COLUMNS)

    assert [(f.code, f.got, f.locator.cell) for f in bound.findings] == [("TAB-008", "备注", "B1")]


def test_blank_rows_are_skipped_and_numbers_of_rows_stay(tmp_path: Path) -> None:
    path = write(tmp_path, "企业,数值\n\n甲,1\n,,\n".replace(",,\n", ",\n") + "乙,2\n")

    bound = tables.bind(tables.read(path), COLUMNS)

    assert [(row.number, row.text("enterprise")) for row in bound.rows] == [(3, "甲"), (5, "乙")]


@pytest.mark.parametrize("blank", ["", " ", "-", "—", "–", "－", "/", "--"])
def test_blanks_and_printed_dashes_are_missing(tmp_path: Path, blank: str) -> None:
    row = tables.bind(tables.read(write(tmp_path, f"企业,数值\n甲,{blank}\n")), COLUMNS).rows[0]
    findings: list[Finding] = []

    assert row.number_in("value", findings) is None
    assert findings == []


@pytest.mark.parametrize(
    ("text", "value", "severity"),
    [
        ("12.50", "12.50", None),
        ("-0.01", "-0.01", None),
        ("+3", "3", None),
        (".5", "0.5", None),
        ('"1,234,567.89"', "1234567.89", "note"),
        ("１２３４．５", "1234.5", "note"),
        ("−5", "-5", "note"),
        ("－5", "-5", "note"),
        ('"(1,234.50)"', "-1234.50", "note"),
        ("（5）", "-5", "note"),
        ('"1,23,4"', None, "block"),
        ('"1.234,50"', None, "block"),
        ("1_000", None, "block"),
        ("1E5", None, "block"),
        ("NaN", None, "block"),
        ("Infinity", None, "block"),
        ("٣", None, "block"),
        ("5²", None, "block"),
        ("壹仟", None, "block"),
        ("–5", None, "block"),
        ("5万元", None, "block"),
        ("￥5", None, "block"),
        ("5%", None, "block"),
        ("1\u200b2", None, "block"),
        ("(-5)", None, "block"),
        ("9" * 5000, None, "block"),
    ],
)
def test_numbers_are_exact_or_refused(
    tmp_path: Path, text: str, value: str | None, severity: str | None
) -> None:
    row = tables.bind(tables.read(write(tmp_path, f"企业,数值\n甲,{text}\n")), COLUMNS).rows[0]
    findings: list[Finding] = []

    number = row.number_in("value", findings)

    assert number == (None if value is None else Decimal(value))
    assert [finding.severity.value for finding in findings] == ([severity] if severity else [])
    assert [finding.locator.cell for finding in findings] == (["B2"] if severity else [])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_decimals_come_back_exactly(value: Decimal) -> None:
    cells = {"value": format(value, "f")}
    row = tables.Row(number=2, cells=cells, places={"value": (2, "数值")}, file="t.csv", sheet=None)

    assert row.number_in("value", []) == value


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, grid in sheets.items():
            worksheet = book.add_worksheet(name)
            for number, cells in enumerate(grid):
                worksheet.write_row(number, 0, cells)
    return path


def test_the_first_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        一=[["企业", "数值"], ["甲", 1234.56], [], ["乙", 2024]],
        二=[["企业", "数值"], ["丙", 3]],
    )

    first = tables.bind(tables.read(path), COLUMNS)
    second = tables.bind(tables.read(path, sheet="二"), COLUMNS)

    assert texts(first) == [("甲", "1234.56"), ("乙", "2024")]
    assert first.rows[1].locator("value").to_dict() == {
        "file": "book.xlsx",
        "sheet": "一",
        "cell": "B4",
        "row": "4",
        "column": "数值",
    }
    assert texts(second) == [("丙", "3")]


def test_a_missing_sheet_or_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", 一=[["企业"], ["甲"]])
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no workbook")

    assert refused(path, sheet="三") == ["TAB-012"]
    assert refused(broken) == ["TAB-011"]


def arguments(out: Path | None, lang: str = "zh") -> argparse.Namespace:
    return argparse.Namespace(out=out, lang=lang)


ANSWER = tables.Answer(
    rows=[
        {"enterprise": "甲", "value": Decimal("1.10"), "trace": {"text": "1 ÷ 2"}, "h": 0.5},
        {"enterprise": "乙", "value": None, "reason": "缺少 资产总计"},
    ],
    findings=[Finding(code="X", severity=Severity.NOTE, message=Wording(zh="注", en="note"))],
)


def test_json_keeps_exact_decimals_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    code = tables.finish(ANSWER, arguments(None, "en"))

    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    assert answer["rows"][0] == {
        "enterprise": "甲",
        "value": "1.1",
        "trace": {"text": "1 ÷ 2"},
        "h": 0.5,
    }
    assert answer["findings"][0]["message"] == "note"
    assert list(answer) == ["rows", "findings"]


def test_csv_holds_the_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"

    tables.finish(ANSWER, arguments(out))

    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["value"] for row in rows] == ["1.1", ""]
    assert json.loads(rows[0]["trace"]) == {"text": "1 ÷ 2"}
    assert capsys.readouterr().out == ""


def test_a_workbook_holds_rows_and_findings(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"

    tables.finish(ANSWER, arguments(out))

    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["rows", "findings"]
    assert book.get_sheet_by_name("rows").to_python()[1][:2] == ["甲", 1.1]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"

    tables.finish(tables.Answer(rows=[{"enterprise": "=1+1"}]), arguments(out))

    grid = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("rows").to_python()
    assert grid[1] == ["=1+1"]


@pytest.mark.parametrize("text", ["=1+1", "+甲", "-甲", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_inert_in_csv(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out.csv"

    tables.finish(tables.Answer(rows=[{"enterprise": text, "value": "-12.50"}]), arguments(out))

    with out.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1] == [f"'{text}", "-12.50"]


def test_a_refusal_prints_findings_and_writes_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    finding = Finding(code="T-1", severity=Severity.BLOCK, message=Wording(zh="坏", en="bad"))

    code = tables.refuse([finding], arguments(out))

    printed = capsys.readouterr()
    assert code == 1
    assert not out.exists()
    assert [f["code"] for f in json.loads(printed.out)["findings"]] == ["T-1"]
    assert "[T-1]" in printed.err


@pytest.mark.parametrize("name", ["out.txt", "nowhere/out.json"])
def test_an_impossible_output_is_wrong_use(tmp_path: Path, name: str) -> None:
    with pytest.raises(SystemExit) as end:
        tables.check_output(arguments(tmp_path / name))

    assert end.value.code == 2
