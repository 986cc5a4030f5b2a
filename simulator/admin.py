"""The admin page for feeder metadata; the network is shown, not edited."""

import json
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from simulator.drawing.diagram import render_diagram
from simulator.grid.errors import FeederFileError
from simulator.models import FeederQuerySet, FeederRecord, SavedScenario
from simulator.models.scenarios import HEAVY
from simulator.studies.unusable import CANNOT, reason_of

admin.site.site_header = "LV Mini Twin"
admin.site.site_title = "LV Mini Twin"


@admin.register(FeederRecord)
class FeederAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Edit what a feeder is called and whether it is shown."""

    list_display = ("feeder_id", "name", "archetype", "owner", "origin", "published", "updated")
    list_display_links = ("feeder_id", "name")
    list_filter = ("published", "archetype")
    search_fields = ("feeder_id", "name", "archetype", "description", "location", "notes", "origin")
    fields = (
        "feeder_id",
        "owner",
        "origin",
        "name",
        "archetype",
        "description",
        "location",
        "notes",
        "published",
        "diagram",
        "json",
    )
    readonly_fields = ("feeder_id", "owner", "origin", "diagram", "json")
    list_select_related = ("owner",)
    actions = ("publish", "unpublish")

    class Media:
        """The diagram's place; its colours stay those of print, on white, whatever the admin's theme."""

        css = {"all": ("css/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Feeders come from files: the list leads to the page that imports them."""
        return False

    @admin.display(description="network")
    def diagram(self, record: FeederRecord) -> SafeString:
        """The single-line diagram."""
        try:
            feeder = record.feeder
        except FeederFileError as error:
            return format_html("<p>It {}: {}.</p>", CANNOT, reason_of(error))
        return format_html('<div class="admin-diagram">{}</div>', mark_safe(render_diagram(feeder)))  # noqa: S308

    @admin.display(description="network as JSON")
    def json(self, record: FeederRecord) -> SafeString:
        """The network as stored."""
        return _json(record.network)

    @admin.action(description="Publish chosen feeders")
    def publish(self, request: HttpRequest, records: FeederQuerySet) -> None:
        """Show feeders on pages and in the API."""
        self.message_user(request, f"{records.update(published=True)} published.")

    @admin.action(description="Unpublish chosen feeders")
    def unpublish(self, request: HttpRequest, records: FeederQuerySet) -> None:
        """Hide feeders from pages and the API."""
        self.message_user(request, f"{records.update(published=False)} unpublished.")


@admin.register(SavedScenario)
class ScenarioAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rename a scenario, change its note, stop sharing it; what was asked and answered is shown only."""

    list_display = ("name", "study", "feeder_id_then", "owner", "shared", "created")
    list_filter = ("study", "shared")
    list_select_related = ("owner",)
    search_fields = ("name", "note", "feeder_id_then", "sentence", "owner__username")
    fields = (
        "name",
        "note",
        "shared",
        "owner",
        "feeder_id_then",
        "study",
        "query",
        "sentence",
        "seed",
        "versions",
        "feeder_hash",
        "profiles_hash",
        "created",
        "updated",
        "asked",
        "answered",
    )
    readonly_fields = fields[3:]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Scenarios are saved from a study's page."""
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[SavedScenario]:
        """Return the scenarios; a list of them leaves the answers in the database."""
        return super().get_queryset(request).defer(*HEAVY)

    @admin.display(description="question as JSON")
    def asked(self, scenario: SavedScenario) -> SafeString:
        """The question as stored."""
        return _json(scenario.question)

    @admin.display(description="answer as JSON")
    def answered(self, scenario: SavedScenario) -> SafeString:
        """The answer as stored."""
        return _json(scenario.answer)


def _json(data: Any) -> SafeString:
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return format_html("<details><summary>{} characters</summary><pre>{}</pre></details>", len(text), text)
