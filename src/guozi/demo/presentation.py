"""From the books to the lines of the statements, for single enterprises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Fen = NDArray[np.int64]
    Lines = dict[str, Fen]

#: Parts of the totals of the balance sheet that occur in the city, from the top down.
BALANCE_TREE: Final = {
    "BS40": ("BS14", "BS37"),
    "BS14": ("BS01", "BS04", "BS05", "BS07", "BS08", "BS09", "BS10", "BS13"),
    "BS37": ("BS24", "BS27", "BS28", "BS29", "BS31", "BS34"),
    "BS95": ("BS71", "BS91"),
    "BS71": ("BS52", "BS70"),
    "BS52": ("BS41", "BS43", "BS44", "BS46", "BS47", "BS48", "BS49", "BS50"),
    "BS70": ("BS61", "BS62", "BS67"),
    "BS91": ("BS89", "BS90"),
    "BS89": ("BS81", "BS83", "BS87", "BS88"),
}
_COSTS: Final = ("IS11", "IS12", "IS13", "IS14", "IS15", "IS16")
_GAINS: Final = ("IS20", "IS21", "IS24", "IS25", "IS26")
#: Total, lines added, lines deducted.
_CASH_TOTALS: Final = (
    ("CF04", ("CF01", "CF02", "CF03"), ()),
    ("CF09", ("CF05", "CF06", "CF07", "CF08"), ()),
    ("CF10", ("CF04",), ("CF09",)),
    ("CF14", ("CF12", "CF13"), ()),
    ("CF19", ("CF15", "CF16"), ()),
    ("CF20", ("CF14",), ("CF19",)),
    ("CF24", ("CF21", "CF22", "CF23"), ()),
    ("CF27", ("CF25", "CF26"), ()),
    ("CF28", ("CF24",), ("CF27",)),
    ("CF30", ("CF10", "CF20", "CF28"), ()),
)


def stock_lines(stocks: Mapping[str, Fen], facts: Mapping[str, Fen]) -> Lines:
    """Return the lines of the balance sheet without totals; ``facts`` are shares in 万分."""
    raw, done, debt = stocks["BS09O"], stocks["BS09D"], stocks["debt"]
    lines = {
        name: stocks[name]
        for name in (
            *("BS01R", "BS04", "BS05G", "BS05P", "BS07", "BS08", "BS09P", "BS10", "BS13"),
            *("BS27", "BS28G", "BS28D", "BS29", "BS31", "BS34", "BS43", "BS44", "BS46"),
            *("BS47", "BS48", "BS49I", "BS67", "BS81", "BS83", "BS87", "BS88"),
        )
    }
    lines |= {
        "BS01": stocks["BS01F"] + stocks["BS01R"],
        "BS05": stocks["BS05G"] - stocks["BS05P"],
        "BS09": raw + done - stocks["BS09P"],
        "BS09G": raw + done,
        "BS09A": raw * facts["materials"] // 10_000,
        "BS09B": raw - raw * facts["materials"] // 10_000,
        "BS09C": done * 7 // 10,
        "BS09D": done - done * 7 // 10,
        "BS24": stocks["BS24A"] + stocks["BS24S"],
        "BS28": stocks["BS28G"] - stocks["BS28D"],
        "BS31L": stocks["BS31"] * 7 // 10,
        "BS41": debt * facts["short"] // 10_000,
        "BS49": stocks["BS49O"] + stocks["BS49I"],
        "BS50": debt * 12 // 100,
        "BS62": debt * facts["bonds"] // 10_000,
        "BS81S": stocks["BS81"] * facts["state"] // 10_000,
        "BS87S": stocks["BS87"],
    }
    lines["BS50D"] = lines["BS50"]
    lines["BS61"] = debt - lines["BS41"] - lines["BS50"] - lines["BS62"]
    lines["BS81P"] = lines["BS81"] - lines["BS81S"]
    return lines


def flow_lines(flows: Mapping[str, Fen]) -> Lines:
    """Return the lines of income and cash flow without totals, from cumulative flows."""
    lines = {
        name: flows[name]
        for name in (
            *("IS03", "IS04", "IS11", "IS12", "IS13", "IS14", "IS15", "IS16I", "IS16R", "IS20"),
            *("IS21J", "IS24", "IS25", "IS26", "IS31S", "IS32", "IS41"),
            *("CF01", "CF02", "CF03", "CF05", "CF06", "CF07", "CF08", "CF12", "CF13", "CF15"),
            *("CF16", "CF21", "CF22", "CF23", "CF25", "CF26", "SP02", "SP04", "SP05", "SP05L"),
            "SP07",
        )
    }
    lines["IS16"] = lines["IS16I"] - lines["IS16R"]
    lines["IS21"] = lines["IS21J"] + flows["IS21S"]
    lines["IS31"] = lines["IS31S"] + flows["IS31O"]
    return lines


def add_balance_totals(lines: Lines) -> None:
    """Add the totals of the balance sheet, lowest first."""
    for total, parts in reversed(BALANCE_TREE.items()):
        lines[total] = _sum(lines, parts)


def add_income_totals(lines: Lines) -> None:
    """Add the totals of the income statement; a minority share is there in groups only."""
    lines["IS02"] = lines["IS03"] + lines["IS04"]
    lines["IS01"] = lines["IS02"]
    lines["IS10"] = _sum(lines, _COSTS)
    lines["IS30"] = lines["IS01"] - lines["IS10"] + _sum(lines, _GAINS)
    lines["IS40"] = lines["IS30"] + lines["IS31"] - lines["IS32"]
    lines["IS50"] = lines["IS40"] - lines["IS41"]
    lines["IS51"] = lines["IS50"] - lines["IS52"] if "IS52" in lines else lines["IS50"]
    lines["IS70"] = lines["IS50"]


def income_from_profit(lines: Lines) -> None:
    """Add the totals from the profit of the owners upwards; operating cost takes the difference."""
    lines["IS02"] = lines["IS03"] + lines["IS04"]
    lines["IS01"] = lines["IS02"]
    lines["IS50"] = lines["IS51"] + lines["IS52"] if "IS52" in lines else lines["IS51"]
    lines["IS70"] = lines["IS50"]
    lines["IS40"] = lines["IS50"] + lines["IS41"]
    lines["IS30"] = lines["IS40"] - lines["IS31"] + lines["IS32"]
    lines["IS10"] = lines["IS01"] + _sum(lines, _GAINS) - lines["IS30"]
    lines["IS11"] = lines["IS10"] - _sum(lines, _COSTS[1:])


def add_cash_totals(lines: Lines) -> None:
    """Add the totals of the cash flow statement."""
    for total, added, deducted in _CASH_TOTALS:
        lines[total] = _sum(lines, added) - _sum(lines, deducted)


def _sum(lines: Mapping[str, Fen], names: tuple[str, ...]) -> Fen:
    there = [lines[name] for name in names if name in lines]
    total: Fen = np.sum(there, axis=0, dtype=np.int64)
    return total
