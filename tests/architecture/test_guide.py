"""The user guide names what there is: its pictures, its pages, the buttons of the product."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import guozi
from guozi.ui import translations

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
TEMPLATES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(guozi.__file__).parent.rglob("templates/**/*.html"))
)
TEXTS = {text for room in translations.rooms() for text in translations.texts_of(room)}
MOST_BYTES = 4_000_000
_TARGET = re.compile(r"\]\(([^)#\s]+)")
_BUTTON = re.compile(r"【([^】]+)】")


def targets(path: Path) -> list[str]:
    return [
        target
        for target in _TARGET.findall(path.read_text(encoding="utf-8"))
        if not target.startswith("http")
    ]


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_what_a_page_links_to_exists(path: Path) -> None:
    assert [target for target in targets(path) if not (path.parent / target).exists()] == []


def test_every_page_and_every_picture_of_the_guide_is_used() -> None:
    used = {(page.parent / target).resolve() for page in PAGES for target in targets(page)}
    there = {*GUIDE.glob("pictures/*.png"), *GUIDE.glob("*.md")} - {GUIDE / "README.zh.md"}
    assert there - used == set()


def test_the_pictures_are_small_together() -> None:
    assert sum(path.stat().st_size for path in GUIDE.glob("pictures/*.png")) < MOST_BYTES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_button_is_called_what_the_page_calls_it(path: Path) -> None:
    """In the guide 【…】 is a button or link: a whole text of the pages, translated or the same in both."""
    named = dict.fromkeys(_BUTTON.findall(path.read_text(encoding="utf-8")))
    unknown = [
        name
        for name in named
        if name not in TEXTS and not re.search(rf"[>}}]\s*{re.escape(name)}\s*[<{{]", TEMPLATES)
    ]
    assert unknown == ["按钮"] * (path.name == "README.zh.md")
