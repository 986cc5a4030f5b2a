"""A study's task: what it computes, how large that is, and of which other answers it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, Protocol, TypeVar

from simulator.questions.question import Question
from simulator.studies.sizes import Size

Q = TypeVar("Q", bound=Question)
A = TypeVar("A")


class Asking(Protocol):
    """How a task at work asks for what it needs, and tells how far it is."""

    def ask(self, task: "Task[Q, A]", question: Q) -> A:
        """Return another task's answer, kept or computed now."""

    def soon(self, task: "Task[Q, A]", question: Q) -> A | None:
        """Return another task's answer; None where that would take long."""

    def report(self, share: float) -> None:
        """Tell how much is done, 0 to 1."""


@dataclass(frozen=True, eq=False)
class Task(Generic[Q, A]):
    """``compute`` asks for no other answers than those of the tasks that it ``needs``.

    Answers are kept under ``name``. ``size`` bounds the work, None where it is too little to bound. A
    ``long`` task is always done in a thread of its own and reports how far it is; others are where they cost
    much. One that is not ``kept`` puts other answers together, which are.
    """

    name: str
    compute: Callable[[Q, Asking], A]
    size: Callable[[Q], Size] | None
    needs: tuple["Task[Any, Any]", ...] = ()
    long: bool = False
    kept: bool = True


class Alone:
    """Computes what a task needs there and then, and tells nobody how far it is."""

    def ask(self, task: Task[Q, A], question: Q) -> A:
        """Compute another task's answer."""
        return task.compute(question, self)

    soon = ask

    def report(self, share: float) -> None:
        """Tell nobody."""


ALONE = Alone()


def by_itself(compute: Callable[[Q], A]) -> Callable[[Q, Asking], A]:
    """Return the work of a task that needs no other and is done before there is progress to tell."""

    @wraps(compute)
    def work(question: Q, _asking: Asking) -> A:
        return compute(question)

    return work
