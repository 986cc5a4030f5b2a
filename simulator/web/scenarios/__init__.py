"""Answers that people keep."""
