"""What the log's actors are called: people keep their names, the product says in both languages what it did.

:func:`guozi.access.context.the_product` acts under the name of the work; a filing loaded without a person
bears the name of the role.
"""

from __future__ import annotations

from guozi.access.roles import Role
from guozi_core.findings import Wording

_WORK = (
    Wording("示例城市", "Example city"),
    Wording("后台任务", "Background jobs"),
    Wording("公开披露装入", "Loading of public disclosures"),
    Wording("公开披露", "Public disclosures"),
    Wording("命令行导入", "Import on the command line"),
)
_ENGLISH = {words.zh: words.en for words in (*_WORK, *(role.label for role in Role))}


def actor_words(name: str) -> Wording | None:
    """Return what the product did as an actor, ``None`` where the actor is a person.

    >>> actor_words("后台任务").en
    'Background jobs'
    """
    english = _ENGLISH.get(name)
    return None if english is None else Wording(name, english)
