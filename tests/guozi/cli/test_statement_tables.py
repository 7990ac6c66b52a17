"""Long tables of statements, in the contract's columns and as disclosed."""

from decimal import Decimal
from pathlib import Path

import pytest

from guozi.cli import statement_tables, tables
from guozi_core.statements import ItemDictionary, Moment, Scope
from guozi_core.units import MoneyUnit, Period


@pytest.fixture(scope="module")
def dictionary() -> ItemDictionary:
    return statement_tables.shipped_dictionary()


def read(
    folder: Path, text: str, dictionary: ItemDictionary, unit: MoneyUnit = MoneyUnit.WAN
) -> statement_tables.StatementTable:
    path = folder / "statements.csv"
    path.write_text(text, encoding="utf-8")
    return statement_tables.read_statements(path, dictionary=dictionary, unit=unit)


def test_the_contract_columns_are_read(tmp_path: Path, dictionary: ItemDictionary) -> None:
    found = read(
        tmp_path,
        "企业,期间,口径,项目,数值\n甲,2024,合并,资产总计,1.5\n甲,2024,合并,负债合计,-\n甲,2023,母公司,BS40,1\n",
        dictionary,
    )

    assert [(s.period.code, s.scope) for s in found.statements] == [
        ("2024", Scope.CONSOLIDATED),
        ("2023", Scope.PARENT),
    ]
    assert found.statements[0].figure("BS40", Moment.CLOSING) == 15000
    assert found.statements[0].figure("BS71", Moment.CLOSING) is None
    assert found.findings == ()


def test_disclosures_are_read(tmp_path: Path, dictionary: ItemDictionary) -> None:
    found = read(
        tmp_path,
        "issuer,scope,stmt,period,item,value,unit,doc,page\n"
        "甲,合并,BS,2025年6月末,流动资产：,,亿元,d1,7\n"
        "甲,合并,BS,2025年6月末,货币资金,2,亿元,d1,7\n"
        "甲,合并,IS,2025年1-6月,一、营业收入,3,亿元,d1,9\n"
        "甲,合并,IS,2024年度,一、营业收入,5,亿元,d1,9\n",
        dictionary,
    )

    assert [s.period.code for s in found.statements] == ["2025-06", "2024"]
    assert found.statements[0].figure("BS01", Moment.CLOSING) == 200_000_000
    assert found.statements[0].figure("IS02", Moment.CURRENT) == 300_000_000
    assert [row.text("page") for _, row in found.rows] == ["7", "7", "9", "9"]


def test_opening_columns_may_be_said(tmp_path: Path, dictionary: ItemDictionary) -> None:
    found = read(
        tmp_path,
        "enterprise,period,scope,item,value,栏次\n甲,2024,合并,资产总计,2,期末余额\n甲,2024,合并,资产总计,1,年初余额\n",
        dictionary,
        MoneyUnit.YUAN,
    )

    statement = found.statements[0]
    assert statement.figure("BS40", Moment.CLOSING) == 2
    assert statement.figure("BS40", Moment.OPENING) == 1
    assert found.findings == ()


def test_without_a_scope_the_accounts_are_taken_as_consolidated(
    tmp_path: Path, dictionary: ItemDictionary
) -> None:
    found = read(tmp_path, "enterprise,period,item,value\n甲,2024,资产总计,1\n", dictionary)

    assert found.statements[0].scope is Scope.CONSOLIDATED
    assert [(f.code, f.severity.value) for f in found.findings] == [("STM-013", "note")]


def test_every_fault_is_found_in_one_pass(tmp_path: Path, dictionary: ItemDictionary) -> None:
    with pytest.raises(tables.RefusedError) as refusal:
        read(
            tmp_path,
            "enterprise,period,scope,item,value\n"
            ",2024,合并,资产总计,1\n"
            "甲,2024-13,合并,资产总计,1\n"
            "甲,2024,合计,资产总计,1\n"
            "甲,2024,合并,,1\n"
            "甲,2024,合并,资产总计,一百\n"
            "甲,,合并,资产总计,1\n",
            dictionary,
        )

    assert [(f.code, f.locator.cell) for f in refusal.value.findings] == [
        ("STM-011", "A2"),
        ("STM-012", "B3"),
        ("STM-012", "C4"),
        ("STM-011", "D5"),
        ("IMP-NUM-001", "E6"),
        ("STM-011", "B7"),
    ]


def test_books_hold_one_enterprise_and_scope(tmp_path: Path, dictionary: ItemDictionary) -> None:
    found = read(
        tmp_path,
        "enterprise,period,scope,item,value\n甲,2024,合并,资产总计,2\n甲,2023,合并,资产总计,1\n乙,2024,单户,资产总计,3\n",
        dictionary,
    )

    books = found.books()

    assert list(books) == [("甲", Scope.CONSOLIDATED), ("乙", Scope.SINGLE)]
    opening = books["甲", Scope.CONSOLIDATED].find(
        dictionary.by_code["BS40"], "期初", Period.annual(2024)
    )
    assert opening is not None
    assert opening.value == Decimal(10000)
