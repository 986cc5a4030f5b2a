"""The site's addresses: the admin, and all that `simulator.web` serves."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("simulator.web.urls")),
]

handler400 = "simulator.web.site.errors.bad_request"
handler404 = "simulator.web.site.errors.not_found"
handler500 = "simulator.web.site.errors.server_error"
