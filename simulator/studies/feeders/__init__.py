"""The list of feeders."""
