"""`manage.py nodes`: where on a feeder there is room for more, in a terminal."""

from simulator.management.study import StudyCommand


class Command(StudyCommand):
    """Prints the sentence, the least and the most room, every bus with what binds."""

    help = "Print what one more PV plant, and one more load, may add at each bus of a feeder."
    study = "nodes"
