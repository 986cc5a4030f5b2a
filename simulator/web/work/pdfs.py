"""PDFs as the site hands them out: equal ones made once and kept for 300 seconds, the others one by one."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from simulator.reports.press import PRESS
from simulator.reports.printed import read_printed
from simulator.reports.report import Report
from simulator.web.site.versions import versions
from simulator.web.work.answer_cache import NOTHING, read, write
from simulator.web.work.askers import Asker
from simulator.web.work.executor import EXECUTOR
from simulator.web.work.job import Job
from simulator.web.work.pool import Pool

MAX_WAITING = 6  # requests for PDFs at once
_MADE = "\N{OBJECT REPLACEMENT CHARACTER}made"  # where the time of making is written: it makes no other PDF

PDFS = Pool(EXECUTOR.turn, workers=1, most_waiting=MAX_WAITING)


def make_pdf(request: HttpRequest, asker: Asker, report: Report, context: dict[str, Any]) -> bytes:
    """Return a report as PDF, kept or made now; ``context`` holds what else its page shows.

    Raises: PdfError where it takes too long or too much memory; BusyError where too many wait for theirs.
    """
    context = {
        **context,
        "report": report,
        "printed": read_printed(report),
        "versions": versions(),
        "made": _MADE,
    }
    html = render_to_string("reports/report.html", context, request)
    style = (settings.BASE_DIR / "static" / "css" / "report.css").read_text(encoding="utf-8")
    key = "pdf-" + hashlib.sha256(f"{style}\0{html}".encode()).hexdigest()
    pdf = read(key)
    if pdf is not NOTHING:
        return bytes(pdf)

    def work(job: Job) -> bytes:
        made = date_format(timezone.now(), "j F Y, H:i")
        printed = PRESS.render(html.replace(_MADE, made), [style])
        write(key, printed)
        return printed

    return bytes(PDFS.wait(PDFS.start(key, work, asker), None, asker))
