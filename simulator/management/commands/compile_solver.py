"""``manage.py compile_solver``: compile the solver for this machine, so that no request ever has to."""

from typing import Any

from django.core.management.base import BaseCommand

from simulator.powerflow.sweep.engine import NotCompiledError, compile_sweep

DONE_S = 3.0  # what has been compiled before is loaded in less


class Command(BaseCommand):
    """Compile once; where that fails, say so: the site is served either way, by full matrices."""

    help = "compile the solver for this machine; done once, kept on disk"

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile, and say how long it took."""
        try:
            seconds = compile_sweep()
        except NotCompiledError as error:
            self.stdout.write(f"The compiled solver is off, answers take longer: {error}")
            return
        if seconds > DONE_S:
            self.stdout.write(f"Compiled the solver for this machine in {seconds:.0f} s.")
