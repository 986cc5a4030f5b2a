"""Unbalance, neutral voltages and returning currents, from voltages and currents by hand."""

import numpy as np
import pytest

from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.ports import phase_ports_of
from simulator.powerflow.superposition import solve_phasors
from simulator.powerflow.unbalance import read_unbalance
from simulator.tests.studies.small import small_feeder

A = np.exp(2j * np.pi / 3)


def test_unbalance_is_negative_over_positive_sequence_and_what_returns_is_the_sum_of_currents() -> None:
    at = ({"bus": "bus_1", "phases": "a"}, {"bus": "bus_2", "phases": "b"}, {"bus": "bus_2", "phases": "c"})
    feeder = small_feeder(*at)
    ports = phase_ports_of(feeder)
    compiled = compile_feeder(feeder, ports)
    p_kw = ports.sum(np.array([[-6.0, 3.0, -2.0]]))
    phasors = solve_phasors(compiled, p_kw, 0.2 * p_kw)
    found = read_unbalance(compiled, p_kw, 0.2 * p_kw)
    a, b, c = phasors.bus_pu[0].reshape(-1, 3).T
    negative, positive = a + A**2 * b + A * c, a + A * b + A**2 * c
    assert found.share[0] == pytest.approx(abs(negative) / abs(positive), rel=1e-9)
    base_a = 1000 * 3**0.5 / feeder.base_kv
    head = abs(phasors.current_pu[0].sum()) * base_a  # all customers are behind the first line
    assert found.returning_a[0, 0] == pytest.approx(head, rel=1e-5)  # the rest charges the line
    assert not found.neutral_v.any()  # folded into the lines' zero sequence
