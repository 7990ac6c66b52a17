"""Every change to filings: drafts, files taken in, sealing, review."""

from guozi.filings.services.drafts import (
    carry_forward,
    explain,
    open_draft,
    reopen_as_draft,
    save_figures,
    take_file,
)
from guozi.filings.services.refusals import (
    SAME_CONTENT,
    DraftConflictError,
    FilingRefusedError,
)
from guozi.filings.services.review import take_step
from guozi.filings.services.sealing import BulkVersion, seal_in_bulk, submit

__all__ = [
    "SAME_CONTENT",
    "BulkVersion",
    "DraftConflictError",
    "FilingRefusedError",
    "carry_forward",
    "explain",
    "open_draft",
    "reopen_as_draft",
    "save_figures",
    "seal_in_bulk",
    "submit",
    "take_file",
    "take_step",
]
