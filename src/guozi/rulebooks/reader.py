"""What the rulebook reader shows: every rule of a rulebook as one row with its clause and mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guozi.rulebooks import parsed
from guozi.ui.templatetags.guozi import bracketed, in_english, name_of, said
from guozi_core.findings import Wording
from guozi_core.formula import in_english as in_english_words
from guozi_core.indicators import MONEY
from guozi_core.units import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guozi_core.rulebook import Source
    from guozi_core.scoring import (
        AdjustmentScale,
        EvaluationRulebook,
        SpecialCase,
        WeightedIndicator,
    )

#: Of a check that asserts the same for many lines the first ones are printed, the rest counted.
_ASSERTIONS_SHOWN = 4
#: The parts of the indicator rulebooks.
_PARTS = {
    "盈利能力状况": Wording("盈利能力状况", "Profitability"),
    "资产质量状况": Wording("资产质量状况", "Asset quality"),
    "债务风险状况": Wording("债务风险状况", "Debt risk"),
    "经营增长状况": Wording("经营增长状况", "Growth"),
    "盈利回报指标": Wording("盈利回报指标", "Profit and return"),
    "资产运营指标": Wording("资产运营指标", "Use of assets"),
    "风险防控指标": Wording("风险防控指标", "Risk control"),
    "持续发展指标": Wording("持续发展指标", "Lasting development"),
    "补充指标": Wording("补充指标", "Supplementary indicators"),
    "参考指标": Wording("参考指标", "Reference indicators"),
    "规模": Wording("规模", "Size"),
    "偿债": Wording("偿债", "Solvency"),
    "盈利": Wording("盈利", "Profit"),
    "营运": Wording("营运", "Operation"),
}
#: Conditions of special cases name operands that every indicator rulebook knows.
_ANY = "indicators-2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule as the reader shows it."""

    id: str
    group: str
    title: str
    text: str
    note: str
    #: The text again with its names in English, for an English page.
    english: str = ""
    unit: str = ""
    source: str
    mark: str


def entries_of(family: str, rulebook_id: str) -> Iterator[RuleEntry]:
    """Yield the rules of a rulebook in the order of its text."""
    if family == "indicators":
        yield from _indicator_entries(rulebook_id)
    elif family == "checks":
        yield from _check_entries(rulebook_id)
    elif family == "evaluation":
        yield from _evaluation_entries(rulebook_id)
    elif family == "plans":
        yield from _plan_entries(rulebook_id)
    elif family == "items":
        yield from _item_entries()
    else:
        yield from _form_entries(rulebook_id)


def _indicator_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.indicator_rulebook(rulebook_id)
    for indicator in book.indicators:
        for calibre in indicator.calibres:
            several = len(indicator.calibres) > 1
            yield RuleEntry(
                id=indicator.identifier,
                group=said(_PARTS.get(indicator.part, Wording(indicator.part, indicator.part))),
                title=name_of(indicator) + (bracketed(said(calibre.title)) if several else ""),
                text=calibre.formula.text,
                english=_english(calibre.formula.text, book.english_of),
                unit="元" if indicator.unit == MONEY else indicator.unit,
                note=said(indicator.note) if indicator.note else "",
                source=clause_of(indicator.source),
                mark=indicator.source.mark,
            )


def _english(formula: str, english_of: Callable[[str], str]) -> str:
    """Return a formula with its names in English on an English page, nothing on a Chinese one."""
    return in_english_words(formula, english_of) if in_english() else ""


def _in_words(condition: str) -> str:
    """Return the condition of a special case in the language of the page."""
    return _english(condition, parsed.indicator_rulebook(_ANY).english_of) or condition


def clause_of(source: Source) -> str:
    """Return document, number and clause as one line; the project's own rules name no document."""
    title = f"《{source.document}》" if source.document else ""
    return " ".join(part for part in (title, source.number, source.clause) if part)


def _check_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.check_rulebook(rulebook_id)
    for check in book.checks:
        shown = [
            f"{assertion.left.text} {assertion.relation} {assertion.right.text}"
            for assertion in check.assertions[:_ASSERTIONS_SHOWN]
        ]
        more = len(check.assertions) > len(shown)
        counted = [_("……共%(count)s条同类核对") % {"count": len(check.assertions)}] if more else []
        in_words = [_english(text, book.english_of) for text in shown]
        yield RuleEntry(
            id=check.id,
            group="",
            title=said(check.title),
            text="；\n".join(shown if in_english() else [*shown, *counted]),
            english="\n".join([*in_words, *counted]) if in_english() else "",
            note=said(check.fix) if check.fix else "",
            source=clause_of(check.source),
            mark=check.source.mark,
        )


def _evaluation_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.evaluation_rulebook(rulebook_id)
    for part in book.parts:
        name = name_of(part)
        for role, items in ((_("基本指标"), part.basic), (_("修正指标"), part.corrections)):
            for item in items:
                yield _weighted(item, f"{name} · {role}", book.sources["parts"])
    for case in book.special:
        yield _special(case, book)
    for level, coefficient in book.coefficients.items():
        yield _number(
            said(level.label), plain(coefficient), _("标准系数"), book.sources["coefficients"]
        )
    yield from _correction_entries(book)
    for item in book.management:
        yield _weighted(item, _("管理绩效定性评价"), book.sources["management"])
    if book.management:
        yield _number(
            _("最少专家人数"), f"{book.least_experts}", _("管理绩效定性评价"),
            book.sources["management"],
        )  # fmt: skip
    yield from _adjustment_entries(book)
    for grade, entry in book.grades:
        text = _("%(score)s分起（含）") % {"score": plain(entry)}
        yield _number(grade, text, _("级别"), book.sources["grades"])


def _correction_entries(book: EvaluationRulebook) -> Iterator[RuleEntry]:
    group, source = _("修正"), book.sources["correction"]
    yield _number(_("单项修正系数基数"), plain(book.correction_base), group, source)
    at_excellent = plain(book.correction_base_at_excellent)
    yield _number(_("达到优秀值时的基数"), at_excellent, group, source)
    limits = f"{plain(book.correction_lowest)} — {plain(book.correction_highest)}"
    yield _number(_("单项修正系数限值（含）"), limits, group, source)
    group, source = _("合成"), book.sources["combination"]
    yield _number(_("财务绩效占比"), plain(book.financial_share), group, source)
    yield _number(_("管理绩效占比"), plain(book.management_share), group, source)
    limits = f"{plain(book.lowest)} — {plain(book.highest)}"
    yield _number(_("得分限值（含）"), limits, group, source)


def _adjustment_entries(book: EvaluationRulebook) -> Iterator[RuleEntry]:
    scales = book.adjustments
    group, source = _("加分"), book.sources["bonus"]
    yield from (_scale(item, group, source) for item in scales.bonus)
    text = _("合计最高%(points)s分") % {"points": plain(scales.highest_bonus)}
    yield _number(_("加分限额"), text, group, source)
    text = _("加分前达到%(score)s分的，实际加分 =（1 − 得分%%）× %(factor)s × 加分合计") % {
        "score": plain(scales.damped_from),
        "factor": plain(scales.damping_factor),
    }
    yield _number(_("高分折减"), text, group, source)
    group, source = _("扣分"), book.sources["deductions"]
    yield from (_scale(item, group, source) for item in scales.deduction)


def _scale(item: AdjustmentScale, group: str, source: Source) -> RuleEntry:
    return RuleEntry(
        id="",
        group=group,
        title=name_of(item),
        text=_("最高%(points)s分") % {"points": plain(item.highest)},
        note="" if in_english() else item.rule,
        source=clause_of(source),
        mark=source.mark,
    )


def _weighted(item: WeightedIndicator, group: str, source: Source) -> RuleEntry:
    return RuleEntry(
        id=item.name,
        group=group,
        title=name_of(item),
        text=f"{_('权数')} {plain(item.weight)}",
        unit=item.unit,
        note="",
        source=clause_of(source),
        mark=source.mark,
    )


def _special(case: SpecialCase, book: EvaluationRulebook) -> RuleEntry:
    outcomes = (
        (case.coefficient, _("系数取 %(value)s")),
        (case.correction, _("单项修正系数取 %(value)s")),
        (said(case.level.label) if case.level is not None else None, _("按%(value)s值计")),
        (
            _in_words(case.value.text) if case.value is not None else None,
            _("数值 = %(value)s"),
        ),
    )
    given, words = next((given, words) for given, words in outcomes if given is not None)
    return RuleEntry(
        id=case.id,
        group=_("特殊情形"),
        title=_name_of(case.indicator, book),
        text=f"{_in_words(case.when.text)} → {words % {'value': given}}",
        note=said(case.reason),
        source=clause_of(book.sources["special"]),
        mark=case.mark,
    )


def _name_of(indicator: str, book: EvaluationRulebook) -> str:
    english = {item.name: item.english for item in book.indicators}
    return english.get(indicator, indicator) if in_english() else indicator


def _number(title: str, text: str, group: str, source: Source) -> RuleEntry:
    return RuleEntry(
        id="", group=group, title=title, text=text, note="",
        source=clause_of(source), mark=source.mark,
    )  # fmt: skip


def _plan_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    plan = parsed.plan(rulebook_id)
    group = _("所用规则集")
    evaluation = parsed.evaluation_rulebook(plan.evaluation).header
    indicators = parsed.indicator_rulebook(plan.indicators).header
    for title, header in ((_("综合评价"), evaluation), (_("指标"), indicators)):
        yield RuleEntry(
            id=header.id, group=group, title=title, text=said(header.title),
            note="", source="", mark="",
        )  # fmt: skip
    yield RuleEntry(
        id="", group=group, title=_("评价标准值"), text=str(plan.edition),
        note="", source="", mark="",
    )  # fmt: skip
    for item in plan.stand_ins.values():
        factor = "" if item.factor == 1 else f" × {plain(item.factor)}"
        book = parsed.evaluation_rulebook(plan.evaluation)
        yield RuleEntry(
            id=item.indicator, group=_("标准值的替代"), title=_name_of(item.indicator, book),
            text=f"→ {item.standard}{factor}", note=said(item.reason), source="", mark=item.mark,
        )  # fmt: skip


def _item_entries() -> Iterator[RuleEntry]:
    for item in parsed.dictionary().by_code.values():
        yield RuleEntry(
            id=item.code,
            group=item.statement.value,
            title=name_of(item),
            text="、".join(item.aliases),
            note="",
            source="",
            mark="",
        )


def _form_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    for sheet in parsed.form(rulebook_id).sheets:
        for line in sheet.lines:
            if line.item is not None:
                yield RuleEntry(
                    id=line.item.code,
                    group=said(sheet.title),
                    title=(line.english if in_english() else line.label).strip("　 "),
                    text=_("必填") if line.required else "",
                    note="",
                    source="",
                    mark="",
                )
