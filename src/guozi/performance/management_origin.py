"""Where the points of a management indicator come from: each expert's score, mean, arithmetic.

Whoever may read panels sees the experts by name and who entered their scores. The enterprise and
its department see the same scores from the lowest to the highest, so that no place names an expert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guozi.filings.indicators import clause_text
from guozi.performance import inputs, selectors
from guozi.performance.input_address import address_of
from guozi.performance.origins import links, run_facts
from guozi.ui.provenance import Origin, OriginLink
from guozi.ui.templatetags.guozi import name_of, number_text, said, when
from guozi_core import scoring
from guozi_core.findings import Wording
from guozi_core.scoring import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.performance.recomputing import Recomputed
    from guozi_core.scoring import ManagementScore

_PLACES = 4


def management_origin(again: Recomputed, number: int, *, named: bool) -> Origin | None:
    """Return where the points of the indicator with this number (from 1) come from."""
    scores = again.evaluated.evaluation.management
    if not 1 <= number <= len(scores):
        return None
    score = scores[number - 1]
    name, result = score.indicator.name, again.result
    title = said(Wording(name, score.indicator.english))
    given = [item for item in inputs.panel_of(result.panel) if item.indicator == name]
    return Origin(
        title=f"{title} · {result.run.period} · {name_of(result.enterprise)}",
        value=number_text(score.points, _PLACES),
        unit=_("分"),
        formula=_("单项得分 = 专家评分之和 ÷ 专家人数 ÷ 100 × 权数"),
        sentences=tuple(_sentences(again, score)),
        clauses=(clause_text(again.basis.rulebook.sources["management"]),),
        facts=(*(_entered(again, name) if named else ()), *run_facts(again)),
        inputs=tuple(_experts(given, named=named)),
        links=(*links(again), *(_input_page(again) if named else ())),
    )


def _sentences(again: Recomputed, score: ManagementScore) -> Iterator[str]:
    if score.scores:
        terms = "+".join(shown(item) for item in sorted(score.scores))
        count, mean = len(score.scores), shown(score.mean)
        yield said(
            Wording(
                f"平均分 = ({terms})÷{count} = {mean} 分。", f"Mean = ({terms})÷{count} = {mean}."
            )
        )
    sentences = scoring.explain(again.evaluated.evaluation, rulebook=again.basis.rulebook)
    yield from (
        said(words) for words in sentences if words.zh.startswith(f"{score.indicator.name}：")
    )
    for finding in again.evaluated.evaluation.findings:
        if finding.locator.item == score.indicator.name:
            yield said(finding.message)


def _experts(given: list[scoring.ExpertScore], *, named: bool) -> Iterator[OriginLink]:
    for place, item in enumerate(sorted(given, key=lambda item: item.score), 1):
        label = item.expert if named else _("第%(place)s位专家") % {"place": place}
        yield OriginLink(label=label, value=shown(item.score), unit=_("分"))


def _entered(again: Recomputed, indicator: str) -> Iterator[tuple[str, str]]:
    """Yield by whom and when each score was entered that the run was computed with."""
    result = again.result
    scores = {expert: score for name, expert, score in result.panel if name == indicator}
    latest = {
        row.expert: row
        for row in selectors.panel_scores(result.enterprise, period=result.run.period)
        if row.indicator == indicator and row.at <= result.run.created_at
    }
    for expert in scores:
        row = latest.get(expert)
        if row is not None and row.score is not None:
            yield _("%(expert)s的评分录入") % {"expert": expert}, f"{row.by_name} {when(row.at)}"


def _input_page(again: Recomputed) -> tuple[tuple[str, str]]:
    run = again.result.run
    page = address_of(again.result.enterprise, period=run.period, plan=run.plan)
    return ((_("评议与加扣分录入"), page),)
