"""Lines of jobs that have not begun: one line an asker, and the lines take turns."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from simulator.web.work.job import Job

Chosen = Callable[[Job], bool]


class Lines:
    """Jobs by asker; whoever was served goes behind the others. The caller holds the lock."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, list[Job]] = OrderedDict()

    def __iter__(self) -> Iterator[Job]:
        """Iterate over all jobs in line."""
        return (job for line in self._lines.values() for job in line)

    def __len__(self) -> int:
        """Return how many jobs are in line."""
        return sum(map(len, self._lines.values()))

    def add(self, job: Job) -> None:
        """Put a job at the end of its asker's line."""
        self._lines.setdefault(job.asker.key, []).append(job)

    def take(self, may_begin: Chosen) -> Job | None:
        """Take the first job that may begin, of the asker who was served longest ago."""
        for key, line in self._lines.items():
            for job in line:
                if may_begin(job):
                    line.remove(job)
                    self._lines.move_to_end(key)
                    if not line:
                        del self._lines[key]
                    return job
        return None

    def drop(self, chosen: Chosen) -> list[Job]:
        """Take the chosen jobs away, and return them."""
        dropped = [job for job in self if chosen(job)]
        for job in dropped:
            self._lines[job.asker.key].remove(job)
        self._lines = OrderedDict((key, line) for key, line in self._lines.items() if line)
        return dropped
