"""From accounts to what the two forms ask for, in hundredths of the unit, every total exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from guozi.demo import presentation, rounding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from guozi.demo.periods import Columns

    Fen = NDArray[np.int64]
    Lines = dict[str, Fen]
    #: (item, letter of the moment) → amounts, one an enterprise.
    Sheet = dict[tuple[str, str], Fen]

#: A flash report is filled in 万元 with two decimals.
FLASH_UNIT: Final = 10_000
_FLASH_STOCKS: Final = frozenset(
    {"BS01R", "BS49I", "SP01", "SP08", "SP13"}
    | set(presentation.BALANCE_TREE)
    | {part for parts in presentation.BALANCE_TREE.values() for part in parts}
)
_FLASH_FLOWS: Final = (
    *("IS01", "IS02", "IS10", "IS11", "IS12", "IS13", "IS14", "IS15", "IS16", "IS16I", "IS16R"),
    *("IS20", "IS21", "IS24", "IS25", "IS26", "IS30", "IS31", "IS32", "IS40", "IS41", "IS50"),
    *("IS51", "IS52", "IS70"),
    *("CF01", "CF02", "CF03", "CF04", "CF05", "CF06", "CF07", "CF08", "CF09", "CF10"),
    *("CF12", "CF13", "CF14", "CF15", "CF16", "CF19", "CF20", "CF21", "CF22", "CF23", "CF24"),
    *(
        "CF25",
        "CF26",
        "CF27",
        "CF28",
        "CF30",
        "CF31",
        "CF32",
        "SP01A",
        "SP02",
        "SP03",
        "SP06",
        "SP09",
    ),
)
#: Flows whose prior column the flash report shows: the income statement and the required lines.
FLASH_PRIOR: Final = frozenset(
    {name for name in _FLASH_FLOWS if name.startswith("IS")}
    | {"CF04", "CF09", "CF10", "CF20", "CF28", "CF30", "CF31", "CF32", "SP02", "SP09"}
)


def flash(columns: Columns) -> Sheet:
    """Return the monthly flash report without its prior columns."""
    closing, opening = _flash_balance(columns.closing), _flash_balance(columns.opening)
    current = {
        name: rounding.nearest(amount, 1 if name == "SP01A" else FLASH_UNIT)
        for name, amount in columns.current.items()
    }
    current["IS16"] = current["IS16I"] - current["IS16R"]
    drawn = rounding.nearest(columns.distributed, FLASH_UNIT)
    current["IS51"] = closing["BS88"] - opening["BS88"] + drawn
    presentation.income_from_profit(current)
    current["CF31"] = opening["BS01"] - opening["BS01R"]
    current["CF32"] = closing["BS01"] - closing["BS01R"]
    presentation.add_cash_totals(current)
    # A few units are left over from rounding the lines of the cash flow statement one by one.
    left = current["CF30"] - (current["CF32"] - current["CF31"])
    current["CF08"] = current["CF08"] + np.maximum(left, 0)
    current["CF03"] = current["CF03"] + np.maximum(-left, 0)
    presentation.add_cash_totals(current)
    _supplement(closing, opening, current)
    sheet: Sheet = {(name, "e"): closing[name] for name in closing if name in _FLASH_STOCKS}
    sheet |= {(name, "o"): opening[name] for name in opening if name in _FLASH_STOCKS}
    return sheet | {(name, "c"): current[name] for name in _FLASH_FLOWS if name in current}


def _flash_balance(exact: Lines) -> Lines:
    lines = dict(exact)
    presentation.add_balance_totals(lines)
    found = rounding.balance_sheet(lines, presentation.BALANCE_TREE, FLASH_UNIT)
    found["BS49I"] = exact["BS49I"] // FLASH_UNIT * FLASH_UNIT
    # Restricted cash goes the way all cash went, so that free cash is not a whole unit off either.
    up = np.where(found["BS01"] >= exact["BS01"], FLASH_UNIT - 1, 0)
    found["BS01R"] = (exact["BS01R"] + up) // FLASH_UNIT * FLASH_UNIT
    found["SP01"] = exact["SP01"]
    found["SP13"] = rounding.nearest(exact["SP13"], FLASH_UNIT)
    return found


def final(columns: Columns) -> Sheet:
    """Return the final accounts without their prior columns."""
    closing, opening, current = dict(columns.closing), dict(columns.opening), dict(columns.current)
    for lines in (closing, opening):
        presentation.add_balance_totals(lines)
        lines["SP10"] = lines["BS05P"] + lines["BS09P"]
        lines["SP18"] = _share(lines["BS89"], lines["BS81S"], lines["BS81"])
        _ageing(lines)
    presentation.add_income_totals(current)
    presentation.add_cash_totals(current)
    current["CF31"] = opening["BS01"] - opening["BS01R"]
    current["CF32"] = closing["BS01"] - closing["BS01R"]
    _supplement(closing, opening, current)
    current["IS50C"] = current["IS50"]
    current["IS11M"] = current["IS11"] * 97 // 100
    current["IS11O"] = current["IS11"] - current["IS11M"]
    current["SP02W"] = current["SP02"] * 78 // 100
    current["SP03E"] = current["SP03"]
    current["SP18X"] = current["SP18A"]
    current["SP18S"] = _share(columns.distributed, closing["BS81S"], closing["BS81"])
    current["SP18Y"] = current["SP18S"]
    current["SP24"] = current["IS20"] + current["IS31S"]
    current["SP20"] = current["IS30"]
    current["SP28"] = current["SP02"]
    current["SP20V"] = current["SP28"] + current["SP04"] + current["SP19"] + current["SP20"]
    _reconcile(closing, opening, current)
    sheet: Sheet = {(name, "e"): amount for name, amount in closing.items()}
    sheet |= {(name, "o"): amount for name, amount in opening.items()}
    return sheet | {(name, "c"): amount for name, amount in current.items()}


def _supplement(closing: Lines, opening: Lines, current: Lines) -> None:
    """Add the supplementary lines that repeat or add up other lines."""
    for lines in (closing, opening):
        lines["SP08"] = sum(
            (lines[name] for name in ("BS41", "BS50", "BS61", "BS62")), start=lines["BS49I"]
        )
        lines["SP08S"] = lines["BS41"] + lines["BS50"] + lines["BS49I"]
        lines["SP08L"] = lines["BS61"] + lines["BS62"]
        lines["SP13E"] = lines["SP13"]
        lines["SP26U"] = lines["SP08"] - lines["BS49I"]
    current["SP03"] = current["IS15"]
    current["SP06"] = current["IS16I"]
    current["SP09"] = current["CF07"] - current["CF02"]


def _ageing(lines: Lines) -> None:
    """Split gross receivables by age; the more is written down, the older they are."""
    gross = lines["BS05G"]
    old = np.minimum(lines["BS05P"] * 6 // 10, gross)
    rest = gross - old
    lines["SP22B"], lines["SP22C"], lines["SP22D"] = rest * 16 // 100, rest * 6 // 100, old
    lines["SP22A"] = gross - lines["SP22B"] - lines["SP22C"] - lines["SP22D"]


def _reconcile(closing: Lines, opening: Lines, current: Lines) -> None:
    """Add the indirect method; what is owed in operations takes the rest."""

    def growth(*names: str) -> Fen:
        found: Fen = np.sum([closing[name] - opening[name] for name in names], axis=0)
        return found

    current |= {
        "CF41": current["IS50"],
        "CF42": -current["IS25"],
        "CF43": -current["IS24"],
        "CF44": current["SP04"],
        "CF45": current["SP05"],
        "CF45L": current["SP05L"],
        "CF46": -current["IS26"],
        "CF49": current["IS16I"],
        "CF50": -current["IS21"],
        "CF53": current["SP07"] - growth("BS09G"),
        "CF54": -growth("BS04", "BS05G", "BS07", "BS08", "BS10", "BS13"),
        "CF57": current["CF10"],
    }
    named = [name for name in current if "CF41" <= name < "CF57"]
    current["CF55"] = current["CF57"] - np.sum([current[name] for name in named], axis=0)


def _share(amount: Fen, part: Fen, whole: Fen) -> Fen:
    """Return a share of whole amounts without leaving whole numbers."""
    ratio = part * 10_000 // np.maximum(whole, 1)
    found: Fen = amount * ratio // 10_000
    return found
