"""Addresses of the filings."""

from __future__ import annotations

from django.urls import path

from guozi.filings import draft_views, views

app_name = "filings"
urlpatterns = [
    path("", views.overview, name="list"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("versions/<int:pk>/checks/", views.checks_of, name="checks"),
    path("versions/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("versions/<int:pk>/workbook/", views.workbook, name="workbook"),
    path("versions/<int:pk>/step/<slug:step>/", views.take_step, name="step"),
    path("versions/<int:pk>/correct/", draft_views.correct, name="correct"),
    path(
        "versions/<int:pk>/where-from/<str:item>/<str:moment>/", views.where_from, name="where-from"
    ),
    path(
        "versions/<int:pk>/indicators/<slug:rulebook>/<slug:identifier>/",
        views.indicator,
        name="indicator",
    ),
    path("open/", draft_views.open_filing, name="open"),
    path("drafts/<int:pk>/", draft_views.draft, name="draft"),
    path("drafts/<int:pk>/carry/", draft_views.carry, name="carry"),
    path("drafts/<int:pk>/save/", draft_views.save, name="save"),
    path("drafts/<int:pk>/template/", draft_views.template, name="template"),
    path("drafts/<int:pk>/upload/", draft_views.upload, name="upload-file"),
    path("drafts/<int:pk>/explain/", draft_views.explain, name="explain"),
    path("drafts/<int:pk>/submit/", draft_views.submit, name="submit"),
    path("uploads/<int:pk>/", draft_views.upload_result, name="upload"),
    path("uploads/<int:pk>/original/", draft_views.original, name="original"),
    path("uploads/<int:pk>/annotated/", draft_views.annotated, name="annotated"),
]
