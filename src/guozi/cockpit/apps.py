"""Registers the room with Django, and the entries of the navigation."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CockpitConfig(AppConfig):
    name = "guozi.cockpit"
    label = "cockpit"

    def ready(self) -> None:
        """Register the pages of the whole house, in the order a day goes."""
        from guozi.access.matrix import Act, Subject  # noqa: PLC0415 - apps must be loaded
        from guozi.ui.navigation import NavEntry, register  # noqa: PLC0415

        def entry(
            label: object, url: str, icon: str, order: int, prefix: str, act: Act, subject: Subject
        ) -> NavEntry:
            return NavEntry(
                label=label,
                url_name=url,
                icon=icon,
                order=order,
                prefix=prefix,
                visible=lambda viewer: viewer.may(act, subject),
            )

        read = Act.READ
        register(
            entry(_("全市概览"), "cockpit:city", "home", 10, "/", read, Subject.STATISTICS),
            entry(
                _("企业"),
                "cockpit:enterprises",
                "building",
                20,
                "/enterprises/",
                read,
                Subject.ENTERPRISE,
            ),
            entry(
                _("报表报送"), "filings:list", "file-text", 30, "/filings/", read, Subject.FILING
            ),
            entry(
                _("综合绩效评价"),
                "performance:runs",
                "trophy",
                40,
                "/evaluations/",
                read,
                Subject.EVALUATION,
            ),
            entry(_("规则库"), "rulebooks:list", "book", 50, "/rulebooks/", read, Subject.RULEBOOK),
            entry(_("审计日志"), "cockpit:log", "history", 60, "/audit/", read, Subject.LOG),
            entry(_("后台任务"), "cockpit:jobs", "clock", 70, "/jobs/", read, Subject.JOB),
        )
