"""Anticipated reasons not to act, each with a code and a sentence in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.scoring import shown

if TYPE_CHECKING:
    from decimal import Decimal


class EvaluationRefusedError(Exception):
    """A step is refused."""

    def __init__(self, code: str, reason: Wording) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason.en)


NOT_WHOLE_CITY = Wording(
    "全市评价需要查看全部企业的权限，否则排名不完整",
    "evaluating the city needs sight of every enterprise, else the ranking is incomplete",
)
OWN_RUN = Wording(
    "发布人不能是计算人，请由另一人发布",
    "a run is published by somebody other than the person who made it",
)
ALREADY_PUBLISHED = Wording("该评价已发布", "this run has been published already")
NOTHING_FILED = Wording(
    "该期间没有已报送的报表，未计算", "nothing was filed for this period; nothing was computed"
)
NO_REASON_GIVEN = Wording("请填写依据", "give the evidence")
UNKNOWN_ITEM = Wording("评价规则中没有该项目", "the evaluation rulebook has no such item")
OUT_OF_RANGE = Wording("分数超出规定范围", "the points are out of the permitted range")
TAKEN_BACK = Wording("该项目已撤销", "the item was taken back already")
SAME_SCORES = Wording("与现有评分相同，没有改动", "these scores stand already; nothing was changed")
NO_SUCH_EXPERT = Wording(
    "该专家没有有效评分，可能已被撤销",
    "no score of this expert stands; it may have been taken back",
)


def points_beyond(highest: Decimal) -> Wording:
    """Return what points an item may have."""
    most = shown(highest)
    return Wording(
        f"分值应大于 0 且不超过该项目最高 {most} 分",
        f"the points must be above 0 and at most {most}, the highest of this item",
    )
