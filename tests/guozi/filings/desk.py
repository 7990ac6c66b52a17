"""A reporter's desk for tests: one draft, files handed in through the page, and what must always hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.guozi.factories import CODES, PASSWORD, person, register
from tests.guozi.filings.statements import CENTS

from guozi import excel
from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.audit.models import Leaf
from guozi.filings.models import Draft, DraftFigure, Upload
from guozi.rulebooks import parsed
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from guozi.registry.models import Enterprise

PRODUCT = the_product("测试")
PERIOD = Period.parse("2026-01")
NAME = "云泽甲集团有限公司"
FILE = "快报.xlsx"
#: A finding as code, sheet and cell.
Told = tuple[str, str | None, str | None]
Figures = dict[tuple[str, str], int]


def correct_report(**changes: object) -> bytes:
    """Return a report that agrees with itself; ``changes`` replace arguments of the template."""
    wanted: dict[str, object] = {
        "addressee": excel.Addressee(uscc=CODES[0], name=NAME),
        "period": PERIOD,
        "scope": Scope.SINGLE,
        "figures": CENTS,
        **changes,
    }
    addressee = wanted.pop("addressee")
    return excel.write_template(parsed.form("financial-flash"), addressee, **wanted)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a file: every finding with its place, its sentences, and the file as kept."""

    told: list[Told]
    sentences: list[str]
    got: list[str | None]
    accepted: bool
    upload: Upload
    page: str


class Desk:
    """One enterprise with a reporter at an open draft that already holds a figure."""

    #: Typed before any file comes, to be seen untouched after a file that is refused.
    BEFORE: ClassVar[Figures] = {("BS01", "e"): 7_000_000}

    def __init__(self) -> None:
        with acting_as(PRODUCT):
            self.enterprise: Enterprise = register(1)[0]
            person("reporter", Role.REPORTER, enterprise=self.enterprise)
        self.client = Client()
        self.client.post("/accounts/sign-in/", {"username": "reporter", "password": PASSWORD})
        answer = self.client.post(
            "/filings/open/",
            {"enterprise": self.enterprise.uscc, "form": "financial-flash",
             "period": PERIOD.code, "scope": "单户"},
        )  # fmt: skip
        self.url = str(answer["Location"])
        assert self.type_in(BS01e="7")[0] == 302

    def draft(self) -> Draft:
        with acting_as(PRODUCT):
            return Draft.objects.get()

    def figures(self) -> Figures:
        """Return what the draft holds, 分 by line and moment."""
        with acting_as(PRODUCT):
            return {(one.item, one.moment): one.amount for one in DraftFigure.objects.all()}

    def type_in(self, *, sheet: str = "BS", **values: str) -> tuple[int, str]:
        """Type values into the grid of one sheet; return the status and the page."""
        answer = self.client.post(
            f"{self.url}save/", {"sheet": sheet, "revision": str(self.draft().revision), **values}
        )
        assert answer.status_code < 500
        return answer.status_code, answer.content.decode()

    def hand_in(self, content: bytes, name: str = FILE, *, free_form: bool = False) -> Answer:
        """Upload a file through the page and hold what must hold for every file whatsoever.

        The answer is a page; the file is kept byte for byte under its hash and can be fetched again; the
        log has an entry; nothing at all is saved where something blocks; every finding is worded in
        Chinese and names its sheet where it names a cell.
        """
        before, revision = self.figures(), self.draft().revision
        form = {"file": SimpleUploadedFile(name, content)} | (
            {"free-form": "1"} if free_form else {}
        )
        answer = self.client.post(f"{self.url}upload/", form)
        assert answer.status_code == 302, answer.content.decode()[:500]
        place = str(answer["Location"])
        page = self.client.get(place)
        assert page.status_code == 200
        with acting_as(PRODUCT):
            upload = Upload.objects.order_by("-pk").first()
            assert upload is not None
            leaf = Leaf.objects.order_by("-index").filter(subject_id=str(upload.pk)).first()
        entries = upload.findings
        blocked = [entry for entry in entries if entry["zh"]["severity"] == "block"]
        assert upload.accepted is not bool(blocked)
        assert (upload.size, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        kept = self.client.get(f"{place}original/")
        assert kept.content == content
        assert kept["Content-Disposition"].startswith("attachment; ")
        assert (kept["Content-Type"], kept["X-Content-Type-Options"]) == (
            "application/octet-stream",
            "nosniff",
        )
        assert leaf is not None
        assert leaf.action == ("filings.file-refused" if blocked else "filings.file-taken")
        if blocked:
            assert (self.figures(), self.draft().revision) == (before, revision)
            assert "本次导入未保存任何数据" in page.content.decode()
        for entry in entries:
            locator = entry["zh"]["locator"]
            assert any("\u4e00" <= letter <= "\u9fff" for letter in entry["zh"]["message"])
            assert locator.get("sheet") or not locator.get("cell")
        assert self.client.get(f"{place}annotated/").status_code in {200, 404}
        return Answer(
            told=[_place(entry["zh"]) for entry in entries],
            sentences=[entry["sentence"]["zh"] for entry in entries],
            got=[entry["zh"]["got"] for entry in entries],
            accepted=upload.accepted,
            upload=upload,
            page=page.content.decode(),
        )  # fmt: skip


def _place(entry: dict[str, Any]) -> Told:
    return entry["code"], entry["locator"].get("sheet"), entry["locator"].get("cell")
