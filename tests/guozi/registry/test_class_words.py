"""Every class value has English: every industry of the standards, every value the example city uses."""

import re

import pytest
import yaml

from guozi.demo import catalogue
from guozi.registry.class_words import class_words
from guozi.rulebooks import library, parsed
from guozi_core.findings import Wording

CHINESE = re.compile("[一-鿿　-〿＀-￯]")


def test_every_industry_of_the_standards_has_an_english_name_of_its_own() -> None:
    names = yaml.safe_load(library.read_industry_names())

    assert set(names) == set(parsed.standards().industries)
    assert len(set(names.values())) == len(names)
    assert [name for name in names.values() if CHINESE.search(name)] == []


@pytest.mark.parametrize(
    "value",
    [
        *{kind.nature for group in catalogue.GROUPS for kind in (group.kind, *group.subsidiaries)},
        "全行业", "大型企业", "中型企业", "小型企业", "正常经营", "国有独资公司", "国有全资公司",
        "国有控股公司",
    ],
)  # fmt: skip
def test_a_class_value_has_english(value: str) -> None:
    words = class_words(value)

    assert words.zh == value
    assert not CHINESE.search(words.en)


def test_a_county_keeps_its_name() -> None:
    assert class_words("云山县") == ("云山县", "云山县")


def test_a_step_to_an_upper_table_is_told_in_both_languages() -> None:
    found = parsed.standards().find(year=2025, industry="粮油仓储", scale="小型")

    assert [finding.message for finding in found.findings] == [
        Wording(
            zh="没有“粮油仓储·小型企业”的标准值，采用上一级“粮油仓储·全行业”",
            en="no table for Storage of grain and oil · Small; the nearest upper one is used: "
            "Storage of grain and oil · All sizes",
        )
    ]
