"""What the rulebook reader shows: every rule of a rulebook as one row with its clause and mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guozi.rulebooks import parsed
from guozi.ui.templatetags.guozi import in_english, said
from guozi_core.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi_core.checks import Check
    from guozi_core.rulebook import Source
    from guozi_core.scoring import (
        AdjustmentScale,
        EvaluationRulebook,
        SpecialCase,
        WeightedIndicator,
    )

#: Of a check that asserts the same for many lines the first ones are printed, the rest counted.
_ASSERTIONS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule as the reader shows it."""

    id: str
    group: str
    title: str
    text: str
    note: str
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
    for indicator in parsed.indicator_rulebook(rulebook_id).indicators:
        for calibre in indicator.calibres:
            several = len(indicator.calibres) > 1
            yield RuleEntry(
                id=indicator.identifier,
                group=indicator.part,
                title=(indicator.english if in_english() else indicator.name)
                + (f"（{said(calibre.title)}）" if several else ""),
                text=f"{calibre.formula.text}　〔{indicator.unit}〕",
                note=said(indicator.note) if indicator.note else "",
                source=clause_of(indicator.source),
                mark=indicator.source.mark,
            )


def clause_of(source: Source) -> str:
    """Return document, number and clause as one line."""
    return " ".join(p for p in (f"《{source.document}》", source.number, source.clause) if p)


def _check_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    for check in parsed.check_rulebook(rulebook_id).checks:
        yield RuleEntry(
            id=check.id,
            group="",
            title=said(check.title),
            text=_asserted(check),
            note=said(check.fix) if check.fix else "",
            source=clause_of(check.source),
            mark=check.source.mark,
        )


def _asserted(check: Check) -> str:
    shown = [
        f"{assertion.left.text} {assertion.relation} {assertion.right.text}"
        for assertion in check.assertions[:_ASSERTIONS_SHOWN]
    ]
    more = len(check.assertions) - len(shown)
    if more > 0:
        shown.append(_("……共%(count)s条同类核对") % {"count": len(check.assertions)})
    return "；\n".join(shown)


def _evaluation_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.evaluation_rulebook(rulebook_id)
    for part in book.parts:
        name = part.english if in_english() else part.name
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
        title=item.english if in_english() else item.name,
        text=_("最高%(points)s分") % {"points": plain(item.highest)},
        note=item.rule,
        source=clause_of(source),
        mark=source.mark,
    )


def _weighted(item: WeightedIndicator, group: str, source: Source) -> RuleEntry:
    unit = f"　〔{item.unit}〕" if item.unit else ""
    return RuleEntry(
        id=item.name,
        group=group,
        title=item.english if in_english() else item.name,
        text=f"{_('权数')} {plain(item.weight)}{unit}",
        note="",
        source=clause_of(source),
        mark=source.mark,
    )


def _special(case: SpecialCase, book: EvaluationRulebook) -> RuleEntry:
    outcomes = (
        (case.coefficient, _("系数取 %(value)s")),
        (case.correction, _("单项修正系数取 %(value)s")),
        (said(case.level.label) if case.level is not None else None, _("按%(value)s值计")),
        (case.value.text if case.value is not None else None, _("数值 = %(value)s")),
    )
    given, words = next((given, words) for given, words in outcomes if given is not None)
    return RuleEntry(
        id=case.id,
        group=_("特殊情形"),
        title=case.indicator,
        text=f"{case.when.text} → {words % {'value': given}}",
        note=said(case.reason),
        source=clause_of(book.sources["special"]),
        mark=case.mark,
    )


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
        yield RuleEntry(
            id=item.indicator, group=_("标准值的替代"), title=item.indicator,
            text=f"→ {item.standard}{factor}", note=said(item.reason), source="", mark=item.mark,
        )  # fmt: skip


def _item_entries() -> Iterator[RuleEntry]:
    for item in parsed.dictionary().by_code.values():
        yield RuleEntry(
            id=item.code,
            group=item.statement.value,
            title=item.english if in_english() else item.name,
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
