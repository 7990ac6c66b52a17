"""Workbooks in and out; knows no domain rule and needs no Django.

Entry points: :func:`open_workbook` (bytes to the neutral workbook of ``guozi_core.sheets``),
:func:`write_template` (a form to fill in, empty or prefilled), :func:`annotate` (the reporter's own
file with every finding at its cell), :func:`write_table` (lists for download), and ``plain_sheet``
for the tables of the command line.
"""

from guozi.excel._annotation import annotate
from guozi.excel._columns import LoadedTable, read_columns
from guozi.excel._container import FORM_LIMITS, Limits
from guozi.excel._opening import Opened, open_workbook
from guozi.excel._printed import PrintedLine, PrintedStatement, write_printed
from guozi.excel._table import TableColumn, write_table
from guozi.excel._template import Addressee, write_template

__all__ = [
    "FORM_LIMITS",
    "Addressee",
    "Limits",
    "LoadedTable",
    "Opened",
    "PrintedLine",
    "PrintedStatement",
    "TableColumn",
    "annotate",
    "open_workbook",
    "read_columns",
    "write_printed",
    "write_table",
    "write_template",
]
