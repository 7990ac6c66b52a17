"""Every statement adds up to the last unit: plain sums written here, not the checks engine."""

from __future__ import annotations

import numpy as np
import pytest
from tests.guozi.demo.conftest import MadeUp, make_up

from guozi.demo.statements import CONSOLIDATED, FINAL, FIRST_YEAR, FLASH, Block

#: total = sum of parts with signs, for stocks at both dates.
BALANCE = {
    "BS14": "BS01 BS04 BS05 BS07 BS08 BS09 BS10 BS13",
    "BS37": "BS24 BS27 BS28 BS29 BS31 BS34",
    "BS40": "BS14 BS37",
    "BS52": "BS41 BS43 BS44 BS46 BS47 BS48 BS49 BS50",
    "BS70": "BS61 BS62 BS67",
    "BS71": "BS52 BS70",
    "BS89": "BS81 BS83 BS87 BS88",
    "BS91": "BS89 BS90",
    "BS95": "BS71 BS91",
    "SP08": "BS41 BS50 BS61 BS62 BS49I",
}
FLOWS = {
    "IS10": "IS11 IS12 IS13 IS14 IS15 IS16",
    "IS30": "IS01 -IS10 IS20 IS21 IS24 IS25 IS26",
    "IS40": "IS30 IS31 -IS32",
    "IS50": "IS40 -IS41",
    "IS51": "IS50 -IS52",
    "IS16": "IS16I -IS16R",
    "SP06": "IS16I",
    "CF04": "CF01 CF02 CF03",
    "CF09": "CF05 CF06 CF07 CF08",
    "CF10": "CF04 -CF09",
    "CF14": "CF12 CF13",
    "CF19": "CF15 CF16",
    "CF20": "CF14 -CF19",
    "CF24": "CF21 CF22 CF23",
    "CF27": "CF25 CF26",
    "CF28": "CF24 -CF27",
    "CF30": "CF10 CF20 CF28",
    "CF32": "CF31 CF30",
}
FINAL_STOCKS = {
    "BS05": "BS05G -BS05P",
    "BS09": "BS09G -BS09P",
    "BS28": "BS28G -BS28D",
    "BS81": "BS81S BS81P",
    "BS05G": "SP22A SP22B SP22C SP22D",
    "SP10": "BS05P BS09P",
}
FINAL_FLOWS = {
    "IS02": "IS03 IS04",
    "IS11": "IS11M IS11O",
    "CF57": "CF41 CF42 CF43 CF44 CF45 CF45L CF46 CF49 CF50 CF53 CF54 CF55",
    "CF10": "CF57",
    "CF41": "IS50",
    "SP20V": "SP28 SP04 SP19 SP20",
    "SP24": "IS20 IS31S",
}


class Columns:
    """The figures of a block by cell; a line that an enterprise does not have counts as nothing."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.place = {
            cell: n for n, cell in enumerate(zip(block.items, block.moments, strict=True))
        }
        self.amounts = np.where(block.given, block.amounts, 0)

    def __call__(self, item: str, moment: str) -> np.ndarray:
        place = self.place.get((item, moment))
        return (
            self.amounts[:, place] if place is not None else np.zeros(len(self.amounts), np.int64)
        )

    def sum(self, text: str, moment: str) -> np.ndarray:
        return sum(
            -self(name[1:], moment) if name.startswith("-") else self(name, moment)
            for name in text.split()
        )


def faults(columns: Columns, rules: dict[str, str], moment: str) -> list[str]:
    return [
        f"{columns.block.form} {columns.block.period} {columns.block.scope} {total}{moment}"
        for total, parts in rules.items()
        if (columns(total, moment) != columns.sum(parts, moment)).any()
    ]


@pytest.fixture(scope="module")
def columns(made_up: MadeUp) -> list[Columns]:
    return [Columns(block) for block in made_up.told.blocks]


def test_every_total_is_the_sum_of_its_lines(columns: list[Columns]) -> None:
    found = []
    for block in columns:
        final = block.block.form == FINAL
        for moment in "eo":
            found += faults(block, BALANCE | (FINAL_STOCKS if final else {}), moment)
        found += faults(block, FLOWS | (FINAL_FLOWS if final else {}), "c")
        if final and int(block.block.period) > FIRST_YEAR:
            found += faults(block, FLOWS | FINAL_FLOWS, "p")

    assert found == []


def test_the_sheet_balances_and_cash_ends_where_the_cash_flow_statement_does(
    columns: list[Columns],
) -> None:
    for block in columns:
        for moment in "eo":
            assert (block("BS40", moment) == block("BS95", moment)).all()
        assert (block("CF32", "c") == block("BS01", "e") - block("BS01R", "e")).all()
        assert (block("CF31", "c") == block("BS01", "o") - block("BS01R", "o")).all()


def test_retained_earnings_roll_forward(made_up: MadeUp, columns: list[Columns]) -> None:
    """Closing is opening plus profit less what was appropriated and drawn, in whole units."""
    for block in columns:
        key = block.block.form, block.block.period, block.block.scope
        owners = [made_up.told.owners[key][code] for code in block.block.enterprises]
        appropriated, drawn = np.array(owners).T
        if block.block.form == FLASH:
            drawn = (drawn + 5_000) // 10_000 * 10_000
        rolled = block("BS88", "o") + block("IS51", "c") - appropriated - drawn

        assert (block("BS88", "e") == rolled).all()
        if block.block.form == FINAL:
            assert (block("BS87", "e") - block("BS87", "o") == appropriated).all()


def test_opening_balances_are_last_years_closing_ones(columns: list[Columns]) -> None:
    finals = {(b.block.period, b.block.scope): b for b in columns if b.block.form == FINAL}
    compared = 0
    for block in columns:
        before = finals.get((str(int(block.block.period[:4]) - 1), block.block.scope))
        if before is None:
            continue
        rows = [before.block.enterprises.index(code) for code in block.block.enterprises]
        unit = 10_000 if block.block.form == FLASH else 1
        for item in {item for item, moment in block.place if moment == "o" and item[:2] == "BS"}:
            difference = np.abs(block(item, "o") - before(item, "e")[rows])

            assert (difference < unit).all(), (block.block.period, item)
            compared += 1
    assert compared > 1_000


def test_flash_reports_are_in_whole_hundreds_of_yuan(columns: list[Columns]) -> None:
    for block in columns:
        if block.block.form == FLASH:
            money = [n for n, item in enumerate(block.block.items) if item[:4] != "SP01"]
            assert (block.amounts[:, money] % 10_000 == 0).all()


def test_cumulative_lines_never_fall_within_a_year(columns: list[Columns]) -> None:
    flash = {(b.block.period, b.block.scope): b for b in columns if b.block.form == FLASH}
    for (period, scope), block in flash.items():
        year, month = period.split("-")
        before = flash.get((f"{year}-{int(month) - 1:02d}", scope))
        if before is None:
            continue
        rows = [before.block.enterprises.index(code) for code in block.block.enterprises]
        for item in ("IS01", "IS10", "IS11", "IS12", "IS13", "IS14", "IS15", "SP02"):
            assert (block(item, "c") >= before(item, "c")[rows]).all(), (period, scope, item)


def test_last_years_column_is_what_was_reported_last_year(columns: list[Columns]) -> None:
    by_key = {(b.block.form, b.block.period, b.block.scope): b for b in columns}
    for (form, period, scope), block in by_key.items():
        before = by_key.get((form, f"{int(period[:4]) - 1}{period[4:]}", scope))
        if before is None:
            continue
        rows = [before.block.enterprises.index(code) for code in block.block.enterprises]
        for item in ("IS01", "IS40", "IS50", "CF10", "SP02"):
            assert (block(item, "p") == before(item, "c")[rows]).all(), (period, item)


def test_groups_are_their_parent_and_subsidiaries_less_what_is_inside(made_up: MadeUp) -> None:
    """Equity of a group: single equities less stakes, shared with the outside owners by the chain."""
    by_code = {item.uscc: item for item in made_up.city.enterprises}
    blocks = {(b.form, b.period, b.scope): b for b in made_up.told.blocks}
    parents, singles = blocks[FINAL, "2025", "母公司"], blocks[FINAL, "2025", "单户"]
    group = blocks[FINAL, "2025", CONSOLIDATED]
    capital = {
        code: singles.of(code)["BS81", "e"] for code in singles.enterprises if by_code[code].parent
    }
    for code in group.enterprises:
        members = [item for item in made_up.city.enterprises if item.group == code]
        told = {item.uscc: (parents if item.direct else singles).of(item.uscc) for item in members}
        stakes = sum(
            int(capital[item.uscc] * item.share) for item in members if item.share is not None
        )
        equity = sum(figures["BS91", "e"] for figures in told.values()) - stakes
        revenue = sum(figures["IS01", "c"] for figures in told.values())
        shown = group.of(code)

        assert shown["BS91", "e"] == equity
        assert 0 < shown["IS01", "c"] < revenue
        assert shown["IS52", "c"] != 0
        assert shown.get(("BS24", "e"), 0) < sum(f.get(("BS24", "e"), 0) for f in told.values())


def test_the_same_seed_gives_the_same_figures_and_another_one_others(made_up: MadeUp) -> None:
    assert make_up().told.fingerprint() == made_up.told.fingerprint()
    assert make_up(8).told.fingerprint() != made_up.told.fingerprint()


def test_amounts_are_whole_numbers(made_up: MadeUp) -> None:
    assert {block.amounts.dtype for block in made_up.told.blocks} == {np.dtype(np.int64)}


def test_volume_is_three_years_of_months_and_years(made_up: MadeUp) -> None:
    flash = {b.period for b in made_up.told.blocks if b.form == FLASH}
    final = {b.period for b in made_up.told.blocks if b.form == FINAL}

    assert len(flash) == 36
    assert min(flash) == "2023-10"
    assert max(flash) == "2026-09"
    assert final == {"2023", "2024", "2025"}
    assert 1_500_000 < made_up.told.figures < 3_000_000
