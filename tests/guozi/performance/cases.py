"""A year of statements of one enterprise (the worked case of the rules), sealed, at any scale."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guozi.access.roles import Role
from guozi.access.viewer import Grant, Viewer
from guozi.audit.services import Subject, record
from guozi.filings.books import content_hash
from guozi.filings.models import Figure, Version
from guozi.rulebooks import parsed

if TYPE_CHECKING:
    from guozi.registry.models import Enterprise

AT = datetime(2025, 3, 1, 3, tzinfo=UTC)
WAN = 1_000_000
#: 万元: opening and closing of balances, prior and current of flows.
YEAR: dict[str, tuple[int | None, int]] = {
    "资产总计": (200_000, 230_000),
    "流动资产合计": (80_000, 92_000),
    "存货": (20_000, 24_000),
    "应收账款": (11_000, 13_000),
    "应收账款坏账准备": (1_000, 1_400),
    "负债合计": (124_000, 140_000),
    "流动负债合计": (70_000, 76_000),
    "短期借款": (26_000, 28_000),
    "一年内到期的非流动负债": (7_000, 8_000),
    "长期借款": (32_000, 34_000),
    "应付债券": (10_000, 10_000),
    "应付利息": (500, 600),
    "所有者权益合计": (76_000, 90_000),
    "实收资本": (40_000, 45_000),
    "资本公积": (10_000, 11_000),
    "国有资本及权益总额": (70_000, 79_000),
    "国家、国有单位直接或追加投资": (None, 5_000),
    "无偿划入": (None, 1_000),
    "企业按规定上缴红利": (None, 900),
    "资产减值准备余额": (None, 3_200),
    "潜亏挂账": (None, 600),
    "未处理资产损失": (None, 400),
    "担保余额": (None, 2_400),
    "已贴现承兑汇票": (None, 300),
    "被诉事项金额": (None, 200),
    "营业收入": (114_000, 129_000),
    "营业成本": (91_500, 102_000),
    "税金及附加": (1_000, 1_200),
    "销售费用": (None, 3_000),
    "管理费用": (None, 7_500),
    "研发费用": (None, 1_100),
    "财务费用": (None, 4_300),
    "利息支出": (None, 4_200),
    "营业利润": (9_000, 10_500),
    "利润总额": (9_100, 10_700),
    "所得税费用": (None, 2_600),
    "净利润": (None, 8_100),
    "经营活动产生的现金流量净额": (None, 9_400),
    "科技支出合计": (None, 1_100),
    "研发经费投入": (None, 1_100),
    "劳动生产总值": (None, 40_000),
}
PEOPLE = {"平均职工人数": 1_500}


def someone(user_id: int, role: Role, *ids: int) -> Viewer:
    limited = role in {Role.REPORTER, Role.SIGNATORY, Role.SUPERVISOR, Role.AUDITOR}
    return Viewer(
        user_id=user_id,
        name=f"{role.label.zh}{user_id}",
        grants=(Grant(role=role, enterprise_ids=frozenset(ids) if limited else None),),
    )


def year_of(**changed: int) -> dict[tuple[str, str], int]:
    """Return the figures in hundredths; ``changed`` gives other closing or current amounts (万元)."""
    items = parsed.dictionary().by_name
    figures = {}
    for name, (before, now) in YEAR.items():
        item = items[name]
        first, second = ("o", "e") if item.kind.name == "STOCK" else ("p", "c")
        figures[item.code, second] = changed.get(name, now) * WAN
        if before is not None:
            figures[item.code, first] = before * WAN
    for name, count in PEOPLE.items():
        figures[items[name].code, "c"] = count * 100
    return figures


def seal(
    enterprise: Enterprise,
    figures: dict[tuple[str, str], int],
    *,
    period: str = "2024",
    number: int = 1,
    scope: str = "单户",
) -> Version:
    """Seal figures as a version, past the cross-checks."""
    digest = content_hash(
        figures, enterprise=enterprise.uscc, form="financial-final", period=period, scope=scope
    )
    version = Version.objects.create(
        enterprise=enterprise,
        form="financial-final",
        form_version="1",
        period=period,
        scope=scope,
        number=number,
        state="submitted",
        current=True,
        content_sha256=digest,
        submitted_at=AT,
        submitted_by_name="测试",
    )
    Figure.objects.bulk_create(
        Figure(version=version, enterprise=enterprise, item=item, moment=moment, amount=amount)
        for (item, moment), amount in figures.items()
    )
    record(action="filings.submitted", subject=Subject("filings.Version", str(version.pk)), at=AT)
    return version
