"""`manage.py why`: why a bus's voltage is what it is, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the sentence, the key figures, every section and every customer."""

    help = "Split a bus's voltage into its exact parts and print who makes them."
    study = "why"
