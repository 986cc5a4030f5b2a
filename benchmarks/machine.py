"""What a benchmark ran on: figures mean nothing without it."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("django", "numpy", "pandapower", "waitress", "weasyprint")


def describe_machine() -> str:
    """Return date, processor, its cores and load, Python and the libraries' versions, in a few lines."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "one a core")
    return "\n".join(
        (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.machine()}",
            f"{_processor()}, {os.cpu_count()} cores; {describe_load()}",
            f"Python {platform.python_version()}, {libraries}; OpenBLAS threads: {threads}",
        )
    )


def describe_load() -> str:
    """Return how many processes wanted a processor: more than there are cores slow every figure down."""
    return f"load over the last minute {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    """Return the processor's model where Linux tells it."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"
