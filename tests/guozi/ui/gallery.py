"""Every component on one page, served as the product serves pages: with the same policy, without a database."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from guozi.access.roles import Role
from guozi.access.viewer import Grant, Viewer
from guozi.ui import views
from guozi.ui.provenance import Origin, OriginLink, render_origin
from guozi.ui.tables import Column, listing
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

_PAGE = Path(__file__).with_name("gallery.html")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = "; ".join(
    f"{name} {' '.join(values)}"
    for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


class Name(NamedTuple):
    name: str
    english_name: str


class Row(NamedTuple):
    name: Name
    cents: int | None
    state: str
    word: Wording


class SampleForm(forms.Form):
    amount = forms.DecimalField(label="Amount 金额", help_text="0.01 – 9,999,999")
    reason = forms.CharField(label="Reason 理由", widget=forms.Textarea(attrs={"rows": 2}))


def _rows() -> list[Row]:
    states = (
        ("accepted", Wording("已接受", "Accepted")),
        ("returned", Wording("已退回", "Returned")),
        ("missing", Wording("未报送", "Not filed")),
    )
    return [
        Row(
            Name(
                f"云泽市水务发展集团有限公司第{number}分公司", f"Yunze Water Group, branch {number}"
            ),
            None if number % 7 == 3 else number * 98_765_432_10,
            *states[number % 3],
        )
        for number in range(1, 61)
    ]


_LINES = (
    ("heading", 0, Wording("流动资产", "Current assets"), "", None),
    ("line", 1, Wording("货币资金", "Cash and bank balances"), 2, 123_456_789_01),
    ("line", 1, Wording("应收账款", "Accounts receivable"), 5, None),
    ("line", 2, Wording("其中：应收账款坏账准备", "of which: allowance"), 6, -1_234_567_00),
    ("total", 0, Wording("流动资产合计", "Total current assets"), 15, 9_223_372_036_854_775),
)

_TILES = (
    (Wording("资产总额", "Total assets"), "1,086.42", "+6.31%"),
    (Wording("营业总收入", "Operating revenue"), "212.07", "+2.90%"),
    (Wording("利润总额", "Total profit"), "9.86", "+1.02%"),
    (Wording("净利润", "Net profit"), "6.63", "+0.45%"),
)

_CHARTS = (
    ("line", Wording("资产与负债走势", "Assets and liabilities")),
    ("bar", Wording("各月收入", "Revenue by month")),
    ("stacked", Wording("负债构成", "Make-up of liabilities")),
    ("ranking", Wording("得分排名", "Ranking by score")),
)


def _chart(kind: str) -> dict[str, Any]:
    labels = [f"2026-{month:02}" for month in range(1, 9)]
    values: list[Decimal | None] = [Decimal(900 + 13 * month) / 10 for month in range(8)]
    second = [None if value is None else value / 2 for value in values]
    values[3] = None
    return {
        "kind": kind,
        "unit": "亿元",
        "labels": labels,
        "series": [{"name": "A", "values": values}, {"name": "B", "values": second}],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    columns = (
        Column(key="name", label=Wording("企业", "Enterprise").zh, sort=lambda row: row.name.name),
        Column(key="amount", label="营业总收入", sort=lambda row: row.cents, numeric=True),
        Column(key="state", label="状态"),
    )
    form = SampleForm({"amount": "x", "reason": ""})
    form.is_valid()
    context = {
        "tiles": _TILES,
        "charts": [(_chart(kind), title) for kind, title in _CHARTS],
        "list": listing(request, _rows(), columns, default="-amount"),
        "lines": _LINES,
        "wide": [Decimal(100 + number) for number in range(11)],
        "form": form,
        "words": {
            "subtitle": Wording("财务快报 2026-08", "Flash report 2026-08"),
            "caption": Wording("资产负债表（单位：万元）", "Balance sheet (10k yuan)"),
            "closing": Wording("期末余额", "Closing"),
            "opening": Wording("年初余额", "Opening"),
            "score": Wording("盈利回报", "Profit and return"),
            "nothing": Wording("还没有评价结果", "No evaluation yet"),
            "next": Wording("选择年度和方案即可开始。", "Choose a year and a plan to begin."),
            "act": Wording("开始评价", "Start"),
            "ask": Wording("报送并封存？", "Submit and seal?"),
            "warn": Wording("报送后不能修改。", "It cannot be changed afterwards."),
        },
    }
    template = engines["django"].from_string(_PAGE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(context, request))


def origin(request: HttpRequest) -> HttpResponse:
    deep = "/where-from/2/" if request.path == "/where-from/" else ""
    return render_origin(
        request,
        Origin(
            title="资产负债率" if deep else "负债合计",
            value="71.20" if deep else "773,531.04",
            unit="%" if deep else "万元",
            formula="负债合计 ÷ 资产总计 × 100" if deep else "",
            sentences=("773,531.04 ÷ 1,086,420.00 × 100 = 71.20",) if deep else (),
            inputs=(
                OriginLink(label="负债合计", value="773,531.04", unit="万元", url=deep),
                OriginLink(label="资产总计", value="1,086,420.00", unit="万元"),
            )
            if deep
            else (),
            facts=(("版本", "第1版，已封存"), ("单元格", "资产负债表!C41")),
            clauses=("《中央企业综合绩效评价实施细则》附件1",),
        ),
    )


_PAGES = {
    "/": gallery,
    "/where-from/": origin,
    "/where-from/2/": origin,
    "/400/": views.bad_request,
    "/403/": views.refused,
    "/404/": views.not_found,
    "/500/": views.failed,
    "/503/": views.unavailable,
}


def answer(path: str, language: str, headers: dict[str, str]) -> HttpResponse:
    """Answer one address in one language, as a signed-in leader."""
    request = RequestFactory().get(path, headers=headers)
    request.viewer = Viewer(
        user_id=1, name="周明", grants=(Grant(role=Role.LEADER, enterprise_ids=None),)
    )
    request.LANGUAGE_CODE = language
    request.session = {}
    request.request_id = "0f3d9a7c-0000-4000-8000-000000000000"
    request._messages = FallbackStorage(request)
    with translation.override(language):
        return _PAGES[urlsplit(path).path](request)


@contextmanager
def served(language: str) -> Iterator[str]:
    """Serve the gallery in a language; yield its address."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/"))
                assert isinstance(found, str)
                self._send(200, _TYPES[Path(found).suffix], Path(found).read_bytes())
            elif path in _PAGES:
                response = answer(self.path, language, dict(self.headers))
                self._send(response.status_code, "text/html; charset=utf-8", response.content)
            else:
                self._send(404, "text/plain", b"")

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
