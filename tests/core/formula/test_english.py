"""A formula in English: its names and functions, nothing else."""

import pytest

from guozi_core.formula import in_english

NAMES = {"净利润": "Net profit", "数据资源(存货)": "Data resources in inventories", "数值": "value"}


@pytest.mark.parametrize(
    ("formula", "english"),
    [
        ("净利润 ÷ 平均(净利润) × 100", "Net profit ÷ average(Net profit) × 100"),
        (
            "「数据资源(存货)」 ＋ 上年末（净利润）",
            "Data resources in inventories + last year end(Net profit)",
        ),
        ("数值 ≥ 100 且 非 有值(数值)", "value ≥ 100 and not has_value(value)"),
        ("缺省(净利润，0)", "default(Net profit, 0)"),
        ("division by zero: 净利润 ÷ 甲", "division by zero: Net profit ÷ 甲"),
    ],
)
def test_formula_is_told_in_english(formula: str, english: str) -> None:
    assert in_english(formula, lambda name: NAMES.get(name, name)) == english
