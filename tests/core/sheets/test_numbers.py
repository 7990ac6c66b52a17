"""Catalogue 3.C: what is a number, what is understood with a note, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.sheets import (
    DASHES,
    FAULTS,
    Cell,
    CellKind,
    read_amount,
    read_code,
    read_number,
    read_percent,
    read_stored_number,
    says_nothing,
    to_places,
)


def text(raw: str) -> Cell:
    return Cell(17, 4, CellKind.TEXT, raw)


def number(raw: str, number_format: str = "General") -> Cell:
    return Cell(17, 4, CellKind.NUMBER, raw, number_format)


UNDERSTOOD = {
    "C01 full width": ("１２３４．５０", "1234.50"),
    "C02 thousands": ("1,234.50", "1234.50"),
    "C02 millions": ("-12,345,678.9", "-12345678.9"),
    "C05 no-break space": ("1\u00a0234.50", "1234.50"),
    "C05 narrow space": ("1\u202f234\u202f567", "1234567"),
    "C06 text": ("1234", "1234"),
    "C06 blanks around": (" 1234 ", "1234"),
    "C14 full-width minus": ("－5", "-5"),
    "C14 minus sign": ("−5", "-5"),
    "C15 brackets": ("(1,234.50)", "-1234.50"),
    "C15 full-width brackets": ("（1,234.50）", "-1234.50"),
    "leading zeros": ("007.50", "7.50"),
    "bare fraction": (".5", "0.5"),
    "plus": ("+5", "5"),
}


@pytest.mark.parametrize(("raw", "meant"), UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_lossless_spelling_is_understood_with_a_note(raw: str, meant: str) -> None:
    reading = read_amount(text(raw), places=2)

    assert reading.value == Decimal(meant)
    assert [remark.code for remark in reading.remarks] == ["IMP-NUM-002"]


REFUSED = {
    "C03 grouping": ("1,23,4", "IMP-NUM-003"),
    "C03 mixed": ("1,234 567", "IMP-NUM-003"),
    "C03 two points": ("1.2.3", "IMP-NUM-003"),
    "C04 European": ("1.234,50", "IMP-NUM-004"),
    "C04 decimal comma": ("1234,50", "IMP-NUM-004"),
    "C07 underscore": ("1_000", "IMP-NUM-033"),
    "C08 exponent": ("1E5", "IMP-NUM-005"),
    "C08 small exponent": ("1.5e-3", "IMP-NUM-005"),
    "C09 nan": ("NaN", "IMP-NUM-006"),
    "C09 infinity": ("Infinity", "IMP-NUM-006"),
    "C09 minus infinity": ("-inf", "IMP-NUM-006"),
    "C10 huge exponent": ("1e400", "IMP-NUM-005"),
    "C10 nines": ("9" * 5000, "IMP-NUM-012"),
    "C11 Arabic-Indic": ("٣", "IMP-NUM-008"),
    "C12 circled": ("①", "IMP-NUM-009"),
    "C12 superscript": ("5²", "IMP-NUM-009"),
    "C13 capital words": ("壹仟", "IMP-NUM-010"),
    "C13 words": ("三百", "IMP-NUM-010"),
    "C14 en dash": ("–5", "IMP-NUM-011"),
    "C16 yuan": ("5元", "IMP-NUM-007"),
    "C16 ten thousand yuan": ("5万元", "IMP-NUM-007"),
    "C16 sign": ("￥5", "IMP-NUM-007"),
    "C16 letters": ("RMB 5", "IMP-NUM-007"),
    "C21 third decimal": ("12.345", "IMP-NUM-013"),
    "C34 zero-width space": ("1\u200b2", "IMP-NUM-028"),
    "tab inside": ("1\t2", "IMP-NUM-028"),
    "percent": ("5%", "IMP-NUM-015"),
    "both signs": ("(-5)", "IMP-NUM-001"),
    "words": ("约五百万", "IMP-NUM-001"),
    "letters": ("abc", "IMP-NUM-001"),
    "hexadecimal": ("0x10", "IMP-NUM-001"),
    "formula text": ("=1+1", "IMP-NUM-001"),
}


@pytest.mark.parametrize(("raw", "code"), REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_with_its_reason(raw: str, code: str) -> None:
    reading = read_amount(text(raw), places=2)

    assert reading.value is None
    assert not reading.blank
    assert [remark.code for remark in reading.remarks] == [code]


@pytest.mark.parametrize("raw", ["", " ", "-", "—", "–", "/", "无", "－－", "不适用"])
def test_dashes_say_nothing_and_are_never_zero(raw: str) -> None:
    """C28."""
    reading = read_amount(text(raw), places=2)

    assert reading.blank
    assert reading.value is None
    assert not reading.remarks
    assert says_nothing(text(raw))
    assert says_nothing(None)
    assert "0" not in DASHES


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(1, 1, CellKind.ERROR, "#REF!"), "IMP-NUM-020"),
        (Cell(1, 1, CellKind.UNCOMPUTED, "=A1"), "IMP-NUM-021"),
        (Cell(1, 1, CellKind.BOOLEAN, "TRUE"), "IMP-NUM-022"),
        (Cell(1, 1, CellKind.DATE, "45000"), "IMP-NUM-023"),
        (number("0.05", "0.00%"), "IMP-NUM-024"),
        (number("1e999"), "IMP-NUM-016"),
        (number("NaN"), "IMP-NUM-006"),
        (number("12.345"), "IMP-NUM-013"),
    ],
    ids=["C27 error", "C26 uncomputed", "C29 boolean", "C30 date", "percent format",
         "C10 huge", "C09 nan", "C21 decimals"],
)  # fmt: skip
def test_other_kinds_of_cells_are_no_amounts(cell: Cell, code: str) -> None:
    reading = read_amount(cell, places=2)

    assert reading.value is None
    assert [remark.code for remark in reading.remarks] == [code]


@pytest.mark.parametrize(
    ("raw", "value", "noisy"),
    [
        ("0.30000000000000004", "0.30", True),
        ("4.3499999999999996", "4.35", False),
        ("1234567890.1199999", "1234567890.12", False),
        ("5.5511151231257827E-17", "0.00", True),
        ("999999999999999.99", "999999999999999.99", False),
        ("1E3", "1000.00", False),
    ],
)
def test_binary_noise_is_dropped_and_only_noise(raw: str, value: str, noisy: bool) -> None:
    """C21, C22."""
    reading = read_amount(number(raw), places=2)

    assert reading.value == Decimal(value)
    assert [remark.code for remark in reading.remarks] == ["IMP-NUM-014"] * noisy


@given(st.integers(-(10**15), 10**15))
def test_every_binary_fraction_of_whole_fen_reads_as_itself(fen: int) -> None:
    """C36: what a spreadsheet stores for an amount with two decimals is read as that amount."""
    exact = Decimal(fen) / 100
    stored = f"{float(exact):.17g}"

    assert read_amount(number(stored), places=2).value == exact


@given(st.text(max_size=12))
def test_what_is_accepted_is_never_another_number(raw: str) -> None:
    """A second reader, written differently, agrees with every accepted text."""
    reading = read_number(raw)

    if reading.value is not None:
        plain = "".join(
            letter for letter in raw if letter not in ", \u00a0\u2007\u2009\u202f\u3000\t\n"
        )
        plain = plain.translate(
            str.maketrans("０１２３４５６７８９．－−＋（），", "0123456789.--+(),")
        )
        plain = plain.replace(",", "").strip()
        negative = plain[:1] in {"-", "("}
        digits = plain.strip("+-()")
        assert set(digits) <= set("0123456789.")
        whole, _, fraction = digits.partition(".")
        size = int((whole + fraction) or "0")
        assert reading.value.scaleb(len(fraction)) == (-size if negative else size)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (text("5%"), "5", ["IMP-NUM-029"]),
        (text("５％"), "5", ["IMP-NUM-029"]),
        (number("0.05", "0%"), "5", ["IMP-NUM-029"]),
        (number("68.5"), "68.5", []),
        (number("0.685"), "0.69", ["IMP-NUM-013"]),
        (number("0.68"), "0.68", ["IMP-NUM-030"]),
        (number("6850"), None, ["IMP-NUM-031"]),
        (number("850"), "850", []),
        (number("8.5", "0%"), "850", ["IMP-NUM-029"]),
    ],
)
def test_percentages(cell: Cell, value: str | None, codes: list[str]) -> None:
    """C20, C35."""
    reading = read_percent(cell, places=2, low=Decimal(-1000), high=Decimal(1000))

    if codes == ["IMP-NUM-013"] or value is None:
        assert reading.value is None
    else:
        assert reading.value == Decimal(value)
    assert [remark.code for remark in reading.remarks] == codes


def test_long_code_typed_as_a_number_is_refused() -> None:
    """C33."""
    assert [r.code for r in read_code(number("913100001322012288")).remarks] == ["IMP-NUM-032"]
    assert [r.code for r in read_code(number("9.1310000132201229E+17")).remarks] == ["IMP-NUM-032"]
    assert read_code(text(" 91310000132201234X")).value == "91310000132201234X"
    assert read_code(text("云泽\ufffd")).remarks[0].code == "IMP-TXT-002"


def test_number_format_that_shows_less_than_is_stored_needs_a_reason() -> None:
    scaled = read_amount(number("50000", '0!.0,"万"'), places=2)

    assert scaled.value == 50000
    assert [remark.code for remark in scaled.remarks] == ["IMP-NUM-025"]
    assert not read_amount(number("50000", "#,##0.00"), places=2).remarks


def test_places_of_a_text_are_never_noise() -> None:
    assert to_places(Decimal("0.3000000001"), places=2, stored=False).value is None
    assert read_stored_number("1" * 80).value is None


def test_every_fault_is_worded_in_both_languages() -> None:
    for code, fault in FAULTS.items():
        assert code == fault.code
        assert code[:8] in {"IMP-FIL-", "IMP-TPL-", "IMP-LBL-", "IMP-NUM-", "IMP-DAT-", "IMP-TXT-"}
        for wording in (fault.message, fault.fix, fault.expected):
            if wording is not None:
                assert wording.zh
                assert wording.en
                assert not any(
                    "\u4e00" <= letter <= "\u9fff"
                    for letter in wording.en
                    if letter not in "元万封面"
                )
