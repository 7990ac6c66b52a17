"""Origins: a total rests on parts, a part on indicators, an indicator on sealed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from guozi.access.templatetags.access import actor
from guozi.filings.indicators import (
    USUAL,
    clause_text,
    formula_text,
    inputs_of,
    sentences_of,
)
from guozi.performance.labels import TOTALS, group_label, standards_label
from guozi.performance.sheet import sheet_of
from guozi.rulebooks import parsed
from guozi.ui.provenance import Origin, OriginLink
from guozi.ui.templatetags.guozi import (
    chinese,
    colon,
    name_of,
    number_text,
    said,
    square,
    when,
)
from guozi_core import scoring
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.performance.recomputing import Recomputed
    from guozi.performance.selectors import Improvement
    from guozi.performance.sheet import SheetPart
    from guozi_core.scoring import BasicScore, Correction

_PLACES = 4
_CLAUSE_OF = {
    "basic_total": "parts",
    "corrected_total": "correction",
    "management_total": "management",
    "composite": "combination",
    "bonus": "bonus",
    "deductions": "deductions",
    "final": "grades",
}
#: From what a total is put together.
_BELOW = {
    "composite": ("corrected_total", "management_total"),
    "final": ("composite", "bonus", "deductions"),
    "bonus": ("composite",),
}


def indicator_origin(again: Recomputed, identifier: str) -> Origin | None:
    """Return where an indicator comes from and how it was scored; ``None`` if there is none."""
    computed = next(
        (
            item
            for item in again.evaluated.indicators.values()
            if item.indicator.identifier == identifier
        ),
        None,
    )
    if computed is None:
        return None
    name = computed.indicator.name
    scored = _scored(again, name)
    rulebook = again.basis.indicators
    sentences = list(sentences_of(computed.steps, rulebook)) if computed.steps is not None else []
    if computed.value is None and computed.reason is not None:
        sentences.append(said(computed.reason))
    sentences += [said(note) for note in computed.notes]
    sentences += _scoring_sentences(again, name)
    english = Wording(name, computed.indicator.english)
    return Origin(
        title=f"{said(english)} · {again.result.run.period} · {name_of(again.result.enterprise)}",
        value=number_text(computed.value),
        unit=computed.indicator.unit,
        formula=formula_text(computed, rulebook),
        sentences=tuple(sentences),
        clauses=tuple(_clauses(again, scored, clause_text(computed.indicator.source))),
        facts=tuple(_standard_facts(again, name)),
        inputs=tuple(inputs_of(computed, dict(again.versions))),
        links=links(again),
    )


def total_origin(again: Recomputed, name: str) -> Origin | None:
    """Return where a total comes from; ``None`` if there is no such total."""
    if name not in TOTALS:
        return None
    value = getattr(again.evaluated.evaluation, name)
    if value is None:
        return None
    result = again.result
    rulebook = again.basis.rulebook
    return Origin(
        title=f"{said(TOTALS[name])} · {result.run.period} · {name_of(result.enterprise)}",
        value=number_text(value, _PLACES),
        unit=_("分"),
        sentences=tuple(_total_sentences(again, name)),
        clauses=(clause_text(rulebook.sources[_CLAUSE_OF[name]]),),
        facts=tuple(run_facts(again)),
        inputs=tuple(_total_inputs(again, name)),
        links=links(again),
    )


def part_origin(again: Recomputed, number: int) -> Origin | None:
    """Return where the points of a part come from; ``None`` if there is no such part."""
    parts = sheet_of(again).parts
    if not 1 <= number <= len(parts):
        return None
    part = parts[number - 1]
    scored = again.evaluated.evaluation.parts[number - 1]
    result, sources = again.result, again.basis.rulebook.sources
    sentences = scoring.explain(again.evaluated.evaluation, rulebook=again.basis.rulebook)
    start = f"{scored.part.name}："
    return Origin(
        title=f"{part.name} · {result.run.period} · {name_of(result.enterprise)}",
        value=part.corrected,
        unit=_("分"),
        sentences=tuple(said(words) for words in sentences if words.zh.startswith(start)),
        clauses=(clause_text(sources["parts"]), clause_text(sources["correction"])),
        facts=tuple(run_facts(again)),
        inputs=tuple(_line_inputs(part, with_corrections=True)),
        links=links(again),
    )


def improvement_origin(again: Recomputed, improvement: Improvement) -> Origin | None:
    """Return what the improvement degree (绩效改进度) compares; ``None`` where it has no value."""
    result, base = again.result, improvement.base
    if improvement.degree is None:
        return None
    now, then = number_text(result.final, _PLACES), number_text(base.final, _PLACES)
    degree = number_text(improvement.degree, _PLACES)
    title = _("绩效改进度")
    return Origin(
        title=f"{title} · {result.run.period} · {name_of(result.enterprise)}",
        value=degree,
        unit="",
        formula="绩效改进度 = 本期绩效评价分数 ÷ 基期绩效评价分数",
        sentences=(
            f"{now} ÷ {then} = {degree}",
            _("大于 1 为改进，小于 1 为下降。"),
        ),
        facts=tuple(run_facts(again)),
        inputs=tuple(
            OriginLink(
                label=f"{said(TOTALS['final'])} · {item.run.period}",
                value=number_text(item.final, _PLACES),
                unit=_("分"),
                url=reverse(
                    "performance:total-from", args=[item.run_id, item.enterprise.uscc, "final"]
                ),
            )
            for item in (result, base)
        ),
        links=links(again),
    )


def _scored(again: Recomputed, name: str) -> BasicScore | Correction | None:
    evaluation = again.evaluated.evaluation
    both: tuple[BasicScore | Correction, ...] = (*evaluation.basic, *evaluation.corrections)
    return next((item for item in both if item.indicator.name == name), None)


def _scoring_sentences(again: Recomputed, name: str) -> list[str]:
    """Return the sentences of the score sheet that are about one indicator."""
    sentences = scoring.explain(again.evaluated.evaluation, rulebook=again.basis.rulebook)
    return [said(words) for words in sentences if words.zh.startswith(f"{name}：")]


def _clauses(
    again: Recomputed, scored: BasicScore | Correction | None, definition: str
) -> Iterator[str]:
    rulebook = again.basis.rulebook
    yield definition
    yield clause_text(rulebook.sources["coefficients"])
    if scored is not None and scored.indicator not in {
        item for part in rulebook.parts for item in part.basic
    }:
        yield clause_text(rulebook.sources["correction"])
    if scored is not None and scored.case is not None:
        reason = said(scored.case.reason)
        yield f"{scored.case.id} {reason} {square(scored.case.mark)}"
        yield clause_text(rulebook.sources["special"])


def _standard_facts(again: Recomputed, name: str) -> Iterator[tuple[str, str]]:
    found = again.evaluated.found
    standard = again.evaluated.standards.get(name)
    yield _("标准值"), f"{found.year} · {said(standards_label(found.industry, found.scale))}"
    if standard is None:
        yield _("五档"), _("没有公布")
    else:
        for level, value in standard.values.items():
            yield said(level.label), scoring.shown(value)
    stand_in = again.basis.plan.stand_ins.get(name)
    if stand_in is not None:
        english = parsed.indicator_rulebook(USUAL).english_of(stand_in.standard)
        other = said(Wording(stand_in.standard, english))
        yield _("替代"), f"{colon(other)}{said(stand_in.reason)} {square(stand_in.mark)}"
    for finding in found.findings:
        yield _("提示"), said(finding.message)


def run_facts(again: Recomputed) -> Iterator[tuple[str, str]]:
    run = again.result.run
    yield _("评价方案"), said(run.plan_title)
    yield _("计算"), format_html("{} {}", actor(run.created_by_name), when(run.created_at))
    if again.result.rank is not None:
        group = said(group_label(again.result.group))
        yield _("名次"), f"{group} {again.result.rank} / {again.result.group_size}"
    yield _("结果摘要"), f"SHA-256 {run.results_sha256}"
    rulebook = parsed.plan(run.plan).evaluation
    yield _("规则摘要"), f"{rulebook} SHA-256 {run.fingerprints['evaluation']}"


def _total_sentences(again: Recomputed, name: str) -> list[str]:
    """Return the sentences of the score sheet that lead to one total."""
    sentences = scoring.explain(again.evaluated.evaluation, rulebook=again.basis.rulebook)
    starts = {
        "basic_total": tuple(
            f"{part.part.name}：基本指标得分" for part in again.evaluated.evaluation.parts
        ),
        "corrected_total": (
            *(f"{part.part.name}：" for part in again.evaluated.evaluation.parts),
            "财务绩效定量评价分数",
        ),
        "management_total": tuple(f"{item.name}：" for item in again.basis.rulebook.management),
        "composite": ("综合绩效评价分数",),
        "bonus": ("加分",),
        "deductions": (),
        "final": ("加分", "最终得分"),
    }[name]
    return [said(words) for words in sentences if words.zh.startswith(starts)]


def _total_inputs(again: Recomputed, name: str) -> Iterator[OriginLink]:
    sheet = sheet_of(again)
    below = {total.key: total for total in sheet.totals}
    for key in _BELOW.get(name, ()):
        total = below.get(key)
        if total is not None:
            yield OriginLink(label=total.name, value=total.text, unit=_("分"), url=total.url)
    if name in {"bonus", "deductions"}:
        for item in sheet.adjustments:
            if name.startswith(item.kind):
                label = format_html("{} · {}", item.name, chinese(item.evidence))
                yield OriginLink(label=label, value=item.points, unit=_("分"))
    if name == "management_total":
        for score in sheet.management:
            counted = _("%(name)s（%(count)s名专家）") % {
                "name": score.name,
                "count": score.experts,
            }
            yield OriginLink(label=counted, value=score.points, unit=_("分"), url=score.url)
    if name in {"basic_total", "corrected_total"}:
        for part in sheet.parts:
            yield from _line_inputs(part, with_corrections=name == "corrected_total")


def _line_inputs(part: SheetPart, *, with_corrections: bool) -> Iterator[OriginLink]:
    """Yield basic scores in points and, if asked, the weighted correction coefficients."""
    for line in part.basic:
        yield OriginLink(label=line.name, value=line.score, unit=_("分"), url=line.url)
    for line in part.corrections if with_corrections else ():
        yield OriginLink(label=line.name, value=line.score, unit="", url=line.url)


def links(again: Recomputed) -> tuple[tuple[str, str], ...]:
    result = again.result
    sheet = reverse("performance:score-sheet", args=[result.run_id, result.enterprise.uscc])
    rulebook = again.basis.plan.evaluation
    links = [
        (_("计分表"), sheet),
        (_("查看规则"), reverse("rulebooks:rulebook", args=["evaluation", rulebook])),
    ]
    if result.version_id is not None:
        links.append((_("查看报表"), reverse("filings:version", args=[result.version_id])))
    return tuple(links)
