"""`manage.py sweep`: how much PV a feeder hosts, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the sentence, the hosting capacity, what binds, the 21 points."""

    help = "Sweep PV adoption on a feeder and print its hosting capacity and the curve."
    study = "sweep"
