"""What every enterprise of the example city reports: flash reports and final accounts, three years.

>>> import numpy as np
>>> from guozi.demo.city import describe
>>> from guozi.rulebooks import parsed
>>> rng = np.random.default_rng(1)
>>> city = describe(rng)
>>> told = generate(city, parsed.standards(), rng, months_until=(2026, 9))
>>> [block for block in told.blocks if block.scope == "合并"][-1].period
'2026-09'
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guozi.demo import consolidation, forms, ledger, profiles
from guozi.demo.periods import Accounts
from guozi.rulebooks import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from guozi.demo.city import City, Enterprise
    from guozi.demo.forms import Sheet
    from guozi_core.scoring import StandardTable

FLASH, FINAL = "financial-flash", "financial-final"
CONSOLIDATED, PARENT, SINGLE = "合并", "母公司", "单户"
FIRST_YEAR, LAST_YEAR = 2023, 2025
MONTHS_SHOWN = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One form for one period and scope: a row an enterprise, a column a figure.

    ``amounts`` are hundredths of the item's unit (分 for money); where ``given`` is false the enterprise
    has no such line, and there is no figure.
    """

    form: str
    period: str
    scope: str
    enterprises: tuple[str, ...]
    items: tuple[str, ...]
    moments: tuple[str, ...]
    amounts: NDArray[np.int64]
    given: NDArray[np.bool_]

    @property
    def figures(self) -> int:
        """How many figures the block holds."""
        return int(self.given.sum())

    def of(self, uscc: str) -> dict[tuple[str, str], int]:
        """Return the figures of one enterprise by item and letter of the moment."""
        row = self.enterprises.index(uscc)
        return {
            (item, moment): int(amount)
            for item, moment, amount, there in zip(
                self.items, self.moments, self.amounts[row], self.given[row], strict=True
            )
            if there
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything reported, oldest first, and what no form shows but a check can ask for."""

    blocks: tuple[Block, ...]
    #: (form, period, scope) → credit code → (appropriated, distributed) in 分.
    owners: dict[tuple[str, str, str], dict[str, tuple[int, int]]]

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return sum(block.figures for block in self.blocks)

    def fingerprint(self) -> str:
        """Return a hash of every figure: the same seed gives the same one."""
        digest = hashlib.sha256()
        for block in self.blocks:
            digest.update(f"{block.form}{block.period}{block.scope}{block.items}".encode())
            digest.update(np.where(block.given, block.amounts, 0).tobytes())
        return digest.hexdigest()


def generate(
    city: City, standards: StandardTable, rng: Generator, *, months_until: tuple[int, int]
) -> Told:
    """Return what the city's enterprises report.

    Flash reports cover the 36 months up to ``months_until`` (year, month; 2026 at most), final accounts the
    years 2023, 2024 and 2025.
    """
    reporting = city.reporting
    drivers = profiles.draw(reporting, standards, rng)
    holdings = _holdings(reporting)
    books = ledger.keep(reporting, drivers, holdings, rng)
    groups = consolidation.groups_of(reporting, holdings)
    accounts = Accounts(books, groups, _facts(reporting, drivers, rng))
    teller = _Teller(reporting, accounts)
    last = months_until[0] * 12 + months_until[1] - 1
    for month in range(12 * profiles.YEARS[0], last + 1):
        year, place = divmod(month, 12)
        # The year before the first month is worked out only for the columns of last year.
        if month > last - MONTHS_SHOWN - 12:
            teller.tell(FLASH, year, place + 1, shown=month > last - MONTHS_SHOWN)
        if place == 11 and year <= LAST_YEAR:
            teller.tell(FINAL, year, None, shown=year >= FIRST_YEAR)
    return Told(blocks=tuple(teller.blocks), owners=teller.owners)


class _Teller:
    """Turns accounts into blocks, remembering last year's columns."""

    def __init__(self, reporting: Sequence[Enterprise], accounts: Accounts) -> None:
        self.reporting, self.accounts = reporting, accounts
        self.rows = {
            CONSOLIDATED: [n for n, item in enumerate(reporting) if item.direct],
            PARENT: [n for n, item in enumerate(reporting) if item.direct],
            SINGLE: [n for n, item in enumerate(reporting) if not item.direct],
        }
        self.before: dict[tuple[str, str, int | None], Sheet] = {}
        self.blocks: list[Block] = []
        self.owners: dict[tuple[str, str, str], dict[str, tuple[int, int]]] = {}

    def tell(self, form: str, year: int, month: int | None, *, shown: bool) -> None:
        """Add the blocks of a period, or only remember it for the columns of the year after."""
        at = profiles.YEARS.index(year)
        place = None if month is None else month - 1
        single = self.accounts.single(at, place)
        group = self.accounts.consolidated(at, place)
        write = forms.flash if form == FLASH else forms.final
        period = f"{year}" if month is None else f"{year}-{month:02d}"
        for kind, columns in (("single", single), ("group", group)):
            sheet = write(columns)
            prior = self.before.get((form, kind, month), {})
            self.before[form, kind, month] = sheet
            if not shown:
                continue
            full = sheet | {
                (item, "p"): amount
                for (item, moment), amount in prior.items()
                if moment == "c" and (form == FINAL or item in forms.FLASH_PRIOR)
            }
            for scope, rows in self._scopes(kind):
                columns_of = columns.appropriated, columns.distributed
                chosen = list(range(len(rows))) if kind == "group" else rows
                self._add(form, period, scope, full, rows, chosen)
                self.owners[form, period, scope] = {
                    self.reporting[row].uscc: (int(columns_of[0][n]), int(columns_of[1][n]))
                    for row, n in zip(rows, chosen, strict=True)
                }

    def _scopes(self, kind: str) -> Iterator[tuple[str, list[int]]]:
        if kind == "group":
            yield CONSOLIDATED, self.rows[CONSOLIDATED]
            return
        yield PARENT, self.rows[PARENT]
        yield SINGLE, self.rows[SINGLE]

    def _add(
        self, form: str, period: str, scope: str, sheet: Sheet, rows: list[int], chosen: list[int]
    ) -> None:
        cells = _order(form, sheet)
        amounts = np.stack([sheet[cell][chosen] for cell in cells], axis=1)
        self.blocks.append(
            Block(
                form=form,
                period=period,
                scope=scope,
                enterprises=tuple(self.reporting[row].uscc for row in rows),
                items=tuple(item for item, _ in cells),
                moments=tuple(moment for _, moment in cells),
                amounts=amounts,
                given=_given(form, cells, amounts),
            )
        )


def _order(form: str, sheet: Sheet) -> list[tuple[str, str]]:
    """Return the cells in printed order, those of the form only."""
    printed = {code: place for place, code in enumerate(_lines(form))}
    asked = [cell for cell in sheet if cell[0] in printed]
    return sorted(asked, key=lambda cell: (printed[cell[0]], cell[1]))


def _lines(form: str) -> list[str]:
    return [
        line.item.code
        for sheet in parsed.form(form).sheets
        for line in sheet.lines
        if line.item is not None
    ]


def _required(form: str) -> frozenset[str]:
    return frozenset(
        line.item.code
        for sheet in parsed.form(form).sheets
        for line in sheet.lines
        if line.item is not None and line.required
    )


def _given(
    form: str, cells: Sequence[tuple[str, str]], amounts: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which cells are filled in: a line that is nothing in every column is left empty."""
    filled: NDArray[np.bool_] = amounts != 0
    required = _required(form)
    columns: dict[str, list[int]] = {}
    for place, (item, _) in enumerate(cells):
        columns.setdefault(item, []).append(place)
    for item, places in columns.items():
        filled[:, places] = filled[:, places].any(axis=1, keepdims=True) | (item in required)
    return filled


def _holdings(reporting: Sequence[Enterprise]) -> NDArray[np.int64]:
    """Return what each enterprise holds in each other one, in 万分."""
    row = {item.uscc: place for place, item in enumerate(reporting)}
    found = np.zeros((len(reporting), len(reporting)), dtype=np.int64)
    for place, item in enumerate(reporting):
        if item.share is not None:
            found[row[item.parent], place] = int(item.share * 10_000)
    return found


def _facts(
    reporting: Sequence[Enterprise], drivers: profiles.Drivers, rng: Generator
) -> dict[str, NDArray[np.int64]]:
    """Return how each enterprise splits stocks, debt and capital, in 万分."""
    industrial = drivers.profile["research"] > 0.01
    big = np.array([item.assets_yuan >= 4e9 for item in reporting])
    shares = [item.share for item in reporting]
    return {
        "materials": np.where(industrial, 4_000, 0),
        "short": (np.where(big, 1_600, 3_800) + 1_200 * rng.random(len(reporting))).astype(
            np.int64
        ),
        "bonds": np.where(big, 2_400, 0),
        "state": np.array([10_000 if share is None else int(share * 10_000) for share in shares]),
    }
