"""What a reader must be told beside a value: blanks that were read as nothing, other calibres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.statements import asked_in_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guozi_core.formula import Reference, Step
    from guozi_core.indicators._model import IndicatorRulebook
    from guozi_core.indicators._result import IndicatorResult

_DEFAULT = ("缺省(", "default(")
_PRESENT = ("现有合计(", "sum_present(")


def english_name(reference: Reference, rulebook: IndicatorRulebook) -> str:
    """Return what a reference is called in English."""
    return asked_in_english(rulebook.english_of(reference.name), reference.at)


def chinese_name(reference: Reference) -> str:
    """Return what a reference is called in Chinese."""
    return f"{reference.name}（{reference.at}）" if reference.at else reference.name


def missing_reason(references: Iterable[Reference], rulebook: IndicatorRulebook) -> Wording:
    """Return the sentence that names missing figures."""
    listed = list(references)
    return Wording(
        zh="缺少：" + "、".join(chinese_name(reference) for reference in listed),
        en="missing: " + ", ".join(english_name(reference, rulebook) for reference in listed),
    )


def stood_in(first: IndicatorResult, other: IndicatorResult) -> Wording:
    """Return the note that another calibre was computed."""
    lacking_zh = first.reason.zh if first.reason is not None else ""
    lacking_en = first.reason.en if first.reason is not None else ""
    return Wording(
        zh=f"{lacking_zh}；按“{other.calibre.title.zh}”口径计算",
        en=f"{lacking_en}; computed by the calibre “{other.calibre.title.en}”",
    )


def assumptions(steps: Step, rulebook: IndicatorRulebook) -> tuple[Wording, ...]:
    """Return a note for each blank that the formula reads as nothing or replaces.

    Parameters
    ----------
    steps : Step
        The arithmetic of a value, terms unfolded.
    rulebook : IndicatorRulebook
        Knows the English names.

    Returns
    -------
    tuple of Wording
        In the order of the arithmetic, without repetition.
    """
    return tuple(dict.fromkeys(_assumed(steps, None, rulebook)))


def _assumed(
    step: Step, inside: Reference | None, rulebook: IndicatorRulebook
) -> Iterator[Wording]:
    if step.value is None:
        return
    inside = step.reference if step.reference is not None and step.parts else inside
    if step.text.startswith(_DEFAULT) and step.parts[0].value is None:
        yield _replaced(step, inside, rulebook)
    elif step.text.startswith(_PRESENT):
        blank = [p.reference for p in step.parts if p.value is None and p.reference is not None]
        if blank:
            yield _left_out(blank, inside, rulebook)
    for part in step.parts:
        yield from _assumed(part, inside, rulebook)


def _replaced(step: Step, inside: Reference | None, rulebook: IndicatorRulebook) -> Wording:
    """Return the note on a default that was taken."""
    blank = step.parts[0].reference or inside
    used = step.parts[-1]
    while used.text.startswith(_DEFAULT) and used.parts:
        used = used.parts[-1]
    zh = chinese_name(blank) if blank is not None else step.parts[0].text
    en = english_name(blank, rulebook) if blank is not None else step.parts[0].text
    if used.reference is None:
        return Wording(
            zh=f"“{zh}”未填，按 {used.shown} 计", en=f"{en} is blank, taken as {used.shown}"
        )
    return Wording(
        zh=f"“{zh}”未填，采用“{chinese_name(used.reference)}”",
        en=f"{en} is blank, {english_name(used.reference, rulebook)} is used",
    )


def _left_out(
    blank: list[Reference], inside: Reference | None, rulebook: IndicatorRulebook
) -> Wording:
    """Return the note on addends that are blank."""
    zh = "、".join(chinese_name(reference) for reference in blank)
    en = ", ".join(english_name(reference, rulebook) for reference in blank)
    into_zh = f"“{chinese_name(inside)}”" if inside is not None else "合计"
    into_en = english_name(inside, rulebook) if inside is not None else "the sum"
    return Wording(zh=f"“{zh}”未填，不计入{into_zh}", en=f"blank and not part of {into_en}: {en}")
