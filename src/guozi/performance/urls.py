"""Addresses of the evaluation."""

from __future__ import annotations

from django.urls import path

from guozi.performance import origin_views, sheet_views, views

app_name = "performance"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("start/", views.start, name="start"),
    path("compare/", views.compare, name="compare"),
    path("<int:run_id>/", views.run, name="run"),
    path("<int:run_id>/publish/", views.publish, name="publish"),
    path("<int:run_id>/<str:uscc>/", sheet_views.score_sheet, name="score-sheet"),
    path("<int:run_id>/<str:uscc>/sheet.<str:kind>", sheet_views.download_sheet, name="download"),
    path("<int:run_id>/<str:uscc>/totals/<slug:name>/", origin_views.total_from, name="total-from"),
    path(
        "<int:run_id>/<str:uscc>/indicators/<slug:identifier>/",
        origin_views.where_from,
        name="where-from",
    ),
]
