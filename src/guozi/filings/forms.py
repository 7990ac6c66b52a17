"""Forms of the pages: opening a filing, typed figures, reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from guozi.filings.mapping import as_filled, factor_of
from guozi.rulebooks import parsed
from guozi_core.findings import Severity, Wording
from guozi_core.sheets import FAULTS, Cell, CellKind, read_amount, visible
from guozi_core.units import FEN_LIMIT, Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from guozi.filings.mapping import PageSheet
    from guozi_core.sheets import AmountReading, Fault, Form, FormLine


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
        #: What the person wrote for each change, and what was understood in a wider sense.
        self.typed: dict[tuple[str, str], str] = {}
        self.understood: list[str] = []
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
                amount = (
                    None if reading.value is None else int(reading.value * factor_of(form, item))
                )
                stop = _stop(reading, amount, line.line)
                if stop is not None:
                    self.faults[cell.name] = (text, stop)
                elif stored.get(key) != amount:
                    self.changes[key] = amount
                    self.typed[key] = text.strip()
                    if amount is not None and not _as_usual(text):
                        shown = as_filled(form, item, amount)
                        self.understood.append(f"{line.label}：{visible(text)} → {shown}")


def _stop(reading: AmountReading, amount: int | None, line: FormLine) -> Wording | None:
    """Return why a typed amount cannot be saved, as a file with the same amount would be told."""
    for remark in reading.remarks:
        fault = FAULTS[remark.code]
        if fault.severity is Severity.BLOCK:
            return _told(fault, remark.details)
    if amount is not None and abs(amount) > FEN_LIMIT:
        return _told(FAULTS["IMP-NUM-016"], {})
    if amount is not None and amount < 0 and line.never_negative:
        return _told(FAULTS["IMP-NUM-026"], {})
    return None


def _told(fault: Fault, details: Mapping[str, str]) -> Wording:
    """Say what is wrong with a typed amount and what to do."""
    message, fix = fault.message_with(details), fault.fix_with(details)
    return message if fix is None else Wording(f"{message.zh}：{fix.zh}", f"{message.en}: {fix.en}")


def _as_usual(text: str) -> bool:
    """Return whether an amount is written as the page itself writes amounts."""
    return (
        re.fullmatch(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", text.strip(), re.ASCII) is not None
    )
