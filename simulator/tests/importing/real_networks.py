"""Networks that others have published, as pandapower gives them, each made once a process."""

import random
import warnings
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np
import pandapower as pp
import pandapower.networks as pn
import simbench
from simbench.networks import extract_simbench_grids_from_csv as extraction

SEED = 1
# Of each pair of a kind one: the others differ in how many of the same cables there are.
KERBER: tuple[str, ...] = ("landnetz_freileitung_1", "landnetz_kabel_1", "dorfnetz")
# Of the networks that pandapower stretches until they break, one of each kind of line.
KERBER_EXTREME: tuple[str, ...] = ("kb_extrem_landnetz_freileitung", "kb_extrem_landnetz_kabel_trafo")
SUBNETS = r"LV[1-4]\.101|LV[56]\.201"
SIMBENCH: tuple[str, ...] = ("rural1", "rural3", "semiurb4", "urban6")


@cache
def cigre() -> Any:
    """Return CIGRE's European low-voltage benchmark: three feeders behind closed switches."""
    return pn.create_cigre_network_lv()


@cache
def kerber(name: str) -> Any:
    """Return a Kerber network; pandapower draws cable lengths and branch points anew unless it is seeded."""
    random.seed(SEED)
    np.random.seed(SEED)
    return (getattr(pn, f"create_kerber_{name}", None) or getattr(pn, name))()


@cache
def european() -> Any:
    """Return the IEEE European low-voltage test feeder, its loads on single phases."""
    return pn.ieee_european_lv_asymmetric()


@cache
def simbench_lv(name: str, scenario: int = 0) -> Any:
    """Return a SimBench low-voltage network without its profiles, which take most of the time to read."""
    right = extraction.read_csv_data
    extraction.read_csv_data = _read_csv
    try:
        return simbench.get_simbench_net(f"1-LV-{name}--{scenario}-sw")
    finally:
        extraction.read_csv_data = right


_right = extraction.read_csv_data


def _read_csv(path: str, sep: str, tablename: str | None = None) -> Any:
    return _read_once(path, sep, tablename).copy()


@cache
def _read_once(path: str, sep: str, tablename: str | None) -> Any:
    """Read a table of all SimBench networks together, cut to the networks that are wanted."""
    rows = 2 if tablename and tablename.endswith("Profile") else None
    table = _right(path, sep, tablename, nrows=rows)
    if len(table) < 2000 or "subnet" not in table:
        return table
    wanted = table.subnet.str.contains(SUBNETS) | table.subnet.str.contains("_")
    return table[wanted].reset_index(drop=True)


def newton(net: Any) -> Any:
    """Return each bus's voltage in pu by Newton-Raphson on a copy of a pandapower net as it is."""
    net = deepcopy(net)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the European feeder lacks columns of release 3
        pp.runpp(
            net,
            algorithm="nr",
            init="auto",
            numba=False,
            trafo_model="pi",
            calculate_voltage_angles=True,
            tolerance_mva=1e-10,
        )
    return net.res_bus.vm_pu
