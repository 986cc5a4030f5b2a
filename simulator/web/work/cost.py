"""What a question costs: its power flows times what one takes here, held against what people may ask for."""

from dataclasses import dataclass

from simulator.grid.errors import QuestionError
from simulator.studies.sizes import Size
from simulator.web.work.askers import Asker

AT_ONCE_S = 0.5  # of processor: what costs less is done in the request


@dataclass(frozen=True)
class Cost:
    """A question's size on a network of so many buses, and the processor time that it may take in seconds."""

    size: Size
    buses: int
    seconds: float

    def refuse_beyond(self, asker: Asker, before_s: float = 0.0) -> None:
        """Refuse what, with what the same request has asked for before, costs more than somebody may ask for.

        Raises: QuestionError with size and limit, at the field that makes the question smaller.
        """
        if asker.most_s is None or before_s + self.seconds <= asker.most_s:
            return
        size = self.size
        flows = f"{size.words} are up to {size.flows:,} power flows of {self.buses:,} buses"
        at_once = " at once" if before_s else ""
        limit = f"{asker.most_s:g} s are computed for {asker.who}{at_once}"
        message = f"{flows}, about {self.seconds:,.0f} s of processor; {limit}: {self._way_out(asker)}."
        if not size.field:
            raise QuestionError("feeder_id", f"Too much to compute: {message}")
        raise QuestionError(size.field, f"{size.field.capitalize()}: {message}")

    def _way_out(self, asker: Asker) -> str:
        fewer = self.size.count_within((asker.most_s or 0) / self.seconds * self.size.flows)
        step = 10 ** max(len(str(fewer)) - 2, 0)  # two digits are as much as is known
        if fewer:
            return f"enter at most {fewer // step * step:,}"
        way = "ask about fewer quarter-hours, or about a part of the network"
        return way if asker.signed_in else f"{way}, or sign in, which allows more"
