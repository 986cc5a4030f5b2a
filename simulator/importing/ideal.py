"""A transformer as good as none, for a source that stands at low voltage itself."""

from typing import Any

from simulator.importing.naming import Names
from simulator.importing.supply import Origin
from simulator.importing.tables import Tables

SN_KVA = 1000.0
VK_PERCENT = 1e-4  # 1 MVA drops a millionth of the voltage


def ideal_transformer(tables: Tables, source: Origin, vn_kv: float, bus_id: str) -> dict[str, Any]:
    """Return a transformer without rating, losses or shift between a low-voltage source and its bus."""
    return {
        "id": Names().take(tables.name(source.table, source.row), "source"),
        "lv_bus": bus_id,
        "sn_kva": SN_KVA,
        "vn_hv_kv": vn_kv,
        "vn_lv_kv": vn_kv,
        "vk_percent": VK_PERCENT,
        "vkr_percent": 0.0,
        "pfe_kw": 0.0,
        "i0_percent": 0.0,
        "shift_degree": 0.0,
        "rated": False,
    }
