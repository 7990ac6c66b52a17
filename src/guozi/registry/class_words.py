"""What the classes of an enterprise are called, in both languages.

The values themselves are Chinese, as the official lists print them; a county keeps its name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from guozi.registry.kinds import Level
from guozi.rulebooks import parsed
from guozi_core.findings import Wording
from guozi_core.scoring import SCALES, scale_label

if TYPE_CHECKING:
    from collections.abc import Mapping

_NATURES = {
    "商业一类": "Commercial class 1",
    "商业二类": "Commercial class 2",
    "公益类": "Public-benefit",
}
_STATUSES = {
    "正常经营": "Operating",
    "筹建": "Being set up",
    "停业": "Out of business",
    "歇业": "Suspended",
    "清算": "In liquidation",
    "破产": "Bankrupt",
    "注销": "Deregistered",
    "吊销": "Licence revoked",
}
_REGISTERED_TYPES = {
    "国有独资公司": "Wholly state-owned company",
    "国有全资公司": "State wholly-owned company",
    "国有控股公司": "State-controlled company",
    "国有实际控制公司": "Company under de facto state control",
    "国有参股公司": "Company with a state minority holding",
    "全民所有制企业": "Enterprise owned by the whole people",
}


def class_words(value: str) -> Wording:
    """Return a class value, of whatever kind, in both languages; an unknown one as it is.

    >>> class_words("商业一类").en, class_words("煤炭工业").en, class_words("municipal").zh
    ('Commercial class 1', 'Coal', '市属企业')
    """
    return _known().get(value, Wording(value, value))


@cache
def _known() -> Mapping[str, Wording]:
    """Return every class value that has English; the lists have no value in common."""
    english = {**parsed.industry_names(), **_NATURES, **_STATUSES, **_REGISTERED_TYPES}
    return {
        **{value: Wording(value, words) for value, words in english.items()},
        **{scale: scale_label(scale) for scale in SCALES},
        **{level.value: level.label for level in Level},
    }
