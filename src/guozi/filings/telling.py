"""A finding as one sentence, its place in the language of the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.rulebooks import parsed
from guozi_core.statements import Scope

if TYPE_CHECKING:
    from guozi.registry.models import Enterprise
    from guozi_core.findings import Finding, Language


def sentence_of(finding: Finding, language: Language, *, about: Enterprise | None = None) -> str:
    """Return the whole message; in English the line and the accounts have their English names.

    ``about`` is the enterprise that the place names. What stands in a file (sheets, headings, line names as
    printed) stays as the file has it.
    """
    if language == "zh":
        return finding.sentence(language)
    place = finding.locator
    item = parsed.dictionary().by_name.get(place.item or "")
    scopes = {scope.value: scope.wording.en for scope in Scope}
    name = about.english_name if about is not None and place.enterprise else ""
    return finding.at(
        enterprise=name or place.enterprise,
        item=item.english if item is not None else place.item,
        scope=scopes.get(place.scope or "", place.scope),
    ).sentence(language)
