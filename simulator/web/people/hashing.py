"""Hashing passwords, which is slow on purpose: others compute meanwhile."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from simulator.web.work.executor import EXECUTOR


class HasherAside(PBKDF2PasswordHasher):
    """Django's own hash, computed outside the turn; it keeps no other thread from Python."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Return the hash."""
        with EXECUTOR.turn.aside():
            return super().encode(password, salt, iterations)
