"""The tables and columns that are read, and of what kind each column is; everything else is left out."""

from enum import Enum, auto

from simulator.importing.import_log import Weight


class ColumnKind(Enum):
    """What a column's cells may hold, besides nothing."""

    NUMBER = auto()
    WHOLE = auto()
    COUNT = auto()
    TRUTH = auto()
    LABEL = auto()
    BUS = auto()
    NAME = auto()
    POINT = auto()
    PLACE = auto()
    OBJECT = auto()


def _columns(**names: str) -> dict[str, ColumnKind]:
    return {name: ColumnKind[kind.upper()] for kind, all_names in names.items() for name in all_names.split()}


_INJECTION = _columns(
    name="name", label="type", bus="bus", truth="in_service", number="p_mw q_mvar sn_mva scaling"
)
_PHASES = "p_a_mw q_a_mvar p_b_mw q_b_mvar p_c_mw q_c_mvar"
_TAPS = "tap_neutral tap_min tap_max tap_step_percent tap_step_degree tap_pos"
_TAPS_2 = _TAPS.replace("tap_", "tap2_")

COLUMNS: dict[str, dict[str, ColumnKind]] = {
    "parameters": _columns(name="name", label="version format_version", number="f_hz sn_mva"),
    "bus": _columns(name="name zone", label="type", number="vn_kv", truth="in_service", point="geo"),
    "bus_geodata": _columns(place="x y"),
    "line": _columns(
        name="name std_type",
        label="type",
        bus="from_bus to_bus",
        number="length_km r_ohm_per_km x_ohm_per_km c_nf_per_km g_us_per_km max_i_ka df",
        count="parallel",
        truth="in_service",
    ),
    "trafo": _columns(
        name="name std_type vector_group",
        label="tap_side tap_changer_type tap2_side tap2_changer_type",
        bus="hv_bus lv_bus",
        number=f"sn_mva vn_hv_kv vn_lv_kv vk_percent vkr_percent pfe_kw i0_percent shift_degree df {_TAPS} "
        f"{_TAPS_2} id_characteristic_table vk_percent_characteristic vkr_percent_characteristic",
        count="parallel",
        truth="in_service oltc tap_phase_shifter tap2_phase_shifter tap_dependency_table "
        "tap_dependent_impedance",
    ),
    "trafo_characteristic_table": _columns(
        number="id_characteristic step voltage_ratio angle_deg vk_percent vkr_percent"
    ),
    "characteristic": _columns(object="object"),
    "controller": _columns(name="name", object="object", truth="in_service", number="order level"),
    "trafo3w": _columns(
        name="name std_type",
        label="tap_side tap_changer_type",
        bus="hv_bus mv_bus lv_bus",
        number="sn_hv_mva sn_mv_mva sn_lv_mva vn_hv_kv vn_mv_kv vn_lv_kv vk_hv_percent vk_mv_percent "
        "vk_lv_percent vkr_hv_percent vkr_mv_percent vkr_lv_percent pfe_kw i0_percent shift_mv_degree "
        f"shift_lv_degree {_TAPS}",
        truth="in_service tap_at_star_point tap_phase_shifter tap_dependency_table",
    ),
    "load": _INJECTION
    | _columns(number="const_z_p_percent const_i_p_percent const_z_q_percent const_i_q_percent"),
    "sgen": _INJECTION,
    "storage": _INJECTION | _columns(number="soc_percent min_e_mwh max_e_mwh"),
    "gen": _INJECTION | _columns(number="vm_pu slack_weight", truth="slack"),
    "asymmetric_load": _INJECTION | _columns(number=_PHASES),
    "asymmetric_sgen": _INJECTION | _columns(number=_PHASES),
    "ext_grid": _columns(name="name", bus="bus", number="vm_pu va_degree slack_weight", truth="in_service"),
    "switch": _columns(
        name="name", label="et type", bus="bus", whole="element", truth="closed", number="z_ohm in_ka"
    ),
    "shunt": _columns(name="name", bus="bus", number="p_mw q_mvar vn_kv step", truth="in_service"),
    "ward": _columns(name="name", bus="bus", number="ps_mw qs_mvar pz_mw qz_mvar", truth="in_service"),
    "xward": _columns(
        name="name",
        bus="bus",
        number="ps_mw qs_mvar pz_mw qz_mvar r_ohm x_ohm vm_pu",
        truth="in_service",
    ),
    "impedance": _columns(
        name="name",
        bus="from_bus to_bus",
        number="rft_pu xft_pu rtf_pu xtf_pu sn_mva",
        truth="in_service",
    ),
    "dcline": _columns(name="name", bus="from_bus to_bus", number="p_mw", truth="in_service"),
    "motor": _columns(
        name="name", bus="bus", number="pn_mech_mw cos_phi efficiency_percent scaling", truth="in_service"
    ),
}

# Tables that say what an element does or where it stands, and are none themselves: what cannot be read of
# them is left out, and may change results or not.
BESIDE: dict[str, Weight] = {
    "bus_geodata": "not_needed",
    "controller": "changes_results",
    "characteristic": "changes_results",
    "trafo_characteristic_table": "changes_results",
}

# Without these an element is no element: in each row they must hold something.
NEEDED: dict[str, tuple[str, ...]] = {
    "bus": ("vn_kv",),
    "line": ("from_bus", "to_bus", "length_km", "r_ohm_per_km", "x_ohm_per_km"),
    "trafo": ("hv_bus", "lv_bus", "sn_mva", "vn_hv_kv", "vn_lv_kv", "vk_percent", "vkr_percent"),
    "trafo3w": ("hv_bus", "mv_bus", "lv_bus"),
    "load": ("bus", "p_mw"),
    "sgen": ("bus", "p_mw"),
    "storage": ("bus", "p_mw"),
    "gen": ("bus",),
    "asymmetric_load": ("bus", "p_a_mw", "p_b_mw", "p_c_mw"),
    "asymmetric_sgen": ("bus", "p_a_mw", "p_b_mw", "p_c_mw"),
    "ext_grid": ("bus",),
    "switch": ("bus", "element", "et", "closed"),
    "shunt": ("bus",),
    "ward": ("bus",),
    "xward": ("bus",),
    "impedance": ("from_bus", "to_bus"),
    "dcline": ("from_bus", "to_bus"),
    "motor": ("bus",),
}

# Which table a switch's "element" is a row of.
SWITCHED = {"b": "bus", "l": "line", "t": "trafo", "t3": "trafo3w"}

# Names of releases before 3.0, and what they became.
RENAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "load": {
        "const_z_percent": ("const_z_p_percent", "const_z_q_percent"),
        "const_i_percent": ("const_i_p_percent", "const_i_q_percent"),
    },
    "controller": {"controller": ("object",)},
}

# Parts of a file that describe no element: leaving them out changes nothing.
LIBRARY = (
    "std_types", "dtypes", "profiles", "loadcases", "user_pf_options", "measurement", "line_geodata", "group",
    "poly_cost", "pwl_cost",
    "StudyCases", "Substation", "Measurement", "NodePFResult", "Transformer3WType",
)  # fmt: skip
LIBRARY_ENDINGS = ("_std_types", "_profiles", "_characteristic", "_characteristic_table", "Profile")
RESULTS = "res_"
