"""Tables of the evaluation. Results are only added; a run moves once, from trial to published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from guozi.filings.models import Version
from guozi.performance.exact import ExactField
from guozi.registry.models import Enterprise
from guozi.rulebooks import parsed

if TYPE_CHECKING:
    from guozi_core.findings import Wording


class EvaluationRun(models.Model):
    """One evaluation of the whole city by one plan."""

    class State(models.TextChoices):
        """Who sees it: the regulator, or also the enterprises."""

        TRIAL = "trial", _("试算")
        PUBLISHED = "published", _("已发布")

    plan = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    standard_year = models.IntegerField()
    #: SHA-256 of the texts it was computed by: plan, evaluation, indicators, standards.
    fingerprints = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.TRIAL)
    enterprise_count = models.IntegerField()
    scored_count = models.IntegerField()
    results_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True)
    published_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["period", "plan"], name="performance_run_period")]

    def __str__(self) -> str:
        return f"{self.plan} {self.period} #{self.pk}"

    @property
    def plan_title(self) -> Wording:
        """The plan's title in both languages."""
        return parsed.plan(self.plan).header.title

    @property
    def is_published(self) -> bool:
        """Whether enterprises see it."""
        return self.state == self.State.PUBLISHED


class EvaluationResult(models.Model):
    """One enterprise in one run. Without totals it was not scored, and ``reason`` says why."""

    run = models.ForeignKey(EvaluationRun, on_delete=models.PROTECT, related_name="results")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    #: What was evaluated; empty where nothing was filed.
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    #: Statements of earlier periods that averages and growth could take figures from.
    earlier_version_ids = models.JSONField(default=list)
    industry = models.CharField(max_length=60, blank=True)
    size = models.CharField(max_length=20, blank=True)
    #: The table of standard values really used, which may be above the one asked for.
    industry_found = models.CharField(max_length=60, blank=True)
    size_found = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=12)
    #: Panel scores and adjustments as they stood: ``[indicator, expert, points]``, ``[kind, item, …]``.
    panel = models.JSONField(default=list)
    adjustments = models.JSONField(default=list)
    scored = models.BooleanField()
    reason = models.TextField(blank=True)
    english_reason = models.TextField(blank=True)
    finding_count = models.IntegerField(default=0)
    basic_total = ExactField(null=True)
    corrected_total = ExactField(null=True)
    management_total = ExactField(null=True)
    composite = ExactField(null=True)
    bonus = ExactField(null=True)
    deductions = ExactField(null=True)
    final = ExactField(null=True)
    grade = models.CharField(max_length=4, blank=True)
    #: ``industry|工业|大型企业`` or ``level|municipal``: whom it is ranked among.
    group = models.CharField(max_length=100, blank=True)
    rank = models.IntegerField(null=True)
    group_size = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "enterprise"], name="performance_result_one"),
            # Missing is not zero: a total stands exactly where the enterprise was scored.
            models.CheckConstraint(
                condition=models.Q(scored=True, final__isnull=False, rank__isnull=False)
                | models.Q(scored=False, final__isnull=True, rank__isnull=True),
                name="performance_result_scored",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.enterprise}"


class PanelScore(models.Model):
    """One expert's score of one management indicator; a later one by the same expert counts.

    A row without a score takes the expert's earlier one back; ``reason`` says why.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    indicator = models.CharField(max_length=40)
    expert = models.CharField(max_length=60)
    score = ExactField(null=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["period", "enterprise"], name="performance_panel_period")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=False, reason="")
                | (models.Q(score__isnull=True) & ~models.Q(reason="")),
                name="performance_panelscore_back_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.expert}"


class AdjustmentItem(models.Model):
    """A bonus or deduction with its evidence; ``revokes`` takes an earlier one back."""

    class Kind(models.TextChoices):
        """Which way it counts."""

        BONUS = "bonus", _("加分")
        DEDUCTION = "deduction", _("扣分")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    item = models.CharField(max_length=40)
    points = ExactField()
    evidence = models.TextField()
    revokes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="revoked_by"
    )
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["period", "enterprise"], name="performance_adjust_period")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
