"""Decoration of printed names is removed, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.statements import fold


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("货币资金", "货币资金"),
        ("　货 币 资 金 ", "货币资金"),
        ("流动资产：", "流动资产"),
        ("流动资产:", "流动资产"),
        ("一、营业总收入", "营业总收入"),
        ("（一）按经营持续性分类", "按经营持续性分类"),
        ("(1)应收利息", "应收利息"),
        ("1、应收利息", "应收利息"),
        ("①应收利息", "应收利息"),
        ("其中：△利息收入", "利息收入"),
        ("△☆ 拆出资金", "拆出资金"),
        ("▲应收保费", "应收保费"),
        ("加:其他收益", "其他收益"),
        ("减：库存股", "库存股"),
        ("投资收益（损失以“-”号填列）", "投资收益"),
        ("公允价值变动收益（损失以－号填“”列）", "公允价值变动收益"),
        ("持续经营净利润（净亏损以号填列）1.“-”", "持续经营净利润"),
        ("归属于母公司所有者的净利润1.", "归属于母公司所有者的净利润"),
        ("实收资本（或股本）", "实收资本"),
        ("所有者权益（或股东权益）合计", "所有者权益合计"),
        ("基本每股收益（元/股）", "基本每股收益"),
        ("货币资金（附注五、1）", "货币资金"),
        ("收到的其他与经营活动有关的现金", "收到其他和经营活动有关的现金"),
        ("收回投资所收到的现金", "收回投资收到的现金"),
        ("Ｒ＆Ｄ经费投入", "R&D经费投入"),
    ],
)
def test_decoration_is_removed(printed: str, key: str) -> None:
    assert fold(printed).key == key


@pytest.mark.parametrize(
    "name",
    [
        "减值准备余额",
        "一年内到期的非流动负债",
        "1年以内应收账款",
        "加工费",
        "股本(实收资本)",
        "所得税费用",
    ],
)
def test_names_that_look_like_decoration_stay(name: str) -> None:
    assert fold(name).key == name


def test_marks_are_remembered() -> None:
    name = fold("其中：△利息收入")

    assert (name.of_which, name.marked_financial, name.subtracted) == (True, True, False)
    assert fold("减：库存股").subtracted


@given(st.text(alphabet="货币资金（）()：:、一二1.△减加其中 　-号填列", max_size=30))
def test_a_folded_name_is_not_decorated(text: str) -> None:
    key = fold(text).key

    assert not key.startswith((":", "△", "-", " "))
    assert not key.endswith((":", "、", "-", " "))
    assert "　" not in key


@given(
    numbering=st.sampled_from(["", "一、", "（二）", "3.", "4、", "(5)", "⑥"]),
    lead=st.sampled_from(["", "其中：", "加：", "减:", "△", "其中：△"]),
    blank=st.sampled_from(["", " ", "　", "\u200b"]),
    colon=st.sampled_from(["", "：", ":"]),
)
def test_any_usual_decoration_leads_to_the_same_key(
    numbering: str, lead: str, blank: str, colon: str
) -> None:
    assert fold(f"{blank}{numbering}{lead}利{blank}润总额{colon}").key == "利润总额"
