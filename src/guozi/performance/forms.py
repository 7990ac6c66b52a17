"""Forms of the pages: starting a run, bonus and deduction items, panel scores."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from guozi.performance.models import AdjustmentItem
from guozi.rulebooks import library
from guozi_core.units import Period

if TYPE_CHECKING:
    from django.http import QueryDict

_MOST_POINTS = Decimal(100)


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
    """A bonus or deduction."""

    kind = forms.ChoiceField(label=_("类别"), choices=AdjustmentItem.Kind.choices)
    item = forms.CharField(label=_("项目"), max_length=40)
    points = forms.DecimalField(
        label=_("分值"), min_value=0, max_value=_MOST_POINTS, max_digits=6, decimal_places=2
    )
    evidence = forms.CharField(label=_("依据"), max_length=2000)


class PanelForm(forms.Form):
    """One expert's scores."""

    expert = forms.CharField(label=_("专家"), max_length=60)

    def __init__(self, data: QueryDict | None, *, indicators: tuple[str, ...]) -> None:
        super().__init__(data)
        self.names = {f"score-{number}": name for number, name in enumerate(indicators)}
        for key, name in self.names.items():
            self.fields[key] = forms.DecimalField(
                label=name, min_value=0, max_value=_MOST_POINTS, max_digits=5, decimal_places=2
            )

    @property
    def scores(self) -> dict[str, Decimal]:
        """The scores by indicator."""
        return {name: self.cleaned_data[key] for key, name in self.names.items()}
