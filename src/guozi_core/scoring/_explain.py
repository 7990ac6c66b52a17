"""The arithmetic of an evaluation, sentence by sentence, in both languages.

Every sentence shows the numbers it uses, rounded to the digits shown; the values behind them are
unrounded, so a reader with a calculator may differ in the last digit shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.scoring._evaluation import shown
from guozi_core.units import unit_in_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi_core.scoring._evaluation import (
        BasicScore,
        Correction,
        Evaluation,
        PartScore,
    )
    from guozi_core.scoring._rules import EvaluationRulebook


def explain(evaluation: Evaluation, *, rulebook: EvaluationRulebook) -> tuple[Wording, ...]:
    """Return the score sheet's arithmetic as sentences, in the order of evaluation.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    rulebook : EvaluationRulebook
        The rulebook it was computed with.

    Returns
    -------
    tuple of Wording
        One sentence a step.
    """
    return tuple(_sentences(evaluation, rulebook))


def _sentences(evaluation: Evaluation, rulebook: EvaluationRulebook) -> Iterator[Wording]:
    for part in evaluation.parts:
        own = [score for score in evaluation.basic if score.indicator in part.part.basic]
        for score in own:
            yield _basic(score, rulebook)
        yield _analysis(part, own)
        changes = [
            item for item in evaluation.corrections if item.indicator in part.part.corrections
        ]
        for change in changes:
            yield _correction(change, part, rulebook)
        yield _corrected(part, changes)
    yield _financial(evaluation)
    if evaluation.management:
        yield from _management(evaluation, rulebook)
    yield from _final(evaluation, rulebook)


def _basic(score: BasicScore, rulebook: EvaluationRulebook) -> Wording:
    name, english = score.indicator.name, score.indicator.english
    weight = shown(score.indicator.weight)
    place = score.standing
    if place is None:
        reason = score.reason or Wording("", "")
        return Wording(
            f"{name}：不能计分（{reason.zh}）。", f"{english}: not scored ({reason.en})."
        )
    if score.case is not None:
        return Wording(
            f"{name}：{score.case.reason.zh}，系数 {shown(place.coefficient)}，"
            f"得分 = {weight}×{shown(place.coefficient)} = {shown(score.score)}。",
            f"{english}: {score.case.reason.en}; coefficient {shown(place.coefficient)}, "
            f"score = {weight}×{shown(place.coefficient)} = {shown(score.score)}.",
        )
    value = f"{shown(score.value)}{score.indicator.unit}"
    told = f"{shown(score.value)}{_english_unit(score.indicator.unit)}"
    if place.level is None:
        return Wording(
            f"{name}：实际值 {value}，低于较差值，得0分。",
            f"{english}: value {told} is worse than the poor level and scores 0.",
        )
    own = score.indicator.weight * place.level_coefficient
    if place.upper is None:
        return Wording(
            f"{name}：实际值 {value}，达到{place.label.zh}值，得分 = {weight}×"
            f"{shown(place.level_coefficient)} = {shown(score.score)}。",
            f"{english}: value {told} reaches {place.label.en}; score = {weight}×"
            f"{shown(place.level_coefficient)} = {shown(score.score)}.",
        )
    upper = score.indicator.weight * rulebook.coefficients[place.upper]
    standard = score.standard
    low = standard.values[place.level] if standard is not None else None
    high = standard.values[place.upper] if standard is not None else None
    added = None if score.score is None else score.score - own
    return Wording(
        f"{name}：实际值 {value}，介于{place.label.zh}值 {shown(low)} 与{place.upper.label.zh}值 "
        f"{shown(high)} 之间；本档基础分 = {weight}×{shown(place.level_coefficient)} = {shown(own)}，"
        f"功效系数 = ({shown(score.value)}−{shown(low)})÷({shown(high)}−{shown(low)}) = "
        f"{shown(place.efficacy, places=6)}，调整分 = {shown(place.efficacy, places=6)}×({shown(upper)}"
        f"−{shown(own)}) = {shown(added)}，得分 = {shown(own)}+{shown(added)} = {shown(score.score)}。",
        f"{english}: value {told} lies between {place.label.en} {shown(low)} and "
        f"{place.upper.label.en} {shown(high)}; base score = {weight}×"
        f"{shown(place.level_coefficient)} = {shown(own)}, efficacy = ({shown(score.value)}−"
        f"{shown(low)})÷({shown(high)}−{shown(low)}) = {shown(place.efficacy, places=6)}, addition = "
        f"{shown(place.efficacy, places=6)}×({shown(upper)}−{shown(own)}) = {shown(added)}, score = "
        f"{shown(own)}+{shown(added)} = {shown(score.score)}.",
    )


def _english_unit(unit: str) -> str:
    english = unit_in_english(unit)
    return english if english == unit else f" {english}"


def _analysis(part: PartScore, own: list[BasicScore]) -> Wording:
    terms = "+".join(shown(score.score) for score in own)
    weight, points = shown(part.part.weight), shown(part.basic)
    analysis = shown(part.analysis_coefficient, places=6)
    return Wording(
        f"{part.part.name}：基本指标得分 = {terms} = {points}，分析系数 = {points}÷{weight} = {analysis}。",
        f"{part.part.english}: basic score = {terms} = {points}, analysis coefficient = "
        f"{points}÷{weight} = {analysis}.",
    )


def _correction(change: Correction, part: PartScore, rulebook: EvaluationRulebook) -> Wording:
    name, english = change.indicator.name, change.indicator.english
    value = f"{shown(change.value)}{change.indicator.unit}"
    told = f"{shown(change.value)}{_english_unit(change.indicator.unit)}"
    weight, whole = shown(change.indicator.weight), shown(part.part.weight)
    weighted = shown(change.weighted, places=6)
    tail = f"{weight}÷{whole}×{shown(change.limited, places=6)} = {weighted}"
    limited = Wording("", "")
    if change.raw is not None and change.limited != change.raw:
        limited = Wording(
            f"，超出范围取 {shown(change.limited)}", f", limited to {shown(change.limited)}"
        )
    raw = shown(change.raw, places=6)
    analysis = shown(part.analysis_coefficient, places=6)
    place = change.standing
    if change.case is not None and place is None:
        how = Wording(
            f"{change.case.reason.zh}，单项修正系数 = {raw}", f"{change.case.reason.en}: {raw}"
        )
    elif place is None:
        how = Wording(f"没有标准值或缺数据，单项修正系数 = {raw}", f"no levels or no value: {raw}")
    elif change.rule == "S1" or (place.upper is None and place.level is not None):
        base = shown(rulebook.correction_base_at_excellent)
        how = Wording(
            f"达到{place.label.zh}值，单项修正系数 = {base}+{shown(place.level_coefficient)}−{analysis} = {raw}",
            f"reaches {place.label.en}: {base}+{shown(place.level_coefficient)}−{analysis} = {raw}",
        )
    else:
        base = shown(rulebook.correction_base)
        coefficient = shown(place.coefficient, places=6)
        how = Wording(
            f"处于{place.label.zh}档，系数 {coefficient}，单项修正系数 = {base}+{coefficient}−{analysis} = {raw}",
            f"level {place.label.en}, coefficient {coefficient}: {base}+{coefficient}−{analysis} = {raw}",
        )
    return Wording(
        f"{name}：实际值 {value}，{how.zh}{limited.zh}；加权修正系数 = {tail}。",
        f"{english}: value {told}, {how.en}{limited.en}; weighted = {tail}.",
    )


def _corrected(part: PartScore, changes: list[Correction]) -> Wording:
    terms = "+".join(shown(change.weighted, places=6) for change in changes)
    factor, points = shown(part.correction_coefficient, places=6), shown(part.basic)
    if not changes:
        return Wording(
            f"{part.part.name}：没有修正指标，得分 = {shown(part.corrected)}。",
            f"{part.part.english}: no correction indicators, score = {shown(part.corrected)}.",
        )
    return Wording(
        f"{part.part.name}：综合修正系数 = {terms} = {factor}，修正后得分 = {points}×{factor} = "
        f"{shown(part.corrected)}。",
        f"{part.part.english}: correction coefficient = {terms} = {factor}, corrected score = "
        f"{points}×{factor} = {shown(part.corrected)}.",
    )


def _financial(evaluation: Evaluation) -> Wording:
    terms = "+".join(shown(part.corrected) for part in evaluation.parts)
    total = shown(evaluation.corrected_total)
    return Wording(
        f"财务绩效定量评价分数 = {terms} = {total}。", f"Financial score = {terms} = {total}."
    )


def _management(evaluation: Evaluation, rulebook: EvaluationRulebook) -> Iterator[Wording]:
    for item in evaluation.management:
        yield Wording(
            f"{item.indicator.name}：{len(item.scores)}名专家平均 {shown(item.mean)} 分，得分 = "
            f"{shown(item.mean)}÷100×{shown(item.indicator.weight)} = {shown(item.points)}。",
            f"{item.indicator.english}: mean of {len(item.scores)} experts {shown(item.mean)}, score = "
            f"{shown(item.mean)}÷100×{shown(item.indicator.weight)} = {shown(item.points)}.",
        )
    financial, management = shown(rulebook.financial_share), shown(rulebook.management_share)
    corrected, panel = shown(evaluation.corrected_total), shown(evaluation.management_total)
    yield Wording(
        f"综合绩效评价分数 = {corrected}×{financial}+{panel}×{management} = {shown(evaluation.composite)}。",
        f"Composite = {corrected}×{financial}+{panel}×{management} = {shown(evaluation.composite)}.",
    )


def _final(evaluation: Evaluation, rulebook: EvaluationRulebook) -> Iterator[Wording]:
    scale = rulebook.adjustments
    if evaluation.bonus_claimed:
        claimed = min(evaluation.bonus_claimed, scale.highest_bonus)
        composite = evaluation.composite
        if composite is not None and composite >= scale.damped_from:
            yield Wording(
                f"加分前已达 {shown(scale.damped_from)} 分，实际加分 = (1−{shown(composite)}%)×"
                f"{shown(scale.damping_factor)}×{shown(claimed)} = {shown(evaluation.bonus)}。",
                f"Already {shown(scale.damped_from)} or more: bonus = (1−{shown(composite)}%)×"
                f"{shown(scale.damping_factor)}×{shown(claimed)} = {shown(evaluation.bonus)}.",
            )
        else:
            yield Wording(
                f"加分事项合计 {shown(evaluation.bonus_claimed)} 分，实际加分 {shown(evaluation.bonus)} 分。",
                f"Bonus items {shown(evaluation.bonus_claimed)}, added {shown(evaluation.bonus)}.",
            )
    yield Wording(
        f"最终得分 = {shown(evaluation.composite)}+{shown(evaluation.bonus)}−"
        f"{shown(evaluation.deductions)} = {shown(evaluation.final)}，评价级别 {evaluation.grade or '—'}。",
        f"Final score = {shown(evaluation.composite)}+{shown(evaluation.bonus)}−"
        f"{shown(evaluation.deductions)} = {shown(evaluation.final)}, grade {evaluation.grade or '—'}.",
    )
