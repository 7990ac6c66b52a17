"""What is wrong in the example city, on purpose: late filers, missing filings, faults in open drafts.

A sealed filing never breaks a rule that blocks; such a filing is still a draft. The drafts here each break
one rule, and :data:`FAULTS` says which, so that tests and readers know what to find. Distress (losses,
more debts than assets) is no fault: it stands in sealed statements, with what the checks say about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from guozi.demo.statements import CONSOLIDATED, FINAL, FLASH, PARENT, SINGLE
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from guozi.demo.statements import Block, Told

    Figures = dict[tuple[str, str], int]

#: Day of the next month on which a flash report is due; day of April for final accounts.
FLASH_DUE_DAY, FINAL_DUE_DAY = 12, 30


class Fault(NamedTuple):
    """A fault in a draft: its name, what was done wrong, the checks that find it."""

    name: str
    told: Wording
    checks: tuple[str, ...]
    spoil: Callable[[Figures], None]


def _transposed(figures: Figures) -> None:
    figures["BS09", "e"] += 9_000_000


def _unit(figures: Figures) -> None:
    for (item, moment), amount in figures.items():
        if not item.startswith("SP01"):
            figures[item, moment] = amount * 10_000


def _opening(figures: Figures) -> None:
    for item in ("BS49", "BS52", "BS71", "BS95", "BS01", "BS14", "BS40"):
        figures[item, "o"] += 50_000_000


def _profit(figures: Figures) -> None:
    figures["IS40", "c"] += 1_000_000


def _cash(figures: Figures) -> None:
    figures["CF32", "c"] -= 7_000_000


def _unbalanced(figures: Figures) -> None:
    for item in ("BS44", "BS52", "BS71"):
        figures[item, "e"] += 20_000_000


def _interest(figures: Figures) -> None:
    figures["SP06", "c"] += 3_000_000


#: In the order of the enterprises that make them: see :func:`drafts`.
FAULTS: Final = (
    Fault(
        "digit",
        Wording("存货多记9万元", "inventories 90,000 yuan too high"),
        ("X05.BS14",),
        _transposed,
    ),
    Fault("unit", Wording("元当作万元填报", "yuan filled in as 万元"), ("X71.error",), _unit),
    Fault(
        "opening",
        Wording("年初数与上年决算不符", "opening balances differ from last year's accounts"),
        ("X10.BS01", "X10.BS49", "X11.BS01", "X11.BS49"),
        _opening,
    ),
    Fault(
        "profit",
        Wording("利润总额计算错误", "profit before tax added up wrongly"),
        ("X15.IS40", "X16.IS50"),
        _profit,
    ),
    Fault(
        "cash",
        Wording("期末现金与净增加额不符", "closing cash does not follow from the increase"),
        ("X27.CF32",),
        _cash,
    ),
    Fault(
        "balance",
        Wording("资产负债表不平", "the balance sheet does not balance"),
        ("X04.total",),
        _unbalanced,
    ),
    Fault(
        "interest",
        Wording("利息支出与利息费用不一致", "interest differs from interest in finance costs"),
        ("X34.expensed",),
        _interest,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedDraft:
    """An open draft with a fault."""

    fault: Fault
    uscc: str
    form: str
    period: str
    scope: str
    figures: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """Who filed when, who did not, and which drafts are open."""

    drafts: tuple[PlantedDraft, ...]
    #: (form, period, scope) → credit code → day of filing; who is not there has not filed.
    filed_on: dict[tuple[str, str, str], dict[str, date]]

    def late(self) -> Iterator[tuple[str, str, str]]:
        """Yield credit code, form and period of every filing after its due day."""
        for (form, period, _), days in self.filed_on.items():
            for uscc, day in days.items():
                if day > due_day(form, period):
                    yield uscc, form, period


def due_day(form: str, period: str) -> date:
    """Return the day on which a filing is due.

    >>> due_day("financial-flash", "2025-12")
    datetime.date(2026, 1, 12)
    """
    year = int(period[:4])
    if form == FINAL:
        return date(year + 1, 4, FINAL_DUE_DAY)
    month = int(period[5:])
    return date(year + month // 12, month % 12 + 1, FLASH_DUE_DAY)


def plant(told: Told, rng: Generator, *, as_of: date) -> Planted:
    """Return the filing calendar up to a day, and the faulty drafts of the newest month.

    About one enterprise in twenty is always late; a few filings never came.
    """
    codes = sorted({code for block in told.blocks for code in block.enterprises})
    slow = dict(zip(codes, rng.random(len(codes)) < 0.05, strict=True))
    newest = max(block.period for block in told.blocks if block.form == FLASH)
    spoiled = drafts(told, newest)
    holders = {draft.uscc for draft in spoiled}
    filed: dict[tuple[str, str, str], dict[str, date]] = {}
    for block in told.blocks:
        # A group files the consolidated accounts with its own, on one day.
        own = filed.get((block.form, block.period, PARENT))
        together = block.scope == CONSOLIDATED and own is not None
        days = dict(own or {}) if together else _days(block, slow, rng)
        if block.form == FLASH and block.period == newest:
            days = {code: day for code, day in days.items() if code not in holders}
        filed[block.form, block.period, block.scope] = {
            code: day for code, day in days.items() if day <= as_of
        }
    return Planted(drafts=spoiled, filed_on=filed)


def _days(block: Block, slow: dict[str, bool], rng: Generator) -> dict[str, date]:
    due = due_day(block.form, block.period)
    count = len(block.enterprises)
    early = rng.integers(0, 9, count)
    delay = rng.integers(1, 22, count)
    slips = rng.random(count)
    never = (rng.random(count) < 0.004) & np.array([block.scope == SINGLE] * count)
    found = {}
    for place, code in enumerate(block.enterprises):
        if never[place] and block.form == FLASH:
            continue
        late = slips[place] < (0.55 if slow[code] else 0.015)
        days = int(delay[place]) if late else -int(early[place])
        found[code] = due + timedelta(days=days)
    return found


def drafts(told: Told, period: str) -> tuple[PlantedDraft, ...]:
    """Return one open draft for each fault, of single enterprises, in the order of their codes."""
    block = next(
        block
        for block in told.blocks
        if (block.form, block.period, block.scope) == (FLASH, period, SINGLE)
    )
    needed = {("IS16I", "c"), ("BS09", "e"), ("BS49", "o"), ("BS44", "e")}
    able = [code for code in block.enterprises if needed <= set(block.of(code))]
    found = []
    for fault, code in zip(FAULTS, able[3::7], strict=False):
        figures = block.of(code)
        fault.spoil(figures)
        found.append(
            PlantedDraft(
                fault=fault,
                uscc=code,
                form=FLASH,
                period=period,
                scope=SINGLE,
                figures=figures,
            )
        )
    return tuple(found)
