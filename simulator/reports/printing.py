"""The process that makes PDFs: its parent sends HTML through a pipe, and ends it where it takes too much.

Run as ``python -m simulator.reports.printing SECONDS BYTES``, the processor time of a PDF and the memory of
the process; it ends with its input. A process of its own, since nothing
else stops WeasyPrint half way or gives its memory back to the system.
"""

import json
import os
import resource
import signal
import struct
import sys
from typing import BinaryIO

from simulator.reports.pdf import render_pdf

LENGTH = struct.Struct(">Q")
TOO_LARGE = b"too large"
NICENESS = 5  # pages come first


def main(most_s: float, most_bytes: int) -> None:
    """Print one report after the other, until there is no more input."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints goes to the log, not among the answers
    with os.fdopen(0, "rb") as questions, answers:
        while (message := read_message(questions)) is not None:
            signal.setitimer(signal.ITIMER_PROF, most_s)  # ends the process, by SIGPROF
            kind, answer = _answer(message)
            signal.setitimer(signal.ITIMER_PROF, 0)
            write_message(answers, kind)
            write_message(answers, answer)


def _answer(message: bytes) -> tuple[bytes, bytes]:
    """Return what kind of answer it is, empty for a PDF, and the answer."""
    question = json.loads(message)
    try:
        return b"", render_pdf(question["html"], question["styles"])
    except MemoryError:
        return TOO_LARGE, b""
    except Exception as error:  # noqa: BLE001 - the parent raises it again
        return b"error", f"{type(error).__name__}: {error}".encode()


def read_message(file: BinaryIO) -> bytes | None:
    """Return the next message, None where there is no more."""
    head = file.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = file.read(length)
    return body if len(body) == length else None


def write_message(file: BinaryIO, message: bytes) -> None:
    """Write a message, its length before it."""
    file.write(LENGTH.pack(len(message)) + message)
    file.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
