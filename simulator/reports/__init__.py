"""How answers are shown: tables, diagrams, charts, maps and PDF; plain text, no Django."""
