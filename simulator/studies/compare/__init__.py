"""Feeders side by side."""
