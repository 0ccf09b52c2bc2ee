"""The URL map: pages for readers, the API, the admin."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from factbase import errors, health, integrity

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("factbase.accounts.urls")),
    path("api/v1/", include("factbase.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("integrity/", integrity.integrity, name="integrity"),
    path("language/", set_language, name="set_language"),
    path("", include("claims.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
