"""Forms of the pages: opening a filing, typed figures, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from guozi.filings.mapping import factor_of
from guozi.rulebooks import parsed
from guozi_core.findings import Severity, Wording
from guozi_core.sheets import FAULTS, Cell, CellKind, read_amount
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from guozi.filings.mapping import PageSheet
    from guozi_core.sheets import Form, Remark


class OpenForm(forms.Form):
    """Which filing to begin or go on with."""

    enterprise = forms.CharField(label=_("企业"), max_length=18)
    form = forms.ChoiceField(label=_("报表"))
    period = forms.CharField(
        label=_("期间"), max_length=7, help_text=_("月报写 2026-01，决算写 2025")
    )
    scope = forms.ChoiceField(
        label=_("口径"), choices=[(text, text) for text in ("单户", "合并", "母公司")]
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["form"] = forms.ChoiceField(
            label=_("报表"),
            choices=[(form.id, form.header.title.zh) for form in parsed.forms()],
        )

    def clean_period(self) -> Period:
        """Read the period strictly."""
        try:
            return Period.parse(self.cleaned_data["period"])
        except ValueError as error:
            raise forms.ValidationError(_("期间写法应为 2026-01（月）或 2025（年）")) from error


class TypedFigures:
    """Amounts typed in the grid of one sheet, read as strictly as those of a file."""

    def __init__(
        self,
        form: Form,
        sheet: PageSheet,
        data: Mapping[str, str],
        stored: Mapping[tuple[str, str], int],
    ) -> None:
        self.changes: dict[tuple[str, str], int | None] = {}
        self.faults: dict[str, tuple[str, Wording]] = {}
        for line in sheet.lines:
            item = line.line.item
            for cell in line.cells:
                if item is None or cell.name not in data:
                    continue
                text = data[cell.name]
                reading = read_amount(
                    Cell(row=1, column=1, kind=CellKind.TEXT, raw=text), places=line.line.places
                )
                key = (cell.item, cell.moment)
                stops = [
                    _told(remark)
                    for remark in reading.remarks
                    if FAULTS[remark.code].severity is Severity.BLOCK
                ]
                if stops:
                    self.faults[cell.name] = (text, stops[0])
                elif reading.value is None:
                    if key in stored:
                        self.changes[key] = None
                else:
                    amount = int(reading.value * factor_of(form, item))
                    if stored.get(key) != amount:
                        self.changes[key] = amount


def _told(remark: Remark) -> Wording:
    """Say what is wrong with a typed amount and what to do."""
    fault = FAULTS[remark.code]
    message, fix = fault.message_with(remark.details), fault.fix_with(remark.details)
    return message if fix is None else Wording(f"{message.zh}：{fix.zh}", f"{message.en}: {fix.en}")
