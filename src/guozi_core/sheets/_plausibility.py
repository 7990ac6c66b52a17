"""A whole table in the wrong unit looks consistent in itself; only the last period shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.sheets._form import UNIT_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guozi_core.sheets._model import Workbook
    from guozi_core.sheets._reading import Notebook, ReadFigure

#: 元 taken for 万元 gives ratios around 10,000; both ends are included.
RATIO_LOW, RATIO_HIGH = Decimal(5000), Decimal(20000)
#: This share of the comparable figures must agree.
SHARE = Decimal("0.8")
#: Fewer comparable figures say nothing.
LEAST_FIGURES = 5


def suspect_unit(
    figures: Iterable[ReadFigure],
    previous: Mapping[tuple[str, str], int],
    workbook: Workbook,
    notes: Notebook,
) -> None:
    """Ask for an explanation where a sheet is about 10,000 times, or a 10,000th of, last time.

    Parameters
    ----------
    figures : iterable of ReadFigure
        The figures read.
    previous : mapping of (item, moment letter) to int
        Figures of the last period in the same unit.
    workbook : Workbook
        The file, to point at the sheet.
    notes : Notebook
        Where the finding goes.
    """
    by_sheet: dict[str, list[Decimal]] = {}
    for figure in figures:
        before = previous.get((figure.item, figure.moment))
        if before and figure.amount:
            ratio = abs(Decimal(figure.amount) / Decimal(before))
            by_sheet.setdefault(figure.sheet, []).append(ratio)
    for name, ratios in by_sheet.items():
        larger = sum(1 for ratio in ratios if RATIO_LOW <= ratio <= RATIO_HIGH)
        smaller = sum(1 for ratio in ratios if RATIO_LOW <= 1 / ratio <= RATIO_HIGH)
        count, times, times_en = max(
            (larger, "一万倍", "10,000 times"), (smaller, "万分之一", "a 10,000th of")
        )
        if len(ratios) < LEAST_FIGURES or Decimal(count) < SHARE * len(ratios):
            continue
        sheet = workbook.sheet(name)
        unit = None
        if sheet is not None:
            unit = next(
                (cell for cell in sheet.in_order() if cell.row <= UNIT_ROW and "单位：" in cell.raw
                 and "编制" not in cell.raw), None,
            )  # fmt: skip
        notes.add(
            "IMP-NUM-018",
            sheet,
            unit,
            got=None if unit is None else unit.raw,
            share=str(len(ratios)),
            count=str(count),
            times=times,
            times_en=times_en,
        )
