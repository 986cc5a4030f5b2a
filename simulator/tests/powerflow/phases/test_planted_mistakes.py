"""The comparison with OpenDSS would notice: each mistake, planted in the model, makes them disagree."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from simulator.grid.schema import Feeder
from simulator.powerflow import compiled, ports
from simulator.powerflow.wires import assembly, blocks, nodes, zero_sequence
from simulator.tests.engines import solve_by_phase
from simulator.tests.feeders import changed
from simulator.tests.oracles.opendss_phases import PhaseAnswer, differing, solve_opendss_by_phase
from simulator.tests.powerflow.phases.networks import customer_powers, every_part

Patch = pytest.MonkeyPatch


@cache
def expectation() -> tuple[np.ndarray, np.ndarray, PhaseAnswer]:
    """Return powers at a street in which every part counts, and what OpenDSS finds there."""
    p_kw, q_kvar = customer_powers(every_part(), 3)
    return p_kw, q_kvar, solve_opendss_by_phase(every_part(), p_kw, q_kvar)


@pytest.fixture
def feeder(request: pytest.FixtureRequest) -> Feeder:
    """The same street under an id of its own, so that no equations kept from elsewhere serve it."""
    return changed(every_part(), feeder_id=f"mistake-{crc32(request.node.name.encode()):08x}")


def disagreements(feeder: Feeder) -> list[str]:
    """Return what differs from OpenDSS by more than the comparison allows."""
    p_kw, q_kvar, expected = expectation()
    return differing(solve_by_phase(feeder, p_kw, q_kvar), expected)


def test_without_a_mistake_the_check_is_silent(feeder: Feeder) -> None:
    assert disagreements(feeder) == []


def swap_two_phases(patch: Patch) -> None:
    patch.setitem(ports.BETWEEN, "a", ports.BETWEEN["b"])


def swap_two_pairs(patch: Patch) -> None:
    patch.setitem(ports.BETWEEN, "ab", ports.BETWEEN["bc"])


def let_currents_flow_in_at_both_phases(patch: Patch) -> None:
    right = assembly.equations_by_phase
    patch.setattr(compiled, "equations_by_phase", lambda *given: _unsigned(right(*given)))


def _unsigned(equations: Any) -> Any:
    return replace(equations, ports=abs(equations.ports))


def connect_to_earth_instead_of_the_neutral(patch: Patch) -> None:
    right = assembly.port_nodes

    def wrong(*given: Any) -> tuple[np.ndarray, np.ndarray]:
        plus, minus = right(*given)
        return plus, np.where(given[1].phases[:, 1] == nodes.NEUTRAL, nodes.GROUND, minus)

    patch.setattr(assembly, "port_nodes", wrong)


def drop_the_neutral_s_earth(patch: Patch) -> None:
    patch.setattr(assembly, "_earths", lambda feeder, each: csr_matrix((each.count, each.count)))


def take_positive_for_zero_sequence(patch: Patch) -> None:
    patch.setattr(blocks, "line_zero", lambda line: (complex(line.r_ohm_per_km, line.x_ohm_per_km), 0.0))


def forget_the_zero_sequence_s_charging(patch: Patch) -> None:
    right = zero_sequence.line_zero
    patch.setattr(blocks, "line_zero", lambda line: (right(line)[0], 0.0))


def take_one_transformer_for_another(patch: Patch) -> None:
    patch.setattr(blocks, "transformer_zero", lambda each: 0.01 + 0.038j)


def turn_negative_sequence_as_positive(patch: Patch) -> None:
    right = nodes.by_phase
    patch.setattr(blocks, "by_phase", lambda zero, one, two: right(zero, one, one))


def forget_that_lines_are_parallel(patch: Patch) -> None:
    right = blocks.line_blocks

    def wrong(given: Feeder, each: Any) -> Any:
        alone = tuple(line.model_copy(update={"parallel": 1}) for line in given.lines)
        return right(given.model_copy(update={"lines": alone}), each)

    patch.setattr(assembly, "line_blocks", wrong)


MISTAKES: list[Callable[[Patch], None]] = [
    swap_two_phases,
    swap_two_pairs,
    let_currents_flow_in_at_both_phases,
    connect_to_earth_instead_of_the_neutral,
    drop_the_neutral_s_earth,
    take_positive_for_zero_sequence,
    forget_the_zero_sequence_s_charging,
    take_one_transformer_for_another,
    turn_negative_sequence_as_positive,
    forget_that_lines_are_parallel,
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_noticed(
    feeder: Feeder, mistake: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake(monkeypatch)
    assert disagreements(feeder)
