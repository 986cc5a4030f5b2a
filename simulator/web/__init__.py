"""The Django edge: forms parse, views run and render, and nothing else knows HTTP."""
