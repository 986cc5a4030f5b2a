"""The simulator as a Django application."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from simulator.grid.memory import MEMORY


class SimulatorConfig(AppConfig):
    """LV Mini Twin's one application."""

    name = "simulator"
    verbose_name = "LV Mini Twin"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the database to its owner from the first connection on, and memory within its bound."""
        MEMORY.bound(int(settings.LVTWIN_MEMORY_MB * 1_000_000))
        connection_created.connect(_keep_to_owner, dispatch_uid="keep-to-owner")


def _keep_to_owner(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    from simulator.models.database_file import keep_to_owner

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        keep_to_owner(Path(name))
