"""Tables of the filings. Amounts are whole hundredths of the item's unit: 分 for money.

``Draft`` and what hangs on it is private to its enterprise. ``Version`` and its figures are sealed: the
database refuses to change or delete them, except for the state of a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from guozi.filings.states import State
from guozi.registry.models import Enterprise
from guozi.rulebooks import parsed
from guozi_core.statements import Scope

if TYPE_CHECKING:
    from guozi_core.findings import Wording


class Upload(models.Model):
    """A file as it was received: kept with its hash whatever became of its content."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    scope = models.CharField(max_length=4)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_by_name = models.CharField(max_length=80)
    #: Whether its content was taken into the draft; a blocked file is only kept.
    accepted = models.BooleanField()
    #: Whether a sealed version came from it: from then on reviewers see it.
    sealed = models.BooleanField(default=False)
    #: The findings as told to the person, in both languages; shown again, never computed with.
    findings = models.JSONField(default=list)
    figure_count = models.IntegerField(default=0)
    #: The unit that printed statements are rounded to; empty for a template, whose sums are exact.
    printed_unit = models.CharField(max_length=4, blank=True)

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What an enterprise is working on for one form, period and scope."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    scope = models.CharField(max_length=4)
    #: Grows with every save; a save that names an older one is told what changed meanwhile.
    revision = models.IntegerField(default=0)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=80)
    #: Why a further version is filed; empty for the first.
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "form", "period", "scope"], name="filings_draft_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.form} {self.period} {self.scope}"


class DraftFigure(models.Model):
    """One figure of a draft."""

    pk = models.CompositePrimaryKey("draft_id", "item", "moment")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="figures")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=10)
    moment = models.CharField(max_length=1)
    amount = models.BigIntegerField()
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=10, blank=True)
    raw = models.CharField(max_length=60, blank=True)
    changed_by_name = models.CharField(max_length=80)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item}{self.moment}"


class DraftExplanation(models.Model):
    """A written reason for a finding that needs one, while the draft is open."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="explanations")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=20)
    place = models.CharField(max_length=80)
    text = models.TextField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "check_id", "place"], name="filings_draft_explanation_one"
            ),
        ]

    def __str__(self) -> str:
        return self.check_id


class Version(models.Model):
    """A sealed filing. Only its state moves, by :mod:`guozi.filings.services`."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    period = models.CharField(max_length=7)
    scope = models.CharField(max_length=4)
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    #: The newest version that was neither withdrawn nor returned: the one that totals read.
    current = models.BooleanField()
    content_sha256 = models.CharField(max_length=64)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    submitted_by_id = models.BigIntegerField(null=True)
    submitted_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "form", "period", "scope", "number"],
                name="filings_version_number",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "form", "period", "scope"],
                condition=models.Q(current=True),
                name="filings_version_one_current",
            ),
        ]
        indexes = [
            models.Index(fields=["form", "period", "scope"], name="filings_version_period"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.form} {self.period} v{self.number}"

    @property
    def status(self) -> State:
        """The state as a member of :class:`State`."""
        return State(self.state)

    @property
    def form_title(self) -> Wording:
        """What the form is called."""
        return parsed.form(self.form).header.title

    @property
    def scope_words(self) -> Wording:
        """The accounts it is drawn up for."""
        return Scope(self.scope).wording


class Figure(models.Model):
    """One sealed figure."""

    pk = models.CompositePrimaryKey("version_id", "item", "moment")
    #: Figures come into being only by selecting their version, which is never deleted: the key needs
    #: no check of its own, and a million of them at once would be slow.
    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        related_name="figures",
        db_index=False,
        db_constraint=False,
    )
    #: Repeats the version's, for the row rule; the version's own key is checked.
    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    item = models.CharField(max_length=10)
    moment = models.CharField(max_length=1)
    amount = models.BigIntegerField()
    upload = models.ForeignKey(
        Upload, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sheet = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=10, blank=True)
    raw = models.CharField(max_length=60, blank=True)
    entered_by_name = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.item}{self.moment}"


class VersionFinding(models.Model):
    """A finding that stood when the version was sealed, with the enterprise's explanation."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="findings")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=20)
    place = models.CharField(max_length=80)
    severity = models.CharField(max_length=8)
    message = models.TextField()
    english_message = models.TextField()
    explanation = models.TextField(blank=True)
    explained_by_name = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.check_id


class ReviewAct(models.Model):
    """One step of a version on its way: submitted, signed, accepted, returned, withdrawn."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="acts")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.state} {self.by_name}"
