"""Addresses of sign-in and of everybody's own account."""

from django.urls import path

from factbase.accounts import views

# Some names are Django's, whose pages and templates lead to them.
urlpatterns = [
    path("code/", views.give_code, name="sign-in-code"),
    path("codes/", views.own_codes, name="own-codes"),
    path("forgotten/", views.Forgotten.as_view(), name="admin_password_reset"),
    path("forgotten/sent/", views.ForgottenDone.as_view(), name="password_reset_done"),
    path(
        "password/<uidb64>/<token>/",
        views.NewPassword.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "password/changed/",
        views.NewPasswordDone.as_view(),
        name="password_reset_complete",
    ),
]
