"""PDFs made one at a time by a process of their own, which is kept warm and replaced before it grows."""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock, Timer
from typing import BinaryIO, cast

from simulator.grid.errors import TwinError
from simulator.reports.printing import TOO_LARGE, read_message, write_message

MAX_S = 5.0  # of processor a PDF
MAX_BYTES = 600_000_000  # of memory, of which WeasyPrint itself takes some 60 million
MAX_PRINTED = 40  # by one process
PATIENCE_S = 20.0  # of a clock, on a machine with more to do than print
TOO_MUCH_MEMORY = "it needs more memory than a PDF may take"
ROOT = Path(__file__).resolve().parents[2]


class PdfError(TwinError):
    """The PDF takes more time or memory than a PDF may."""


class Press:
    """One process that prints, started when it is needed; one PDF at a time.

    Units: seconds of processor a PDF, bytes of memory.
    """

    def __init__(
        self, most_s: float = MAX_S, most_bytes: int = MAX_BYTES, most_printed: int = MAX_PRINTED
    ) -> None:
        self._most_s, self._most_bytes, self._most_printed = most_s, most_bytes, most_printed
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._printed = 0

    def render(self, html: str, styles: Sequence[str]) -> bytes:
        """Return HTML as PDF; ``styles`` are the texts of its style sheets.

        Raises: PdfError where it takes too long or too much memory; RuntimeError where WeasyPrint fails.
        """
        with self._lock:
            process = self._process = self._warm()
            stop = Timer(PATIENCE_S, process.kill)
            stop.daemon = True
            stop.start()
            try:
                kind, pdf = _ask(process, json.dumps({"html": html, "styles": list(styles)}).encode())
            finally:
                stop.cancel()
            self._printed += 1
        if kind is None or pdf is None:
            raise PdfError(self._why(process.wait()))
        if kind == TOO_LARGE:
            self.close()
            raise PdfError(TOO_MUCH_MEMORY)
        if kind:
            raise RuntimeError(f"WeasyPrint failed: {pdf.decode()}")
        return pdf

    def close(self) -> None:
        """End the process, and give its memory back."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _warm(self) -> "subprocess.Popen[bytes]":
        """Return the process that prints next."""
        if self._printed >= self._most_printed or (self._process and self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._printed = 0
            kept = {
                name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ
            }
            bounds = (str(self._most_s), str(self._most_bytes))
            self._process = subprocess.Popen(
                [sys.executable, "-m", "simulator.reports.printing", *bounds],
                cwd=ROOT,
                env=kept,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                process_group=0,  # Ctrl+C is the server's, which lets a PDF be finished
            )
        return self._process

    def _why(self, status: int) -> str:
        """Return in words why the process has ended."""
        slow = status in (-signal.SIGPROF, -signal.SIGKILL)
        return f"it takes more than {self._most_s:g} s to make" if slow else TOO_MUCH_MEMORY


def _ask(process: "subprocess.Popen[bytes]", message: bytes) -> tuple[bytes | None, bytes | None]:
    """Return the kind of the answer and the answer; None where the process ends before."""
    asked, answered = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    try:
        write_message(asked, message)
    except BrokenPipeError:
        return None, None
    kind = read_message(answered)
    return kind, None if kind is None else read_message(answered)


PRESS = Press()
atexit.register(PRESS.close)
