"""Bad input by its identifier, beyond single files: the grid, names and sizes of files, the clock, exact sums.

The files themselves are in test_catalogue.py; docs/methods/bad-input.md says where every identifier is.
"""

from __future__ import annotations

import hashlib
import socket
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F, Sum
from django.test.client import BOUNDARY, encode_multipart
from django.utils import timezone
from tests.guozi.factories import CODES
from tests.guozi.filings import damage
from tests.guozi.filings.damage import in_part, printed, with_parts
from tests.guozi.filings.desk import FILE, PERIOD, PRODUCT, Desk, correct_report
from tests.guozi.filings.statements import CENTS, WAN
from tests.guozi.filings.test_catalogue import NEGATIVE, RELATIONS, TYPED, stored

from guozi import excel
from guozi.access.context import acting_as
from guozi.audit.models import Leaf
from guozi.filings import services
from guozi.filings.models import DraftFigure, Upload, Version
from guozi.filings.services import FilingRefusedError
from guozi.registry import services as registry
from guozi.registry.kinds import Level
from guozi.registry.models import Enterprise
from guozi_core.sheets import FAULTS
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db

LIMIT = excel.FORM_LIMITS.upload_bytes
FIELD, ITEM = "BS05e", ("BS05", "e")


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ---------------------------------------------------------------------------------------------- grid


@pytest.mark.parametrize(("text", "code", "amount"), TYPED.values(), ids=TYPED)
def test_text_in_the_grid(text: str, code: str, amount: str | None, desk: Desk) -> None:
    """The grid understands and refuses what a file would be told, in the same words, and keeps what was typed."""
    status, page = desk.type_in(**{FIELD: text})

    if amount is None:
        assert status == 422
        assert FAULTS[code].message.zh.split("{")[0] in page
        assert desk.figures() == Desk.BEFORE
    else:
        assert status == 302
        assert desk.figures() == {**Desk.BEFORE, ITEM: int(amount) * 1_000_000}
        with acting_as(PRODUCT):
            assert DraftFigure.objects.get(item="BS05").raw == text.strip()


@pytest.mark.parametrize("text", NEGATIVE.values(), ids=NEGATIVE)
def test_negative_text_in_the_grid_is_told_as_it_was_understood(text: str, desk: Desk) -> None:
    assert desk.type_in(**{FIELD: text})[0] == 302

    assert desk.figures()[ITEM] == -1_500_000_000
    told = desk.client.get(desk.url).content.decode()
    assert f"{text} → -1,500.00" in told
    assert "X61" in told


@pytest.mark.parametrize(
    ("case", "field", "text", "code"),
    [
        ("C25 first amount beyond", FIELD, "9223372036854.78", "IMP-NUM-016"),
        ("C25 yuan", FIELD, "92233720368547758.08", "IMP-NUM-016"),
        ("C25 below", FIELD, "-9223372036854.78", "IMP-NUM-016"),
        ("C33 code", FIELD, "913100001322012345", "IMP-NUM-016"),
        ("C31 total", "BS40e", "-1", "IMP-NUM-026"),
        ("C30 day", FIELD, "2026-01-01", "IMP-NUM-001"),
        ("C27 error", FIELD, "#REF!", "IMP-NUM-001"),
        ("C26 formula", FIELD, "=1+1", "IMP-NUM-001"),
    ],
)
def test_amounts_the_grid_refuses(case: str, field: str, text: str, code: str, desk: Desk) -> None:
    status, page = desk.type_in(**{field: text, "BS09e": "5"})

    assert (status, desk.figures()) == (422, Desk.BEFORE), case
    assert FAULTS[code].message.zh in page


@pytest.mark.parametrize(
    ("text", "fen"), [("9223372036854.77", 9_223_372_036_854_770_000), ("-0", 0)]
)
def test_amounts_at_the_edge_are_exact(text: str, fen: int, desk: Desk) -> None:
    """C25: the largest amount that is kept; and a zero has no sign."""
    assert desk.type_in(**{FIELD: text})[0] == 302
    assert desk.figures()[ITEM] == fen


@pytest.mark.parametrize("text", ["", "-", "—", "/", "无"])
def test_nothing_is_not_zero(text: str, desk: Desk) -> None:
    """C28: an emptied cell holds nothing; a required line left out stops the filing, not the draft."""
    desk.type_in(**{FIELD: "5"})
    assert desk.type_in(**{FIELD: text})[0] == 302

    assert desk.figures() == Desk.BEFORE
    with acting_as(PRODUCT), pytest.raises(FilingRefusedError) as refused:
        services.submit(
            desk.draft(), revision=desk.draft().revision, viewer=PRODUCT, at=timezone.now()
        )
    missing = [one for one in refused.value.findings if one.code == "IMP-NUM-019"]
    assert [one.locator.sheet for one in missing] == [
        "资产负债表",
        "利润表",
        "现金流量表",
        "补充资料",
    ]
    assert "货币资金（年初余额）" in str(missing[0].expected)


@pytest.mark.parametrize("field", ["text", "check", "place"])
def test_text_that_no_database_can_hold(field: str, desk: Desk) -> None:
    """A NUL is refused before anything is looked up."""
    wanted = {"check": "X61", "place": "应收账款", "text": "说明", field: "a\x00b"}

    assert desk.client.post(f"{desk.url}explain/", wanted).status_code == 400
    assert desk.client.get("/filings/?form=a%00").status_code == 400


# --------------------------------------------------------------------------------------------- files


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Open a port that nobody may come to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def test_a13_a16_nothing_is_fetched_and_nothing_is_read(
    listener: socket.socket, tmp_path: Path, desk: Desk
) -> None:
    """A13, A16: a port and a file that a workbook names stay untouched."""
    canary = tmp_path / "canary.txt"
    canary.write_text("yunze-canary", encoding="utf-8")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x".encode()

    def entity(target: bytes) -> bytes:
        declared = b'?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "' + target + b'">]>'
        return in_part(lambda xml: xml.replace(b"?>", declared, 1).replace(b"<v>", b"<v>&x;", 1))

    relation = b'<Relationship Id="rId1" Target="' + address + b'" TargetMode="External"/>'
    linked = with_parts(
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        (
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            RELATIONS + relation + b"</Relationships>",
        ),
    )

    answers = [
        desk.hand_in(entity(canary.as_uri().encode())),
        desk.hand_in(entity(address)),
        desk.hand_in(linked),
    ]

    assert [answer.told[0][0] for answer in answers] == [
        "IMP-FIL-014",
        "IMP-FIL-014",
        "IMP-FIL-015",
    ]
    assert answers[2].got == [address.decode()]
    assert not [answer for answer in answers if "yunze-canary" in answer.page]
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("报\u202exslx.exe", "报xslx.exe"),
        ("a\r\nSet-Cookie: b=c.xlsx", "aSet-Cookie: b=c.xlsx"),
        ("<script>.xlsx", "<script>.xlsx"),
        ("长" * 300 + ".xlsx", "长" * 189 + "…长长长长长.xlsx"),
        ("../../etc/x.xlsx", "x.xlsx"),
        ("CON.xlsx", "CON.xlsx"),
    ],
    ids=["direction", "line ends", "markup", "300 letters", "climbing", "device"],
)
def test_a22_names_of_files(sent: str, kept: str, desk: Desk) -> None:
    """A22: stored under its hash whatever it is called; shown escaped; the header holds one line."""
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("N.xlsx", correct_report())})
    body = body.replace(b"N.xlsx", sent.encode())

    answer = desk.client.generic(
        "POST", f"{desk.url}upload/", body, f"multipart/form-data; boundary={BOUNDARY}"
    )

    with acting_as(PRODUCT):
        upload = Upload.objects.get()
    original = desk.client.get(f"{answer['Location']}original/")
    page = desk.client.get(str(answer["Location"])).content.decode()
    assert len(upload.name) <= 200
    if "\r" not in sent:
        assert upload.name == kept
    assert "\n" not in original["Content-Disposition"]
    assert "<script>.xlsx" not in page
    assert original.status_code == 200


def test_a23_the_limit_is_included(desk: Desk) -> None:
    """A23: a file of exactly the limit is read; one byte more is told with both numbers and not kept."""
    exact = damage.padded(LIMIT)
    assert desk.hand_in(exact).told == []

    above = SimpleUploadedFile(FILE, exact + b"\x00")
    place = str(desk.client.post(f"{desk.url}upload/", {"file": above})["Location"])

    page = desk.client.get(place).content.decode()
    assert f"文件过大：{LIMIT + 1} 字节，上限 {LIMIT} 字节" in page
    assert "没有留存" in page
    with acting_as(PRODUCT):
        upload = Upload.objects.order_by("-pk")[0]
    assert (upload.size, upload.sha256) == (
        LIMIT + 1,
        hashlib.sha256(exact + b"\x00").hexdigest(),
    )
    assert desk.client.get(f"{place}original/").status_code == 404
    assert desk.client.get(f"{place}annotated/").status_code == 404
    assert desk.figures() == CENTS


def test_a24_upload_that_breaks_off(desk: Desk) -> None:
    """A24: half of a request leaves the draft alone, and the next try goes through."""
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(FILE, correct_report())})
    half = body[: len(body) // 2]

    answer = desk.client.generic(
        "POST", f"{desk.url}upload/", half, f"multipart/form-data; boundary={BOUNDARY}"
    )

    assert answer.status_code in {302, 400}
    assert desk.figures() == Desk.BEFORE
    assert desk.hand_in(correct_report()).accepted


# ------------------------------------------------------------------------------------------- amounts


def december(desk: Desk) -> None:
    """Seal the report of the month before."""
    at = datetime(2026, 1, 5, tzinfo=UTC)
    with acting_as(PRODUCT):
        draft = services.open_draft(
            desk.enterprise, form="financial-flash", period=Period.parse("2025-12"),
            scope=Scope.SINGLE, viewer=PRODUCT, at=at,
        )  # fmt: skip
        services.save_figures(draft, CENTS, revision=0, viewer=PRODUCT, at=at)
        services.submit(draft, revision=1, viewer=PRODUCT, at=at)


@pytest.mark.parametrize(
    ("scale", "sheets"),
    [
        (lambda fen: fen * 10_000, {"资产负债表", "利润表", "现金流量表", "补充资料"}),
        (lambda fen: fen * 5_000, {"资产负债表", "利润表", "现金流量表", "补充资料"}),
        (lambda fen: fen * 20_000, {"资产负债表", "利润表", "现金流量表", "补充资料"}),
        (lambda fen: fen // 10_000, {"资产负债表", "利润表", "现金流量表"}),
    ],
    ids=["10,000 times", "5,000 times", "20,000 times", "a 10,000th"],
)
def test_c18_whole_file_in_the_wrong_unit(scale, sheets: set[str], desk: Desk) -> None:  # type: ignore[no-untyped-def]
    """C18: consistent in itself; the month before shows it, at the cell of the unit."""
    december(desk)

    answer = desk.hand_in(correct_report(figures={key: scale(fen) for key, fen in CENTS.items()}))

    assert {told for told in answer.told if told[0] == "IMP-NUM-018"} == {
        ("IMP-NUM-018", sheet, "D3") for sheet in sheets
    }
    assert not answer.accepted


def test_c18_whole_sheet_typed_in_the_wrong_unit(desk: Desk) -> None:
    """C18: the same through the grid; submitting is refused."""
    december(desk)
    typed = {key: str(value * 10_000) for key, value in WAN.items() if key.startswith("BS")}
    assert desk.type_in(**typed)[0] == 302

    with acting_as(PRODUCT), pytest.raises(FilingRefusedError) as refused:
        services.submit(
            desk.draft(), revision=desk.draft().revision, viewer=PRODUCT, at=timezone.now()
        )
    assert "X71" in {finding.code for finding in refused.value.findings}


def test_c22_largest_printed_amount_is_exact(desk: Desk) -> None:
    """C22: 999 999 999 999 999.99 元 in a numeric cell: stored, shown, written and read again."""
    rows = [["资产负债表"], ["编制单位：云泽甲集团有限公司", None, "2026年1月31日"],
            ["单位：元"], ["项目", "期末余额"], ["货币资金", 1]]  # fmt: skip
    content = stored(
        "B5", b'<c r="B5"><v>999999999999999.99</v></c>', "xl/worksheets/sheet1.xml",
        printed(rows=rows),
    )  # fmt: skip

    assert desk.hand_in(content, free_form=True).accepted

    assert desk.figures()["BS01", "e"] == 99_999_999_999_999_999
    assert "99,999,999,999.999999" in desk.client.get(desk.url).content.decode()


def test_c23_c24_sums_in_the_database_are_exact(desk: Desk) -> None:
    """C23: a thousand amounts; C24: 0.10 and 0.20 元 added by the database."""
    lines = {(f"T{number:04}", "e"): 123_456_789_012_345 for number in range(1000)}
    with acting_as(PRODUCT):
        draft = desk.draft()
        services.save_figures(
            draft, lines, revision=draft.revision, viewer=PRODUCT, at=timezone.now()
        )
        figures = DraftFigure.objects.filter(item__startswith="T")
        total = figures.aggregate(total=Sum("amount"))["total"]
        figures.filter(item="T0000").update(amount=10)
        figures.filter(item="T0000").update(amount=F("amount") + 20)
        found = figures.filter(item="T0000", amount=30).count()

    assert total == 123_456_789_012_345_000
    assert found == 1


# ------------------------------------------------------------------------------------------- periods


def open_as(desk: Desk, period: str) -> str:
    answer = desk.client.post(
        "/filings/open/",
        {"enterprise": CODES[0], "form": "financial-flash", "period": period, "scope": "单户"},
        follow=True,
        headers={"Date": "Wed, 01 Jan 2099 00:00:00 GMT"},
    )
    assert answer.status_code == 200
    return answer.content.decode() if answer.redirect_chain[-1][0] == "/filings/" else ""


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2026-13", "期间写法应为"),
        ("2026-00", "期间写法应为"),
        ("26-01", "期间写法应为"),
        ("0000-01", "期间写法应为"),
        ("２０２６-01", "期间写法应为"),
        ("2026Q1", "不按这种期间报送"),
        ("2098-01", "尚未开始"),
    ],
    ids=["D15 13", "D15 00", "D06", "D10", "full width", "quarter", "D16"],
)
def test_periods_that_cannot_be_opened(period: str, told: str, desk: Desk) -> None:
    """D15, D16; D17: what the browser takes for today changes nothing."""
    assert told in open_as(desk, period)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 31, 16, 30, tzinfo=UTC), True),
    ],
    ids=["31 January 23:59:59", "1 February 00:30"],
)
def test_d11_the_day_is_that_of_the_city(at: datetime, opens: bool, desk: Desk) -> None:
    """D11: half past midnight in China is still yesterday in UTC."""
    with acting_as(PRODUCT), nullcontext() if opens else pytest.raises(FilingRefusedError):
        services.open_draft(
            desk.enterprise, form="financial-flash", period=Period.parse("2026-02"),
            scope=Scope.SINGLE, viewer=PRODUCT, at=at,
        )  # fmt: skip


def test_d13_day_of_founding_survives(desk: Desk) -> None:
    """D13: a day in the summers when China had summer time comes back as the same day."""
    founded = date(1988, 7, 1)
    with acting_as(PRODUCT):
        registry.create_enterprises(
            [
                registry.NewEnterprise(
                    uscc=CODES[5], name="云泽己集团有限公司", short_name="己集团",
                    level=Level.MUNICIPAL, founded=founded,
                )
            ],
            valid_from=date(2023, 1, 1), known_at=datetime(2023, 1, 1, tzinfo=UTC), source="测试",
        )  # fmt: skip
        kept = Enterprise.objects.get(uscc=CODES[5]).founded
    table = excel.write_table([excel.TableColumn(title="成立日期")], [[kept]], title="企业")
    opened = excel.open_workbook(table, "企业.xlsx")

    assert kept == founded
    assert opened.workbook is not None
    assert founded in {cell.day for cell in opened.workbook.sheets[0].cells.values()}


def test_d14_last_year_of_a_leap_day() -> None:
    """D14: the period of the year before is that month, whichever day it ends on."""
    leap = Period.parse("2028-02")

    assert (leap.end_date, leap.same_period_last_year().end_date) == (
        date(2028, 2, 29),
        date(2027, 2, 28),
    )


def test_d18_clock_set_back_between_two_versions(desk: Desk) -> None:
    """D18: the later version counts by its number and its place in the log, not by the clock."""
    late = timezone.now()
    desk.hand_in(correct_report())
    with acting_as(PRODUCT):
        services.submit(desk.draft(), revision=desk.draft().revision, viewer=PRODUCT, at=late)
        draft = services.open_draft(
            desk.enterprise, form="financial-flash", period=PERIOD, scope=Scope.SINGLE,
            viewer=PRODUCT, at=late,
        )  # fmt: skip
        changed = CENTS | {("BS05P", "e"): 1_000_000}
        services.save_figures(draft, changed, revision=draft.revision, viewer=PRODUCT, at=late)
        second = services.submit(
            draft,
            revision=draft.revision,
            reason="补报",
            viewer=PRODUCT,
            at=late - timedelta(hours=2),
        )
    with acting_as(PRODUCT):
        current = Version.objects.get(current=True)
        leaves = Leaf.objects.filter(action="filings.submitted").order_by("index")
        order = [leaf.subject_id for leaf in leaves]

    assert (current.pk, current.number) == (second.pk, 2)
    assert order[-1] == str(second.pk)
