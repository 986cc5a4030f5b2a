"""From a file's bytes to the feeders that it holds."""

from simulator.importing.convert import convert
from simulator.importing.reading import read_file
from simulator.importing.source import Choice, Source
from simulator.importing.upstream import SolveGrid


def import_file(
    content: bytes, name: str, solve: SolveGrid | None = None
) -> tuple[Source, tuple[Choice, ...]]:
    """Return what a file holds, and the feeders to choose from; nothing is stored.

    ``solve`` makes the one power flow of the file that some of its transformers need, as ``convert`` says.

    Raises: ImportFileError for a file that cannot be read, or that holds no feeder.
    """
    source = read_file(content, name)
    return source, convert(source, solve)
