"""Bad formulas by their identifier, at both doors: ``guozi formula`` and the text of a rulebook.

The grammar itself is tested in tests/core/formula; docs/methods/bad-input.md says where every identifier is.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from guozi.cli import main
from guozi.rulebooks import library, parsed
from guozi_core import checks, indicators
from guozi_core.rulebook import RulebookError

if TYPE_CHECKING:
    from pathlib import Path

#: A formula and the code it is refused by.
REFUSED = {
    "M01 power": ("9**9**9", "FRM-OPERATOR"),
    "M02 repeated text": ('"a"*10**9', "FRM-OPERATOR"),
    "M02 text": ('"a"*10', "FRM-STRING"),
    "M03 attribute": ("().__class__.__bases__[0]", "FRM-ATTRIBUTE"),
    "M04 import": ("__import__('os')", "FRM-STRING"),
    "M05 comprehension": ("[x for x in range(10)]", "FRM-ATTRIBUTE"),
    "M05 comprehension with a power": ("[x for x in range(10**9)]", "FRM-OPERATOR"),
    "M06 brackets": ("(" * 300 + "1" + ")" * 300, "FRM-LIMIT"),
    "M06 terms": ("+".join(["1"] * 5000), "FRM-LIMIT"),
    "M06 calls": ("绝对值(" * 300 + "1" + ")" * 300, "FRM-LIMIT"),
    "M09 exponent": ("1e308*10", "FRM-EXPONENT"),
}
RULE = """
rulebook: small
family: checks
version: "1"
title: {zh: 小, en: small}
valid_from: 2024-01-01
sources: [{document: 编制说明, number: "", clause: 一, mark: M}]
tolerances:
  rounding: {title: {zh: 取整, en: rounding}, least: 1, each: 0.5, mark: K}
checks:
  - id: Y01
    title: {zh: 相等, en: equal}
    level: block
    tolerance: rounding
    left: 资产总计
    relation: "="
    right: FORMULA
    fix: {zh: 核对, en: check}
    mark: M
"""


@pytest.fixture
def values(tmp_path: Path) -> str:
    path = tmp_path / "values.csv"
    path.write_text("id,营业收入,营业成本\n一,100,0\n", encoding="utf-8")
    return str(path)


def answer(formula: str, values: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["formula", formula, values, "--lang", "zh"]) == 0
    row: dict[str, Any] = json.loads(capsys.readouterr().out)["rows"][0]
    return row


@pytest.mark.parametrize(("formula", "code"), REFUSED.values(), ids=REFUSED)
def test_refused_at_the_command_line(
    formula: str, code: str, values: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    assert main(["formula", formula, values, "--lang", "zh"]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"[{code}] ")
    assert "个字符）" in told.err
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("formula", "code"), REFUSED.values(), ids=REFUSED)
def test_refused_in_a_rulebook(formula: str, code: str) -> None:
    """The finding names the line of the rule and the character of the formula."""
    text = RULE.replace("FORMULA", json.dumps(formula, ensure_ascii=False))

    with pytest.raises(RulebookError) as refused:
        checks.read_rulebook(text, parsed.dictionary())

    (finding,) = refused.value.findings
    assert finding.locator.row is not None
    assert "个字符" in finding.message.zh, code


def test_a_rulebook_without_such_a_formula_is_read() -> None:
    text = RULE.replace("FORMULA", "负债合计 ＋ （所有者权益合计）")

    assert [check.id for check in checks.read_rulebook(text, parsed.dictionary()).checks] == ["Y01"]


@pytest.mark.parametrize("formula", ["1/0", "营业收入/营业成本"])
def test_m07_division_by_zero(
    formula: str, values: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = answer(formula, values, capsys)

    assert (row["value"], row["status"]) == (None, "not_computable")
    assert row["reason"].startswith("除数为零")


@pytest.mark.parametrize(
    ("case", "formula", "value"),
    [
        ("M08 exact decimals", "0.1+0.2=0.3", True),
        ("M09 large product", "1" + "0" * 30 + "×1" + "0" * 20, "1" + "0" * 50),
        ("M06 fifty brackets", "(" * 49 + "1" + ")" * 49, "1"),
    ],
)
def test_exact(
    case: str, formula: str, value: object, values: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(formula, values, capsys)["value"]

    assert found == value or (isinstance(found, str) and int(found) == int(str(value))), case


def test_m10_unknown_name(values: str, capsys: pytest.CaptureFixture[str]) -> None:
    """M10: the nearest name is told, by a row of the answer and by the rulebook."""
    assert "是否为“营业收入”" in answer("营业收人", values, capsys)["reason"]

    with pytest.raises(RulebookError) as refused:
        checks.read_rulebook(RULE.replace("FORMULA", "负债合汁"), parsed.dictionary())
    assert "是否为“负债合计”" in refused.value.findings[0].message.zh


@pytest.mark.parametrize(
    ("first", "second"), [("乙项 + 1", "甲项"), ("甲项 + 1", "甲项")], ids=["two", "itself"]
)
def test_m11_terms_in_a_circle(first: str, second: str) -> None:
    """M11: a term knows only the terms before it, so a circle stops at the line where it begins."""
    terms = "".join(
        f'  - {{name: {name}, en: {code}, id: {code}, formula: "{formula}", mark: M}}\n'
        for name, code, formula in (("甲项", "first", first), ("乙项", "second", second))
    )
    text = library.read_text("indicators", "indicators-2025").replace(
        "terms:\n", f"terms:\n{terms}", 1
    )

    with pytest.raises(RulebookError) as refused:
        indicators.read_rulebook(text, parsed.dictionary())

    finding = refused.value.findings[0]
    assert finding.got == first
    assert first.split(maxsplit=1)[0] in finding.message.zh
    assert finding.locator.row is not None
