"""Rulebooks are read exactly and refuse what they cannot mean."""

from datetime import date
from decimal import Decimal

import pytest

from guozi_core.rulebook import (
    MARKS,
    Header,
    RulebookError,
    fingerprint,
    in_force,
    mark_meaning,
    parse_yaml,
    read_header,
)

GOOD = """
rulebook: lines
family: checks
version: "1"
title: {zh: 预警线, en: Warning lines}
valid_from: 2024-01-01
valid_to: 2025-01-01
sources: [{document: 试行办法, number: 云国资〔2024〕1号, clause: 第十二条, mark: K}]
"""


def header(text: str = GOOD) -> Header:
    return read_header(parse_yaml(text))


def test_numbers_are_exact() -> None:
    tree = parse_yaml("a: 0.1\nb: 12345678901234567890.123\nc: 7\nd: -0.50")

    assert tree.number("a") + tree.number("a") + tree.number("a") == Decimal("0.3")
    assert tree.number("b") == Decimal("12345678901234567890.123")
    assert tree.integer("c") == 7
    assert str(tree.number("d")) == "-0.50"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3", "第3行"),
        ("a: [1, 2", "第1行"),
        ("- 1\n- 2", "第1行"),
        ("a: .inf", "第1行"),
        ("a: !!python/object/apply:os.system [ls]", "第1行"),
    ],
)
def test_fault_names_its_line(text: str, line: str) -> None:
    with pytest.raises(RulebookError) as refused:
        parse_yaml(text)

    assert refused.value.findings[0].locator.row == line


@pytest.mark.parametrize(
    "read",
    [
        lambda tree: tree.text("number"),
        lambda tree: tree.number("truth"),
        lambda tree: tree.integer("decimal"),
        lambda tree: tree.section("number"),
        lambda tree: tree.numbers("texts"),
        lambda tree: tree.day("number"),
        lambda tree: tree.text("absent"),
        lambda tree: tree.refuse_unknown({"number"}),
    ],
)
def test_value_of_another_type_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    tree = parse_yaml("number: 1\ntruth: true\ndecimal: 1.5\ntexts: [a, b]")

    with pytest.raises(RulebookError):
        read(tree)


def test_period_in_force_includes_its_first_day_and_excludes_its_end() -> None:
    book = header()

    assert [book.holds_on(date(2023, 12, 31)), book.holds_on(date(2024, 1, 1))] == [False, True]
    assert [book.holds_on(date(2024, 12, 31)), book.holds_on(date(2025, 1, 1))] == [True, False]


def test_latest_rulebook_in_force_comes_first() -> None:
    older = header()
    newer = header(GOOD.replace("2024-01-01", "2024-06-01").replace("lines", "lines-2"))

    assert [book.id for book in in_force([older, newer], on=date(2024, 7, 1))] == [
        "lines-2",
        "lines",
    ]
    assert in_force([older, newer], on=date(2026, 1, 1)) == ()


@pytest.mark.parametrize(
    "change",
    [
        ("mark: K", "mark: X"),
        ("2025-01-01", "2023-01-01"),
        ('version: "1"', "version: 1"),
        ("en: Warning lines", "fr: x"),
    ],
)
def test_faulty_header_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(RulebookError):
        header(GOOD.replace(*change))


def test_header_without_source_is_refused() -> None:
    with pytest.raises(RulebookError):
        header(GOOD.split("sources", maxsplit=1)[0])


def test_citation_names_document_number_and_clause() -> None:
    assert header().sources[0].citation == "《试行办法》（云国资〔2024〕1号）第十二条"


def test_every_mark_has_a_meaning() -> None:
    assert {mark_meaning(mark).zh for mark in ("C12", "P", "M", "K", "S")} == {
        m.zh for m in MARKS.values()
    }


def test_fingerprint_changes_with_a_digit_but_not_with_line_ends() -> None:
    assert fingerprint("a: 1\nb: 2") == fingerprint("a: 1\r\nb: 2")
    assert fingerprint("a: 1") != fingerprint("a: 2")


def test_text_cut_off_by_a_comma_is_refused() -> None:
    tree = parse_yaml("fix: {zh: 核对收入及其构成, en: check total revenue, revenue and its parts}")

    with pytest.raises(RulebookError, match="unknown keys: revenue and its parts"):
        tree.wording("fix")
