"""Pages that tell what went wrong, each with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _tell(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    reference = getattr(request, "request_id", "")[:8]
    return render(
        request,
        "ui/error.html",
        {"status": status, "title": title, "text": text, "reference": reference},
        status=status,
    )


# Django calls a handler with the exception by its name; what people read never depends on it.
def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """Answer 400."""
    return _tell(
        request, 400, _("请求无法理解"), _("请返回上一页重试；如果反复出现，请联系系统管理员。")
    )


def refused(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """Answer 403."""
    return _tell(
        request,
        403,
        _("您的角色不能这样做"),
        _("本次操作没有执行，已记入日志。需要权限时请联系安全管理员。"),
    )


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """Answer 404: what does not exist and what is out of scope look the same."""
    return _tell(request, 404, _("没有这个页面"), _("地址有误，或者该内容不在您的权限范围内。"))


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500: nothing was saved."""
    return _tell(
        request,
        500,
        _("系统出错，本次操作未保存"),
        _("请稍后重试；如果反复出现，请把编号告诉系统管理员。"),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503: the database does not answer; nothing was saved, the browser may ask again."""
    response = _tell(
        request,
        503,
        _("系统正在维护，本次操作未保存"),
        _("数据库暂时没有响应，请几分钟后再试；如果一直如此，请联系系统管理员。"),
    )
    response.headers["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, **_reason: str) -> HttpResponse:
    """Answer a form whose page had expired."""
    return _tell(
        request,
        403,
        _("页面已过期，本次操作未保存"),
        _("登录状态已改变或页面停留过久。请返回上一页刷新后重新提交。"),
    )
