"""Probes while a part of the site hangs: answered at once, and truly."""

import time
from threading import Event

import pytest

from simulator.web.work import pulse
from simulator.web.work.pulse import Pulse


class Part:
    """A part that answers, until it is told to hang."""

    def __init__(self) -> None:
        self.free = Event()
        self.free.set()
        self.asked = 0

    def check(self) -> str:
        self.asked += 1
        self.free.wait(20)
        return f"ok {self.asked}"


def test_a_part_is_asked_anew_each_time_while_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "WITHIN_S", 5)
    asked = Pulse(Part().check, "late")
    assert [asked.read() for _ in range(3)] == ["ok 1", "ok 2", "ok 3"]


def test_a_part_that_hangs_is_asked_once_told_as_it_was_and_then_as_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    part = Part()
    asked = Pulse(part.check, "late")
    assert asked.read() == "ok 1"
    monkeypatch.setattr(pulse, "WITHIN_S", 0.01)
    monkeypatch.setattr(pulse, "LATE_S", 0.3)
    part.free.clear()
    began = time.monotonic()
    assert asked.read() == "ok 1"
    while time.monotonic() - began < 0.35:
        time.sleep(0.05)
    assert asked.read() == "late"
    part.free.set()
    time.sleep(0.1)
    monkeypatch.setattr(pulse, "WITHIN_S", 5)
    assert asked.read() == "ok 3"
    assert part.asked == 3


def test_a_part_that_never_answered_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "LATE_S", 0.05)
    part = Part()
    part.free.clear()
    assert Pulse(part.check, "late").read() == "late"
    part.free.set()
