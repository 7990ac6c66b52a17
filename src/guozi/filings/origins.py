"""Where a reported figure comes from: version, file, sheet, cell, person, time, and its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from guozi.access.templatetags.access import actor
from guozi.filings.books import MOMENTS
from guozi.filings.mapping import SCOPES, as_filled
from guozi.filings.models import Figure
from guozi.rulebooks import parsed
from guozi.ui.provenance import Origin, OriginLink
from guozi.ui.templatetags.guozi import amount_text, chinese, in_english, name_of, said, when
from guozi_core.statements import ItemUnit

if TYPE_CHECKING:
    from guozi.filings.models import Version
    from guozi_core.statements import Item


def where_url(version_id: int, item: str, moment: str) -> str:
    """Return the address that tells where a sealed figure comes from."""
    return reverse("filings:where-from", args=[version_id, item, moment])


def origin_of(version: Version, item_code: str, moment: str) -> Origin | None:
    """Return the origin of a sealed figure, ``None`` where nothing was filled in."""
    figure = (
        Figure.objects.filter(version=version, item=item_code, moment=moment)
        .select_related("upload")
        .first()
    )
    if figure is None:
        return None
    item = parsed.dictionary().by_code[item_code]
    form = parsed.form(version.form)
    title = f"{name_of(item)} · {said(MOMENTS[moment].wording)}"
    facts = [
        (_("企业"), name_of(version.enterprise)),
        (_("报表"), f"{said(form.header.title)} {version.period} {_scope(version)}"),
        (_("版本"), f"v{version.number} · {version.get_state_display()}"),
    ]
    if figure.upload is not None:
        facts += [
            (_("文件"), chinese(figure.upload.name)),
            (_("工作表"), chinese(figure.sheet)),
            (_("单元格"), figure.cell),
            (_("原文"), chinese(figure.raw)),
            (_("文件摘要"), f"SHA-256 {figure.upload.sha256}"),
        ]
    elif figure.raw:
        facts.append((_("录入方式"), _("由已报数带入：%(source)s") % {"source": figure.raw}))
    else:
        facts += [(_("录入方式"), _("在线填报")), (_("原文"), figure.raw)]
    facts += [
        (_("填报人"), actor(figure.entered_by_name)),
        (_("填报时间"), when(figure.entered_at)),
        (_("报送时间"), when(version.submitted_at)),
        (_("报送人"), actor(version.submitted_by_name)),
        (_("封存摘要"), f"SHA-256 {version.content_sha256}"),
    ]
    return Origin(
        title=title,
        value=as_filled(form, item, figure.amount),
        unit=form.unit_of(item),
        sentences=_exact(item, figure.amount),
        facts=tuple((label, text) for label, text in facts if text),
        inputs=_parts(version, item, moment),
        links=(
            (
                _("在报表中查看"),
                f"{reverse('filings:version', args=[version.pk])}#{item_code}{moment}",
            ),
            (_("回执"), reverse("filings:receipt", args=[version.pk])),
        ),
    )


def _scope(version: Version) -> str:
    return said(SCOPES[version.scope].wording)


def _exact(item: Item, amount: int) -> tuple[str, ...]:
    if item.unit is not ItemUnit.MONEY:
        return ()
    text = amount_text(amount, "元")
    return (f"= {text} yuan" if in_english() else f"即 {text} 元",)


def _parts(version: Version, item: Item, moment: str) -> tuple[OriginLink, ...]:
    """Return the lines that add up to this one, as far as they were filled in."""
    items = parsed.dictionary().by_code
    children = [
        other for other in items.values() if other.parent == item.code and not other.of_which
    ]
    figures = {
        figure.item: figure.amount
        for figure in Figure.objects.filter(
            version=version, moment=moment, item__in=[child.code for child in children]
        )
    }
    form = parsed.form(version.form)
    return tuple(
        OriginLink(
            label=f"{'−' if child.sign < 0 else '+'} {name_of(child)}",
            value=as_filled(form, child, figures[child.code]),
            unit=form.unit_of(child),
            url=where_url(version.pk, child.code, moment),
        )
        for child in children
        if child.code in figures
    )
