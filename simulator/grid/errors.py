"""The simulator's errors: a small tree, translated into pages and status codes at the edge."""


class TwinError(Exception):
    """Anything the simulator refuses, with a message made for people."""


class FileError(TwinError):
    """A data file that cannot be taken: says which file, where in it, and why."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(f"{file}: {place}: {reason}")
        self.file, self.place, self.reason = file, place, reason


class FeederFileError(FileError):
    """A network file that is no valid feeder."""


class ProfileFileError(FileError):
    """A profile file that is no day and no year of finite values, or not of this feeder's customers."""


class InjectionError(TwinError):
    """Injections of the wrong shape, or not finite."""


class UnsolvableError(TwinError):
    """A feeder whose equations have no solution in finite numbers, whatever is asked of it."""


class QuestionError(TwinError):
    """A question that a study refuses: names the field, and says what it accepts."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class ChangeError(TwinError):
    """A change that cannot be made to a feeder, with the reason."""


class ImportFileError(FileError):
    """A file that cannot be imported: too large, too deep, hostile, or no network."""


class TooManyFeedersError(TwinError):
    """A person keeps as many feeders already as one person may."""
