"""`manage.py day`: a feeder's whole day, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the sentence, the hours outside limits, the energies, the quarter-hours and the buses."""

    help = "Solve all 96 quarter-hours of a scenario and print hours outside limits and energies."
    study = "day"
