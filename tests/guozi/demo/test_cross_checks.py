"""The rulebook of cross-checks on the city: nothing blocks but what is planted, and that is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.guozi.demo.conftest import AS_OF, MadeUp

from guozi.demo import planted
from guozi.demo.planted import FAULTS, PlantedDraft
from guozi.demo.statements import CONSOLIDATED, FINAL, FLASH, PARENT, SINGLE
from guozi.filings.books import MOMENTS
from guozi.rulebooks import parsed
from guozi_core import checks
from guozi_core.findings import Severity
from guozi_core.statements import FigureKey, Scope, Statement, StatementBook
from guozi_core.units import MoneyUnit, Period

Figures = dict[tuple[str, str], int]


def statement(uscc: str, period: str, scope: str, figures: Figures) -> Statement:
    return Statement(
        enterprise=uscc,
        period=Period.parse(period),
        scope=Scope(scope),
        figures={
            FigureKey(item, MOMENTS[letter]): Decimal(amount) / 100
            for (item, letter), amount in figures.items()
        },
    )


def blocking(book: StatementBook, period: str) -> set[str]:
    """Return the assertions that block, judged as a filed form."""
    final = len(period) == 4
    outcomes = checks.run(
        parsed.check_rulebook(),
        book,
        Period.parse(period),
        precision=checks.Precision(
            unit=MoneyUnit.YUAN if final else MoneyUnit.WAN,
            place=Decimal("0.01") if final else Decimal(100),
            filed=True,
        ),
        form=checks.Form.FINAL if final else checks.Form.FLASH,
    )
    assert sum(o.status is checks.Status.PASSED for o in outcomes) > 30
    return {o.assertion.id for o in outcomes if o.failed and o.level is Severity.BLOCK}


def book_of(made_up: MadeUp, uscc: str, scope: str, periods: tuple[str, ...]) -> StatementBook:
    return StatementBook.of(
        statement(uscc, block.period, scope, block.of(uscc))
        for block in made_up.told.blocks
        if block.scope == scope and block.period in periods and uscc in block.enterprises
    )


def samples(made_up: MadeUp) -> list[tuple[str, str]]:
    groups = [item.uscc for item in made_up.city.groups]
    singles = [item.uscc for item in made_up.city.reporting if not item.direct]
    return [
        *[(code, CONSOLIDATED) for code in groups],
        *[(code, PARENT) for code in groups[::4]],
        *[(code, SINGLE) for code in singles[::30]],
    ]


@pytest.mark.parametrize("period", ["2023", "2025", "2024-01", "2025-06", "2025-12"])
def test_nothing_blocks(made_up: MadeUp, period: str) -> None:
    year = int(period[:4])
    before = {f"{year - 1}", f"{year - 1}{period[4:]}"}
    month = f"{year}-{int(period[5:] or 1) - 1:02d}"
    seen = tuple({period, month, *before})

    found = {
        (uscc, scope): failed
        for uscc, scope in samples(made_up)
        if (failed := blocking(book_of(made_up, uscc, scope, seen), period))
    }

    assert found == {}


@pytest.mark.parametrize("place", range(len(FAULTS)), ids=[fault.name for fault in FAULTS])
def test_a_planted_fault_is_found_by_the_checks_it_names(made_up: MadeUp, place: int) -> None:
    draft: PlantedDraft = made_up.plan.drafts[place]
    right = book_of(made_up, draft.uscc, SINGLE, ("2025", "2025-09", "2026-08", "2026-09"))
    period = Period.parse(draft.period)
    wrong = StatementBook(
        statements={
            **right.statements,
            period: statement(draft.uscc, draft.period, SINGLE, draft.figures),
        }
    )

    assert blocking(right, draft.period) == set()
    assert set(draft.fault.checks) <= blocking(wrong, draft.period)


def test_whoever_has_a_faulty_draft_has_not_filed_that_month(made_up: MadeUp) -> None:
    assert len(made_up.plan.drafts) == len(FAULTS)
    for draft in made_up.plan.drafts:
        filed = made_up.plan.filed_on[draft.form, draft.period, draft.scope]

        assert draft.uscc not in filed


def test_some_file_late_some_never_and_nobody_in_the_future(made_up: MadeUp) -> None:
    filings = sum(len(days) for days in made_up.plan.filed_on.values())
    late = list(made_up.plan.late())
    missing = sum(len(block.enterprises) for block in made_up.told.blocks) - filings

    assert 0.01 < len(late) / filings < 0.08
    assert 0 < missing < 0.03 * filings
    assert max(day for days in made_up.plan.filed_on.values() for day in days.values()) <= AS_OF


def test_a_group_files_both_its_accounts_on_one_day(made_up: MadeUp) -> None:
    for (form, period, scope), days in made_up.plan.filed_on.items():
        if scope == PARENT:
            assert days == made_up.plan.filed_on[form, period, CONSOLIDATED]


def test_distress_is_there_to_be_seen(made_up: MadeUp) -> None:
    final = next(
        b for b in made_up.told.blocks if (b.form, b.period, b.scope) == (FINAL, "2025", SINGLE)
    )
    told = [final.of(code) for code in final.enterprises]
    insolvent = [f for f in told if f["BS91", "e"] < 0]
    stretched = [f for f in told if f["BS71", "e"] > 0.85 * f["BS40", "e"]]
    losing = [f for f in told if f["IS50", "c"] < 0]

    assert len(insolvent) >= 3
    assert len(stretched) >= 10
    assert 0.15 < len(losing) / len(told) < 0.45


def test_due_days_follow_the_calendar() -> None:
    assert planted.due_day(FLASH, "2025-01").isoformat() == "2025-02-12"
    assert planted.due_day(FINAL, "2024").isoformat() == "2025-04-30"
