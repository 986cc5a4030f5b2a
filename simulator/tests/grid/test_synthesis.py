"""The synthetic twelve and the catalogue they are built from: what was promised of them."""

import re
from itertools import combinations, pairwise
from math import asin, cos, dist, radians, sin, sqrt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from simulator.grid.catalogue import LINE_TYPES, TRANSFORMER_500, LineType, line_type
from simulator.grid.elements import Bus
from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.grid.synthesis import PLANS, render_files, stale_files, write_files
from simulator.grid.topology import trace
from simulator.management.commands import generate_feeders

IDS = [f"feeder_{number:02d}" for number in range(12)]
FEEDERS = {name: read_feeder(NETWORKS_DIR / f"{name}.json") for name in IDS}
IN_TOWN = ["feeder_00", "feeder_01", "feeder_05", "feeder_07", "feeder_08", "feeder_09", "feeder_10"]
EARTH_M = 6_371_000

every_feeder = pytest.mark.parametrize("feeder", FEEDERS.values(), ids=IDS)


@pytest.mark.parametrize("path", render_files(), ids=lambda path: path.name)
def test_the_stored_file_is_what_the_generator_gives_byte_for_byte(path: Path) -> None:
    assert path.read_bytes() == render_files()[path].encode()


def test_the_plans_are_the_twelve_feeders_in_order() -> None:
    assert [plan.feeder_id for plan in PLANS] == IDS


@every_feeder
def test_a_feeder_has_30_nodes_behind_one_transformer_of_500_kva(feeder: Feeder) -> None:
    assert [bus.id for bus in feeder.buses] == [f"bus_{number}" for number in range(30)]
    assert feeder.transformer_kva == 500
    assert [(t.lv_bus, t.sn_kva, t.vn_hv_kv, t.vn_lv_kv) for t in feeder.transformers] == [
        ("bus_0", 500, 10, 0.4)
    ]


@every_feeder
def test_a_feeder_is_a_tree_whose_lines_carry_the_number_of_the_bus_they_feed(feeder: Feeder) -> None:
    tree = trace(feeder)
    assert tree.loop_lines == ()
    assert tree.parent_line == {f"bus_{number}": f"line_{number}" for number in range(1, 30)}
    assert all(customer.id == customer.bus.replace("bus", "customer") for customer in feeder.customers)


@every_feeder
def test_customers_are_plausible_groups_of_households(feeder: Feeder) -> None:
    for customer in feeder.customers:
        assert 1 <= customer.households <= 14
        assert 0.8 <= customer.peak_kw / customer.households <= 7
        assert 1 <= customer.pv_kwp / customer.households <= 62
        assert 0.95 <= customer.power_factor <= 0.98


@every_feeder
def test_houses_are_25_to_45_m_apart_in_town_and_up_to_175_m_in_the_country(feeder: Feeder) -> None:
    longest = 0.045 if feeder.feeder_id in IN_TOWN else 0.175
    assert all(0.025 <= line.length_km <= longest for line in feeder.lines)


def test_farms_lie_up_to_175_m_apart() -> None:
    assert max(line.length_km for line in FEEDERS["feeder_04"].lines) > 0.16


@every_feeder
def test_lines_are_of_catalogue_types_and_services_are_no_thicker_than_their_mains(feeder: Feeder) -> None:
    parents = trace(feeder).parent
    rating = {line.to_bus: line.rating_ka for line in feeder.lines}
    for line in feeder.lines:
        kind = line_type(line.std_type)
        values = (line.r_ohm_per_km, line.x_ohm_per_km, line.c_nf_per_km, line.max_i_ka)
        assert values == (kind.r_ohm_per_km, kind.x_ohm_per_km, kind.c_nf_per_km, kind.max_i_ka)
        assert line.from_bus not in parents or line.rating_ka <= rating[line.from_bus]


@every_feeder
def test_the_plan_is_drawn_to_scale_on_paper_and_on_the_globe(feeder: Feeder) -> None:
    buses = {bus.id: bus for bus in feeder.buses}
    for line in feeder.lines:
        one, other = buses[line.from_bus], buses[line.to_bus]
        metres = 1000 * line.length_km
        assert dist((one.x, one.y), (other.x, other.y)) == pytest.approx(metres, abs=0.15)
        assert _great_circle_m(one, other) == pytest.approx(metres, rel=0.005, abs=0.2)


@every_feeder
def test_no_two_lines_cross_on_the_map(feeder: Feeder) -> None:
    points = {bus.id: (bus.x, bus.y) for bus in feeder.buses}
    for one, other in combinations(feeder.lines, 2):
        ends = [points[bus] for bus in (one.from_bus, one.to_bus, other.from_bus, other.to_bus)]
        assert len(set(ends)) < 4 or not _cross(*ends), f"{one.id} crosses {other.id}"


def test_feeders_lie_in_one_region_and_none_upon_another() -> None:
    for one, other in combinations(FEEDERS.values(), 2):
        apart = min(_great_circle_m(a, b) for a in one.buses for b in other.buses)
        assert 1000 < apart < 40_000, f"{one.name} and {other.name} are {apart:.0f} m apart"


def test_names_archetypes_descriptions_and_shapes_are_all_different() -> None:
    for telling in (
        lambda f: f.name,
        lambda f: f.archetype,
        lambda f: f.description,
        lambda f: f.content_hash,
        lambda f: tuple((line.from_bus, line.std_type, line.parallel) for line in f.lines),
    ):
        assert len({telling(feeder) for feeder in FEEDERS.values()}) == 12


@every_feeder
def test_a_description_is_two_sentences(feeder: Feeder) -> None:
    sentences = re.findall(r"[A-Z][^.]{30,200}\.(?: |$)", feeder.description)
    assert len(sentences) == 2
    assert "".join(sentences) == feeder.description


def test_generating_writes_what_is_missing_or_differs_and_nothing_else(tmp_path: Path) -> None:
    assert len(write_files(tmp_path)) == 13
    spoilt, lost = tmp_path / "networks" / "feeder_03.json", tmp_path / "profiles" / "pv_profile.csv"
    spoilt.write_text(spoilt.read_text() + " ")
    lost.unlink()
    assert stale_files(tmp_path) == [spoilt, lost]
    assert write_files(tmp_path) == [spoilt, lost]
    assert stale_files(tmp_path) == []


def test_the_command_checks_without_writing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("generate_feeders", check=True)
    assert "as the generator gives them" in capsys.readouterr().out
    monkeypatch.setattr(generate_feeders, "stale_files", lambda: stale_files(tmp_path))
    with pytest.raises(CommandError, match=r"not what the generator gives: feeder_00\.json"):
        call_command("generate_feeders", check=True)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_feeders, "write_files", lambda: write_files(tmp_path))
    call_command("generate_feeders")
    assert capsys.readouterr().out.startswith("Wrote feeder_00.json, ")
    assert read_feeder(tmp_path / "networks" / "feeder_11.json") == FEEDERS["feeder_11"]


@pytest.mark.parametrize("kind", LINE_TYPES, ids=lambda kind: kind.name)
def test_line_types_are_pandapower_s_standard_types(kind: LineType) -> None:
    import pandapower as pp

    standard = pp.available_std_types(pp.create_empty_network(), "line").loc[kind.name]
    for value in ("r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km", "max_i_ka"):
        assert getattr(kind, value) == pytest.approx(standard[value], rel=1e-3)


def test_the_catalogue_ascends_within_each_kind() -> None:
    for kind in ("cable", "overhead"):
        types = [t for t in LINE_TYPES if t.kind == kind]
        assert all(a.max_i_ka < b.max_i_ka and a.r_ohm_per_km > b.r_ohm_per_km for a, b in pairwise(types))


def test_the_transformer_s_load_losses_are_5500_w() -> None:
    """EN 50464-1, class Ck, 500 kVA."""
    assert TRANSFORMER_500.vkr_percent / 100 * TRANSFORMER_500.sn_kva == pytest.approx(5.5)


def test_an_unknown_line_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="NAYY 4x150 SE"):
        line_type("NAYY 4x151 SE")


def _great_circle_m(one: Bus, other: Bus) -> float:
    (lat1, lon1), (lat2, lon2) = ((radians(bus.lat or 0), radians(bus.lon or 0)) for bus in (one, other))
    half_lat, half_lon = (lat2 - lat1) / 2, (lon2 - lon1) / 2
    return 2 * EARTH_M * asin(sqrt(sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2))


Point = tuple[float, float]


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)
