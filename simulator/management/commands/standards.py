"""`manage.py standards`: a feeder's hosting capacity under every limit set, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the sentence, the question, and the table of all limit sets."""

    help = "Find a feeder's hosting capacity under every named limit set, and under limits of your own."
    study = "standards"
