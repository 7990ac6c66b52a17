"""The shipped item dictionary, read once."""

import pytest

from guozi.paths import DATA
from guozi_core.statements import ItemDictionary, read_dictionary


@pytest.fixture(scope="session")
def dictionary() -> ItemDictionary:
    path = DATA / "rulebooks" / "items" / "statement-items.yaml"
    return read_dictionary(path.read_text(encoding="utf-8"))
