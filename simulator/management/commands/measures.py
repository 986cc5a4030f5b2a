"""`manage.py measures`: what would let a feeder host more PV, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the sentence, the question, every measure with its gain, and the guidance."""

    help = "Find a feeder's hosting capacity with each measure alone: tap, absorbing PV, cable, batteries."
    study = "measures"
