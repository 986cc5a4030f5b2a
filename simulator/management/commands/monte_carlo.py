"""`manage.py monte_carlo`: how much PV a feeder hosts when nobody knows who adopts, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the quantiles of the capacity, the pass rate over adoption, and what binds how often."""

    help = "Draw random orders of adoption and print the hosting capacity's quantiles and what binds."
    study = "monte-carlo"
