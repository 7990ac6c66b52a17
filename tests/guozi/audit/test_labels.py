"""Every code that a service writes into the log has its words."""

from __future__ import annotations

import re
from pathlib import Path

import guozi
from guozi.audit.labels import ACTIONS, SUBJECTS

SOURCES = [path.read_text(encoding="utf-8") for path in Path(guozi.__file__).parent.rglob("*.py")]


def test_every_action_written_has_words() -> None:
    written = {
        code
        for text in SOURCES
        for code in re.findall(r'action="([a-z]+\.[a-z\-]+|exported)"', text)
    }
    assert len(written) > 20
    assert written - set(ACTIONS) == set()


def test_every_kind_of_subject_has_words() -> None:
    written = {code for text in SOURCES for code in re.findall(r'Subject\(\s*"([\w.]+)"', text)}
    assert len(written) > 8
    assert written - set(SUBJECTS) == set()
