"""The site's addresses: the admin, and all that `simulator.web` serves."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("simulator.web.urls")),
]
