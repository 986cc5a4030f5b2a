"""The pages: each view validates, runs, renders."""
