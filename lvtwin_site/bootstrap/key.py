"""The key that signs sessions and forms: long and random, made once, readable by its owner alone."""

import secrets
from pathlib import Path

MIN_LENGTH, MIN_DIFFERENT = 32, 8


def is_strong(key: str) -> bool:
    """Tell whether nobody would find a key by trying."""
    return len(key) >= MIN_LENGTH and len(set(key)) >= MIN_DIFFERENT


def secret_key(file: Path) -> str:
    """Return the key in `file`, made where there is none that is whole."""
    key = file.read_text().strip() if file.exists() else ""
    if not is_strong(key):
        key = secrets.token_urlsafe(64)
        fresh = file.with_name(f"{file.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(key)
        fresh.replace(file)  # at once, so that no kill leaves half a key
    return key
