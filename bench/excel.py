"""Import of a detail table, 100,000 rows × 20 columns, against openpyxl reading alone.

The import opens the container (sizes, checksums, document types, duplicates), reads the columns,
turns amounts into whole 分, days into days, and reports every fault. The peer only reads values
(``read_only=True, values_only=True``) and throws them away. Goal: at least four times as fast.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import xlsxwriter

from _table import measure, print_ratios
from guozi import excel
from guozi_core.sheets import ColumnKind, ColumnSpec, TableSpec

if TYPE_CHECKING:
    from guozi_core.sheets import ReadTable

ROWS, AMOUNTS = 100_000, 15
SPEC = TableSpec(
    columns=(
        ColumnSpec(key="contract", title="合同编号", kind=ColumnKind.CODE, required=True),
        ColumnSpec(key="lender", title="债权人", kind=ColumnKind.TEXT, required=True),
        ColumnSpec(key="begin", title="起始日", kind=ColumnKind.DAY, required=True),
        ColumnSpec(
            key="end", title="到期日", kind=ColumnKind.DAY, required=True, not_before="begin"
        ),
        ColumnSpec(key="terms", title="期数", kind=ColumnKind.COUNT),
        *(
            ColumnSpec(key=f"a{n}", title=f"金额{n}", kind=ColumnKind.AMOUNT, required=n < 5)
            for n in range(AMOUNTS)
        ),
    )
)


def workbook() -> tuple[bytes, int]:
    """Return a ledger with a few faults, and the sum of its first amounts in 分."""
    random = np.random.Generator(np.random.PCG64(20260131))
    hundredths = random.integers(0, 10**9, size=(ROWS, AMOUNTS))
    offsets = random.integers(0, 3_000, size=ROWS)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        sheet = book.add_worksheet("债务")
        for place, column in enumerate(SPEC.columns):
            unit = "（万元）" if column.kind is ColumnKind.AMOUNT else ""
            sheet.write_string(0, place, column.title + unit)
        first = dt.date(2015, 1, 1)
        for row in range(ROWS):
            begin = first + dt.timedelta(days=int(offsets[row]))
            sheet.write_string(row + 1, 0, f"HT-{row:06d}")
            sheet.write_string(row + 1, 1, f"云泽银行第{row % 200}支行")
            sheet.write_datetime(row + 1, 2, begin)
            sheet.write_datetime(row + 1, 3, begin + dt.timedelta(days=365))
            sheet.write_number(row + 1, 4, row % 40)
            for place in range(AMOUNTS):
                sheet.write_number(row + 1, 5 + place, hundredths[row, place] / 100)
        sheet.write_string(ROWS, 5, "5万元")
    exact = (int(hundredths[:, 0].sum()) - int(hundredths[ROWS - 1, 0])) * 10_000
    return stream.getvalue(), exact


def ours(content: bytes) -> ReadTable:
    """Import the whole table."""
    limits = excel.Limits(upload_bytes=200 * 2**20, unpacked_bytes=500 * 2**20)
    loaded = excel.read_columns(content, SPEC, name="债务.xlsx", limits=limits)
    assert loaded.table is not None, loaded.findings  # noqa: S101 - a benchmark that read nothing
    return loaded.table


def peer(content: bytes) -> int:
    """Read every value with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def main() -> None:
    """Check the result, then time both."""
    content, exact = workbook()
    table = ours(content)
    codes = [finding.code for finding in table.findings]
    total = int(table.amounts["a0"].sum())
    assert table.rows == ROWS  # noqa: S101
    assert total == exact, (total, exact)  # noqa: S101
    assert codes == ["IMP-NUM-007"], codes[:5]  # noqa: S101
    cells = float(ROWS * len(SPEC.columns))
    print_ratios(
        f"excel: a detail table of {ROWS:,} rows x {len(SPEC.columns)} columns, "
        f"{len(content) / 2**20:.1f} MiB (goal: ratio >= 4)",
        "cells",
        measure("import with all checks", cells, lambda: ours(content), rounds=3),
        [measure("openpyxl read_only, values only", cells, lambda: peer(content), rounds=1)],
    )


if __name__ == "__main__":
    main()
