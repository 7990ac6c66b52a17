"""Forms of the pages: starting a run, bonus and deduction items, panel scores."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guozi.performance.models import AdjustmentItem
from guozi.performance.refusals import points_beyond
from guozi.rulebooks import library
from guozi.ui.templatetags.guozi import said
from guozi_core.findings import Wording
from guozi_core.scoring import ExpertScore, shown
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from guozi_core.scoring import Adjustments, AdjustmentScale, WeightedIndicator

_MOST_POINTS = Decimal(100)
_DECIMALS = 2


class RunForm(forms.Form):
    """What to evaluate."""

    period = forms.CharField(
        label=_("期间"), max_length=7, help_text=_("年度写 2024，月份写 2024-06")
    )
    plan = forms.ChoiceField(label=_("评价方案"))
    standard_year = forms.TypedChoiceField(
        label=_("标准值年度"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, data: QueryDict | None, *, years: tuple[int, ...]) -> None:
        super().__init__(data)
        plans = [(plan, plan) for plan in library.list_ids("plans")]
        self.fields["plan"].choices = plans  # type: ignore[attr-defined]
        self.fields["standard_year"].choices = [("", "")] + [  # type: ignore[attr-defined]
            (str(year), str(year)) for year in years
        ]

    def clean_period(self) -> Period:
        """Read the period strictly."""
        try:
            return Period.parse(self.cleaned_data["period"])
        except ValueError as error:
            raise forms.ValidationError(_("期间写法应为 2024（年）或 2024-06（月）")) from error


class AdjustmentForm(forms.Form):
    """A bonus or deduction: one of the rulebook's items, its points and the evidence."""

    item = forms.ChoiceField(label=_("项目"))
    points = forms.DecimalField(
        label=_("分值（分）"),
        max_digits=6,
        decimal_places=_DECIMALS,
        help_text=_("大于 0，不超过该项目的最高分"),
    )
    evidence = forms.CharField(
        label=_("依据材料"),
        max_length=2000,
        help_text=_("文件名称、文号或核实材料，写到可以查到为止"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None, *, scales: Adjustments) -> None:
        super().__init__(data, auto_id="adjustment-%s")
        self.scales = scales
        groups = (("bonus", scales.bonus), ("deduction", scales.deduction))
        self.fields["item"].choices = [("", _("请选择"))] + [  # type: ignore[attr-defined]
            (
                AdjustmentItem.Kind(kind).label,
                [(f"{kind}:{scale.name}", _scale_label(scale)) for scale in items],
            )
            for kind, items in groups
        ]

    def clean(self) -> dict[str, Any]:
        """Hold the points against the highest of the item chosen."""
        cleaned = self.cleaned_data
        points, chosen = cleaned.get("points"), cleaned.get("item")
        if points is not None and chosen:
            kind, _colon, name = chosen.partition(":")
            scale = self.scales.find("bonus" if kind == "bonus" else "deduction", name)
            if scale is not None and not 0 < points <= scale.highest:
                self.add_error("points", said(points_beyond(scale.highest)))
        return cleaned

    @property
    def kind(self) -> AdjustmentItem.Kind:
        """Whether the item chosen is a bonus or a deduction."""
        return AdjustmentItem.Kind(self.cleaned_data["item"].partition(":")[0])

    @property
    def item_name(self) -> str:
        """The item chosen, as the rulebook calls it."""
        return str(self.cleaned_data["item"].partition(":")[2])


class PanelForm(forms.Form):
    """One expert's scores of every management indicator."""

    expert = forms.CharField(
        label=_("专家"),
        max_length=60,
        help_text=_("同名视为同一位专家，重新录入即替换原评分"),
        widget=forms.TextInput(attrs={"list": "panel-experts", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        indicators: Sequence[WeightedIndicator],
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="panel-%s")
        self.names = {f"score-{number}": item.name for number, item in enumerate(indicators, 1)}
        for key, item in zip(self.names, indicators, strict=True):
            self.fields[key] = forms.DecimalField(
                label=said(Wording(item.name, item.english)),
                min_value=0,
                max_value=_MOST_POINTS,
                max_digits=5,
                decimal_places=_DECIMALS,
            )

    @property
    def scores(self) -> list[ExpertScore]:
        """The scores, indicator by indicator."""
        expert = self.cleaned_data["expert"]
        return [
            ExpertScore(indicator=name, expert=expert, score=self.cleaned_data[key])
            for key, name in self.names.items()
        ]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("理由"), max_length=2000)


def _scale_label(scale: AdjustmentScale) -> str:
    return _("%(item)s（最高 %(highest)s 分）") % {
        "item": said(Wording(scale.name, scale.english)),
        "highest": shown(scale.highest),
    }
