"""The simulator as a Django application."""

from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    """LV Mini Twin's one application."""

    name = "simulator"
    verbose_name = "LV Mini Twin"
    default_auto_field = "django.db.models.BigAutoField"
