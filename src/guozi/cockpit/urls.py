"""Addresses of the first pages."""

from __future__ import annotations

from django.urls import path

from guozi.cockpit import enterprise_views, log_views, views

app_name = "cockpit"
urlpatterns = [
    path("", views.city, name="city"),
    path("totals/<str:period>/<str:item>/<str:moment>/", views.total, name="total"),
    path("totals/<str:period>/leverage/", views.leverage, name="leverage"),
    path("enterprises/", enterprise_views.enterprises, name="enterprises"),
    path("enterprises/<str:uscc>/", enterprise_views.enterprise, name="enterprise"),
    path("audit/", log_views.log, name="log"),
    path("audit/<int:index>/", log_views.leaf, name="leaf"),
    path("jobs/", log_views.jobs, name="jobs"),
    path("jobs/<uuid:pk>/", log_views.job, name="job"),
    path("jobs/<uuid:pk>/cancel/", log_views.cancel_job, name="cancel-job"),
]
