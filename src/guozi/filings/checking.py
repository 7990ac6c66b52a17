"""The cross-checks on figures that are not sealed yet: what the self-check room and submit run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guozi.filings import selectors
from guozi.filings.books import MOMENTS, to_statement
from guozi.rulebooks import parsed
from guozi_core import checks
from guozi_core.findings import Locator
from guozi_core.statements import FigureKey, StatementBook
from guozi_core.units import PeriodKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guozi.registry.models import Enterprise
    from guozi_core.checks import CheckOutcome
    from guozi_core.findings import Finding
    from guozi_core.statements import Item, Moment, Scope, Statement
    from guozi_core.units import MoneyUnit, Period


def check_figures(
    enterprise: Enterprise,
    *,
    form: str,
    period: Period,
    scope: Scope,
    figures: Mapping[tuple[str, str], int],
    cells: Mapping[tuple[str, str], Locator] | None = None,
    printed: MoneyUnit | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of the rulebook in force on figures in hundredths.

    The statement is judged by itself and against what the enterprise has filed before: last month,
    last year's end, the same period last year. ``cells`` says where figures stand in a file;
    ``printed`` is the unit that they were rounded to where they come from printed statements.
    """
    statement, outcomes = outcomes_of(
        enterprise, form=form, period=period, scope=scope, figures=figures, printed=printed
    )
    return tuple(
        checks.findings_of(
            [outcome for outcome in outcomes if outcome.failed],
            statement,
            rulebook=parsed.check_rulebook().header.id,
            locate=_places(cells or {}),
        )
    )


def outcomes_of(
    enterprise: Enterprise,
    *,
    form: str,
    period: Period,
    scope: Scope,
    figures: Mapping[tuple[str, str], int],
    printed: MoneyUnit | None = None,
) -> tuple[Statement, tuple[CheckOutcome, ...]]:
    """Return every check's outcome, passed ones too, on figures in hundredths."""
    statement = to_statement(
        ((item, moment, amount) for (item, moment), amount in figures.items()),
        enterprise=enterprise.name,
        period=period,
        scope=scope,
    )
    filed, _ = selectors.book_of(enterprise, scope)
    book = StatementBook(statements={**filed.statements, period: statement})
    filled_in = parsed.form(form)
    return statement, checks.run(
        parsed.check_rulebook(),
        book,
        period,
        # Printed statements are rounded line by line, so that their sums are a few places off.
        precision=checks.printed_precision(statement, parsed.dictionary(), unit=printed)
        if printed is not None
        else checks.filed_precision(
            statement, parsed.dictionary(), unit=filled_in.unit, places=filled_in.places
        ),
        form=checks.Form.FINAL if period.kind is PeriodKind.YEAR else checks.Form.FLASH,
    )


def _places(
    cells: Mapping[tuple[str, str], Locator],
) -> Callable[[Item, Moment], Locator]:
    by_key = {FigureKey(item, MOMENTS[letter]): place for (item, letter), place in cells.items()}

    def locate(item: Item, moment: Moment) -> Locator:
        # The item stands in the place also where a cell does: an explanation is kept by the item, so it
        # is found again when the figures are sealed, and after a figure has been typed over.
        return replace(by_key.get(FigureKey(item.code, moment), Locator()), item=item.name)

    return locate
