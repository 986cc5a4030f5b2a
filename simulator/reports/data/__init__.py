"""Answers as plain data: what the API returns, pages offer as JSON, and the terminal prints."""
