"""Addresses of the evaluation."""

from __future__ import annotations

from django.urls import path

from guozi.performance import input_views, origin_views, sheet_views, views

app_name = "performance"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("start/", views.start, name="start"),
    path("compare/", views.compare, name="compare"),
    path("inputs/", input_views.list_inputs, name="inputs"),
    path("inputs/<str:period>/<str:uscc>/", input_views.inputs_of, name="inputs-of"),
    path("inputs/<str:period>/<str:uscc>/panel/", input_views.enter_panel, name="enter-panel"),
    path(
        "inputs/<str:period>/<str:uscc>/panel/withdraw/",
        input_views.withdraw_expert,
        name="withdraw-expert",
    ),
    path(
        "inputs/<str:period>/<str:uscc>/adjustments/",
        input_views.add_adjustment,
        name="add-adjustment",
    ),
    path(
        "inputs/<str:period>/<str:uscc>/adjustments/<int:item_id>/take-back/",
        input_views.take_back_adjustment,
        name="take-back-adjustment",
    ),
    path("<int:run_id>/", views.run, name="run"),
    path("<int:run_id>/publish/", views.publish, name="publish"),
    path("<int:run_id>/<str:uscc>/", sheet_views.score_sheet, name="score-sheet"),
    path("<int:run_id>/<str:uscc>/sheet.<str:kind>", sheet_views.download_sheet, name="download"),
    path(
        "<int:run_id>/<str:uscc>/management/<int:number>/",
        origin_views.management_from,
        name="management-from",
    ),
    path("<int:run_id>/<str:uscc>/parts/<int:number>/", origin_views.part_from, name="part-from"),
    path(
        "<int:run_id>/<str:uscc>/improvement/",
        origin_views.improvement_from,
        name="improvement-from",
    ),
    path("<int:run_id>/<str:uscc>/totals/<slug:name>/", origin_views.total_from, name="total-from"),
    path(
        "<int:run_id>/<str:uscc>/indicators/<slug:identifier>/",
        origin_views.where_from,
        name="where-from",
    ),
]
