"""A rulebook that contradicts itself is refused, with the line."""

import pytest
from tests.core.checks.samples import shipped_dictionary, shipped_rulebook, shipped_text

from guozi_core.checks import Form, read_rulebook
from guozi_core.findings import Severity
from guozi_core.rulebook import RulebookError

SMALL = """
rulebook: small
family: checks
version: "1"
title: {zh: 小, en: small}
valid_from: 2024-01-01
sources: [{document: 编制说明, number: "", clause: 一, mark: M}]
tolerances:
  rounding: {title: {zh: 取整, en: rounding}, least: 1, each: 0.5, mark: K}
tables: {ledger: {zh: 台账, en: ledger}}
inputs: [{name: 台账余额, en: Ledger, needs: ledger}]
parameters: [{name: 上限, en: limit, id: limit, default: 5, unit: "%", mark: K}]
checks:
  - id: Y01
    title: {zh: 相等, en: equal}
    level: block
    tolerance: rounding
    left: 资产总计
    relation: "="
    right: 负债合计 + 所有者权益合计
    fix: {zh: 核对, en: check}
    mark: M
"""


def test_a_small_rulebook_is_read() -> None:
    rulebook = read_rulebook(SMALL, shipped_dictionary())

    (check,) = rulebook.checks
    (assertion,) = check.assertions
    assert (check.id, assertion.id, assertion.item) == ("Y01", "Y01", "BS40")
    assert assertion.level == {Form.FLASH: Severity.BLOCK, Form.FINAL: Severity.BLOCK}
    assert check.source.citation == "《编制说明》一"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("负债合计 + ", "负债合汁 + ", "没有名为“负债合汁”的项目，是否为“负债合计”"),
        ("资产总计\n", "上月期末(资产总计)\n", ""),
        ("left: 资产总计", "left: 期初(营业收入)", "“营业收入”没有“期初”"),
        ('relation: "="', 'relation: "≠"', "关系应为 =、≤ 或 ≥"),
        ("level: block", "level: fatal", "没有这个级别"),
        ("tolerance: rounding\n    left", "tolerance: exact\n    left", "没有这个容差"),
        ("    mark: M\n", "    mark: M\n    remark: x\n", "无法识别的键：remark"),
        ("needs: ledger", "needs: registre", "没有这张表"),
        ("name: 台账余额", "name: 资产总计", "名称已被使用"),
        ("name: 上限", "name: 台账余额", "名称已被使用"),
        ("left: 资产总计", "sums: [BS01]", "不是合计项目"),
        ("left: 资产总计", "each: {codes: [ZZ01]}\n    left: 项目", "没有这个项目"),
        ("    fix:", "    needs: [tax]\n    fix:", "没有这张表"),
        ("    mark: M\n", "    mark: M\n    document: 别的文件\n", "来源不在规则集的来源表中"),
    ],
)
def test_faults_are_found_with_their_line(old: str, new: str, message: str) -> None:
    assert SMALL.count(old) >= 1

    with pytest.raises(RulebookError) as caught:
        read_rulebook(SMALL.replace(old, new), shipped_dictionary())

    finding = caught.value.findings[0]
    assert message in finding.message.zh
    assert finding.locator.row is not None


def test_an_identifier_occurs_once() -> None:
    body = SMALL.split("checks:\n", 1)[1]

    with pytest.raises(RulebookError, match="occurs twice"):
        read_rulebook(SMALL + body, shipped_dictionary())


def test_every_assertion_has_its_own_identifier() -> None:
    names = [a.id for check in shipped_rulebook().checks for a in check.assertions]

    assert len(names) == len(set(names))
    assert len(names) > 800


def test_every_table_and_parameter_is_used() -> None:
    text = shipped_text().split("\nchecks:\n", 1)[1]
    rulebook = shipped_rulebook()

    unused = [name for name in (*rulebook.parameters, *rulebook.inputs) if name not in text]
    assert not unused
    assert {one.table for one in rulebook.inputs.values()} == set(rulebook.tables)


def test_no_parameter_hides_in_another_name() -> None:
    rulebook = shipped_rulebook()
    others = {*shipped_dictionary().by_name, *rulebook.inputs, *rulebook.terms}

    for parameter in rulebook.parameters:
        assert not any(parameter in name for name in others)
        assert not any(parameter in name for name in rulebook.parameters if name != parameter)


def test_every_check_says_how_far_its_source_is_confirmed() -> None:
    marks = {check.source.mark[0] for check in shipped_rulebook().checks}

    assert marks <= {"C", "P", "M", "K", "S"}
    assert all(rule.source.mark for rule in shipped_rulebook().tolerances.values())
