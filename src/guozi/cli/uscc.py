"""``guozi uscc CODE…``: validate unified social credit codes (统一社会信用代码, GB 32100)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guozi.registry.credit_code import fault_of

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("codes", nargs="+", metavar="CODE", help="统一社会信用代码")


def run(arguments: argparse.Namespace) -> int:
    """Print a row for every code; 0 when all are valid, else 1."""
    rows = []
    for code in arguments.codes:
        reason = fault_of(code)
        rows.append(
            {
                "code": code,
                "valid": reason is None,
                "reason": None if reason is None else reason.in_language(arguments.lang),
            }
        )
    print(json.dumps({"rows": rows}, ensure_ascii=False, indent=2))
    return 0 if all(row["valid"] for row in rows) else 1
