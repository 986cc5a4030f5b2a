"""The admin page for feeder metadata; the network is shown, not edited."""

import json

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from simulator.models import FeederQuerySet, FeederRecord
from simulator.reports.diagram import render_diagram

admin.site.site_header = "LV Mini Twin"
admin.site.site_title = "LV Mini Twin"


@admin.register(FeederRecord)
class FeederAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Edit what a feeder is called and whether it is shown."""

    list_display = ("feeder_id", "name", "archetype", "location", "published", "updated")
    list_display_links = ("feeder_id", "name")
    list_filter = ("published", "archetype")
    search_fields = ("feeder_id", "name", "archetype", "description", "location", "notes")
    fields = (
        "feeder_id",
        "name",
        "archetype",
        "description",
        "location",
        "notes",
        "published",
        "diagram",
        "json",
    )
    readonly_fields = ("feeder_id", "diagram", "json")
    actions = ("publish", "unpublish")

    class Media:
        """The diagram's place; its colours stay those of print, on white, whatever the admin's theme."""

        css = {"all": ("css/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Feeders come from files."""
        return False

    @admin.display(description="network")
    def diagram(self, record: FeederRecord) -> SafeString:
        """The single-line diagram."""
        return format_html('<div class="admin-diagram">{}</div>', mark_safe(render_diagram(record.feeder)))  # noqa: S308

    @admin.display(description="network as JSON")
    def json(self, record: FeederRecord) -> SafeString:
        """The network as stored."""
        text = json.dumps(record.network, indent=1, ensure_ascii=False)
        return format_html(
            "<details><summary>{} characters</summary><pre>{}</pre></details>", len(text), text
        )

    @admin.action(description="Publish chosen feeders")
    def publish(self, request: HttpRequest, records: FeederQuerySet) -> None:
        """Show feeders on pages and in the API."""
        self.message_user(request, f"{records.update(published=True)} published.")

    @admin.action(description="Unpublish chosen feeders")
    def unpublish(self, request: HttpRequest, records: FeederQuerySet) -> None:
        """Hide feeders from pages and the API."""
        self.message_user(request, f"{records.update(published=False)} unpublished.")
