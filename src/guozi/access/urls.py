"""Addresses of the pages about oneself."""

from __future__ import annotations

from django.urls import path

from guozi.access import views

app_name = "access"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.change_password, name="change-password"),
    path("permissions/", views.permissions, name="permissions"),
]
