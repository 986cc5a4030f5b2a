"""What a question is about: a feeder, and the profiles that its customers follow."""

from dataclasses import dataclass

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder


@dataclass(frozen=True, eq=False)
class Subject:
    """A feeder with its profiles of one day; answers depend on the content of both."""

    feeder: Feeder
    profiles: Profiles

    def __post_init__(self) -> None:
        customers = len(self.feeder.customers)
        for values in (self.profiles.load_pu, self.profiles.pv_pu):
            if values.ndim == 2 and len(values) != customers:
                raise ValueError(
                    f"profiles of {len(values)} customers, {self.feeder.feeder_id} has {customers}"
                )

    @property
    def content(self) -> tuple[str, str]:
        """The hashes of both contents."""
        return self.feeder.content_hash, self.profiles.content_hash
