"""How the sweep is compiled: once, kept on disk; it holds no lock, and multiplies and adds in one step."""

import hashlib
from pathlib import Path

from numba import config, njit

_HERE = Path(__file__).parent
_digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py")))).hexdigest()

# What is kept is that of these very sources: numba itself looks at the file of one function alone.
config.CACHE_DIR = str(  # type: ignore[attr-defined]
    _HERE / "__pycache__" / _digest[:16]
)

compiled = njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")
