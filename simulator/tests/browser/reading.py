"""What a person sees on a page in a browser."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect


def answer(page: Page) -> Locator:
    """The answer in one sentence."""
    return page.locator("main [role=status]")


def kpis(page: Page) -> list[str]:
    """Return the key figures' words."""
    return [" ".join(text.split()) for text in page.locator("[data-kpi]").all_inner_texts()]


def slide(page: Page, label: str, value: str) -> None:
    """Move a slider."""
    page.get_by_role("slider", name=label).fill(value)


def expect_answer(page: Page, words: str) -> None:
    """Wait until the answer holds these words."""
    expect(answer(page)).to_contain_text(words)


def expect_query(page: Page, field: str) -> None:
    """Wait until the address asks for ``name=value``."""
    written = re.escape(field).replace(":", "(:|%3A)")
    expect(page).to_have_url(re.compile(rf"[?&]{written}(&|$)"))


def open_study(page: Page, name: str) -> None:
    """Follow the link to another study of the same feeder."""
    page.get_by_role("navigation", name="Studies of this feeder").get_by_role("link", name=name).click()


def grave(page: Page, *rules: str) -> list[str]:
    """Return axe's serious and critical findings, by these rules or by all, each with the first places."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    violations = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"][:3]
    ]
