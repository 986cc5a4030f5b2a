"""`manage.py warm_cache`: the answers of the first page views, computed before anybody waits for them."""

import time
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from simulator.management.first_pages import ask_first_pages, first_addresses
from simulator.management.question import published_feeders
from simulator.management.visit import check_address, read_worst_times, visit
from simulator.web.pages.asking import ask_each
from simulator.web.work.answer_cache import is_shared
from simulator.web.work.answers import Answers


class Command(BaseCommand):
    """Fills the cache that the site reads: a shared one directly, a process's own memory by visiting it."""

    help = "Compute what the first page views need: feeders, runs, sweeps and the comparison."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--url``."""
        said = "ask the running site at this address for its pages, for example http://127.0.0.1:8000"
        parser.add_argument("--url", help=said)

    def handle(self, *args: Any, url: str | None, **options: Any) -> None:
        """Warm the cache, and say what was done.

        Raises: CommandError where there is no feeder, or no site at the address.
        """
        start = time.perf_counter()
        done = self._compute() if url is None else self._visit(check_address(url))
        kept = settings.CACHES["default"]["TIMEOUT"]
        self.stdout.write(f"{done} in {time.perf_counter() - start:.1f} s; kept for {kept} s.")

    def _compute(self) -> str:
        if not is_shared():
            self.stderr.write(
                "CACHE_URL names no shared cache: these answers stay in this process's own memory. "
                "To warm a running site: manage.py warm_cache --url http://127.0.0.1:8000"
            )
        records = tqdm(published_feeders(), "Feeders", unit="feeder", disable=None)
        found = ask_each(records, partial(ask_first_pages, Answers()))
        for each in found.unusable:
            self.stderr.write(f"{each.feeder_id} {each.words}")
        return f"Computed the first pages of {len(found.rows)} feeders"

    def _visit(self, url: str) -> str:
        paths = first_addresses(read_worst_times(url))
        hits = sum(visit(url, path)[1] for path in tqdm(paths, "Pages", unit="page", disable=None))
        return f"Visited {len(paths)} pages of {url}, {len(paths) - hits} of them computed"
