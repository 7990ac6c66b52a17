"""The score sheet as files: a workbook, or an official document for Word and PDF."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from guozi import excel
from guozi.documents import Column, Document, Facts, Heading, Paragraph, Table
from guozi.performance.labels import group_label, standards_label
from guozi.ui.templatetags.guozi import bracketed, in_english, name_of, number_text, said
from guozi_core.scoring import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.documents import Block
    from guozi.performance.models import EvaluationResult
    from guozi.performance.sheet import (
        Sheet,
        SheetAdjustment,
        SheetLine,
        SheetManagement,
        SheetPart,
    )

_NUMERALS = "一二三四五六七八九十"


def title_of(result: EvaluationResult) -> str:
    """Return the title of a score sheet."""
    return _("%(name)s %(period)s 年度综合绩效评价计分表") % {
        "name": name_of(result.enterprise),
        "period": result.run.period,
    }


def sheet_workbook(result: EvaluationResult, sheet: Sheet) -> bytes:
    """Return the sheet as a workbook: a row an indicator, then the totals; notes below."""
    columns = [
        excel.TableColumn(title=title)
        for title in (
            _("部分"),
            _("类别"),
            _("指标"),
            _("单位"),
            _("实际值"),
            *(said(level.label) for level in Level),
            _("所处档次"),
            _("系数"),
            _("权数"),
            _("得分或修正系数"),
            _("说明"),
        )
    ]
    rows: list[tuple[str | Decimal | None, ...]] = []
    for part in sheet.parts:
        for kind, lines in ((_("基本指标"), part.basic), (_("修正指标"), part.corrections)):
            rows += [_row(part, kind, line) for line in lines]
    blank: tuple[None, ...] = (None,) * (len(columns) - 5)
    rows += [
        (_("合计"), "", total.name, _("分"), _number(total.text), *blank) for total in sheet.totals
    ]
    return excel.write_table(
        columns, rows, title=title_of(result), notes=[*sheet.sentences, *sheet.findings]
    )


def _row(part: SheetPart, kind: str, line: SheetLine) -> tuple[str | Decimal | None, ...]:
    return (
        part.name,
        kind,
        line.name,
        line.unit,
        _number(line.value),
        *(_number(level) for level in line.levels),
        line.standing,
        _number(line.coefficient),
        _number(line.weight),
        _number(line.score),
        ("; " if in_english() else "；").join(line.notes),
    )


def _number(text: str) -> Decimal | None:
    return None if text == "—" else Decimal(text.replace(",", ""))


def sheet_document(result: EvaluationResult, sheet: Sheet) -> Document:
    """Return the sheet as an official document."""
    run = result.run
    return Document(
        title=title_of(result),
        dated=timezone.localtime(run.created_at).date(),
        language="en" if in_english() else "zh",
        subtitle=said(run.plan_title),
        blocks=tuple(_blocks(result, sheet)),
        footer=_("评价 #%(run)s · 结果摘要 SHA-256 %(hash)s")
        % {"run": run.pk, "hash": run.results_sha256[:16]},
    )


def _blocks(result: EvaluationResult, sheet: Sheet) -> Iterator[Block]:
    yield Facts(pairs=tuple(_facts(result)))
    number = iter(_NUMERALS)
    for part in sheet.parts:
        weight = _("%(name)s（%(weight)s分）") % {"name": part.name, "weight": part.weight}
        yield Heading(text=_heading(number, weight))
        yield _table(_("基本指标"), part.basic, last=_("得分"))
        if part.corrections:
            yield _table(_("修正指标"), part.corrections, last=_("修正系数"))
        yield Paragraph(
            text=_("基本得分 %(basic)s，综合修正系数 %(factor)s，修正后得分 %(corrected)s。")
            % {"basic": part.basic_total, "factor": part.factor, "corrected": part.corrected}
        )
    if sheet.management:
        yield Heading(text=_heading(number, _("管理绩效评议")))
        yield _management(sheet.management)
    if sheet.adjustments:
        yield Heading(text=_heading(number, _("加分和扣分")))
        yield _adjustments(sheet.adjustments)
    yield Heading(text=_heading(number, _("得分")))
    yield Facts(
        pairs=tuple(
            (total.name, _("%(points)s 分") % {"points": total.text}) for total in sheet.totals
        )
    )
    yield Heading(text=_heading(number, _("计算过程")))
    for sentence in sheet.sentences:
        yield Paragraph(text=sentence)
    if sheet.findings:
        yield Heading(text=_heading(number, _("提示")))
        for finding in sheet.findings:
            yield Paragraph(text=finding)


def _management(lines: tuple[SheetManagement, ...]) -> Table:
    return Table(
        columns=(
            Column(title=_("指标"), share=3),
            Column(title=_("权数（分）"), align="right"),
            Column(title=_("专家（名）"), align="right"),
            Column(title=_("平均分"), align="right"),
            Column(title=_("单项得分"), align="right"),
        ),
        rows=tuple(
            (line.name, line.weight, str(line.experts), line.mean, line.points) for line in lines
        ),
    )


def _adjustments(items: tuple[SheetAdjustment, ...]) -> Table:
    return Table(
        columns=(
            Column(title=_("加扣分项目"), share=1.5),
            Column(title=_("分值（分）"), align="right"),
            Column(title=_("依据"), share=4),
        ),
        rows=tuple(
            (item.name, f"{'−' if item.kind == 'deduction' else '+'}{item.points}", item.evidence)
            for item in items
        ),
    )


def _heading(number: Iterator[str], text: str) -> str:
    numeral = next(number)
    return text if in_english() else f"{numeral}、{text}"


def _facts(result: EvaluationResult) -> Iterator[tuple[str, str]]:
    yield _("企业"), name_of(result.enterprise)
    yield _("统一社会信用代码"), result.enterprise.uscc
    standard = said(standards_label(result.industry_found, result.size_found))
    yield _("标准值"), f"{result.run.standard_year} {standard}"
    yield _("最终得分"), _("%(points)s 分") % {"points": number_text(result.final, 2)}
    yield _("评价级别"), result.grade or "—"
    if result.rank is not None:
        yield (
            _("名次"),
            f"{said(group_label(result.group))} {result.rank} / {result.group_size}",
        )


def _table(caption: str, lines: tuple[SheetLine, ...], *, last: str) -> Table:
    return Table(
        caption=caption,
        columns=(
            Column(title=_("指标"), share=3),
            Column(title=_("实际值"), align="right", share=1.6),
            *(Column(title=said(level.label), align="right") for level in Level),
            Column(title=_("档次"), share=1.3),
            Column(title=_("权数"), align="right", share=0.9),
            Column(title=last, align="right", share=1.5),
        ),
        rows=tuple(
            (
                f"{line.name}{bracketed(line.unit)}" if line.unit else line.name,
                line.value,
                *line.levels,
                line.standing,
                line.weight,
                line.score,
            )
            for line in lines
        ),
    )
