"""Feeders as the web may see them: published ones."""

from django.http import Http404

from simulator.models import FeederRecord


def find_feeder(feeder_id: str) -> FeederRecord:
    """Return a published feeder's record.

    Raises: Http404 where there is none.
    """
    record = FeederRecord.objects.published().filter(feeder_id=feeder_id).first()
    if record is None:
        raise Http404(f"No feeder is named {feeder_id[:64]}.")
    return record
