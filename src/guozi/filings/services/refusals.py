"""Anticipated reasons not to act, each with a code and a sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi_core.findings import Finding, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping


#: The code of a refusal that loses nothing: what was to be filed is there already.
SAME_CONTENT = "FIL-SAME"


class FilingRefusedError(Exception):
    """A step is refused; ``findings`` name the figures where figures are the reason."""

    def __init__(self, code: str, reason: Wording, findings: tuple[Finding, ...] = ()) -> None:
        self.code, self.reason, self.findings = code, reason, findings
        super().__init__(reason.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that two people changed: what is stored now and what was to be saved (hundredths)."""

    item: str
    moment: str
    stored: int | None
    wanted: int | None


class DraftConflictError(Exception):
    """Somebody else saved the draft meanwhile; nothing was saved, nothing is lost."""

    def __init__(self, differences: tuple[Difference, ...], by_name: str, revision: int) -> None:
        self.differences, self.by_name, self.revision = differences, by_name, revision
        super().__init__(f"draft changed by {by_name}")


def same_content(number: int) -> FilingRefusedError:
    """Return the refusal of a filing that equals a sealed version."""
    return FilingRefusedError(
        SAME_CONTENT,
        Wording(
            f"与已报的第{number}版内容相同，没有产生新版本",
            f"the content equals version {number}; no new version was made",
        ),
    )


def moved_on(names: Mapping[str, str]) -> FilingRefusedError:
    """Return the refusal of a step that came too late: somebody else was first."""
    return FilingRefusedError(
        "FIL-MOVED",
        Wording(
            f"未办理：{names['by']}已于{names['at']}将其置为“{names['zh']}”",
            f"not done: {names['by']} set it to “{names['en']}” at {names['at']}",
        ),
    )
