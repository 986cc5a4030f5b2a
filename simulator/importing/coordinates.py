"""Where buses stand: on the globe where a file says so believably, else on a plain map."""

import json
from collections.abc import Mapping, Sequence
from math import cos, dist, radians
from typing import Any

from simulator.importing.drawing import Point, draw_tree
from simulator.importing.import_log import Item
from simulator.importing.merging import Nodes
from simulator.importing.tables import Tables, number, text, whole

METRES_PER_DEGREE = 111_320.0
BELIEVABLE = (0.05, 20.0)  # drawn length of all lines together as a share of what the file says they measure

Coordinates = dict[str, float | None]


def place_buses(
    tables: Tables,
    nodes: Nodes,
    bus_ids: Mapping[int, str],
    roots: Sequence[str],
    lines: Sequence[dict[str, Any]],
) -> tuple[dict[str, Coordinates], Item]:
    """Return x, y, lat and lon of each bus, and the item that says where they come from."""
    points = _points(tables, nodes, bus_ids)
    lacking = len(bus_ids) - len(points)
    if not lacking:
        globe = _on_globe(points, roots[0])
        if globe and _believable(globe, lines):
            places = {bus: _placed(*globe[bus], *points[bus][::-1]) for bus in points}
            return places, Item("read", "bus", (), "positions are the file's latitudes and longitudes")
        scale = _scale(points, lines)
        if scale:
            x0, y0 = points[roots[0]]
            drawn = {bus: (scale * (x - x0), scale * (y - y0)) for bus, (x, y) in points.items()}
            words = (
                "positions are the file's own drawing, for they are not latitudes and longitudes that fit "
                "the lines' lengths: the map is a plain one, without places"
            )
            return {bus: _placed(x, y) for bus, (x, y) in drawn.items()}, Item(
                "not_modelled", "bus", (), words, "simplified"
            )
    few = _lacking_words(lacking, len(bus_ids))
    words = f"{few}: the map is a plain one, drawn from the lines' lengths, without places"
    drawn = draw_tree(roots, lines)
    return {bus: _placed(x, y) for bus, (x, y) in drawn.items()}, Item(
        "not_modelled", "bus", (), words, "simplified"
    )


def _lacking_words(lacking: int, buses: int) -> str:
    """Say how many buses have no position; where none lacks one, the positions do not tell places apart."""
    if lacking == buses:
        return "the file has no positions"
    if not lacking:
        return "the file's positions are all the same place"
    return f"{lacking} of {buses} buses {'has' if lacking == 1 else 'have'} no position"


def _placed(x: float, y: float, lat: float | None = None, lon: float | None = None) -> Coordinates:
    return {"x": round(x, 1) + 0.0, "y": round(y, 1) + 0.0, "lat": _degrees(lat), "lon": _degrees(lon)}


def _degrees(angle: float | None) -> float | None:
    """Return an angle to a tenth of a millimetre."""
    return None if angle is None else round(angle, 9) + 0.0


def _points(tables: Tables, nodes: Nodes, bus_ids: Mapping[int, str]) -> dict[str, Point]:
    """Return the file's positions by bus: the node's own, else that of a bus merged into it."""
    drawn = [r for r in tables.rows("bus_geodata") if r.get("x") is not None and r.get("y") is not None]
    geodata = {whole(r, "index"): (number(r, "x"), number(r, "y")) for r in drawn}
    points = {}
    for node, bus in bus_ids.items():
        for member in nodes.members[node]:
            point = _geojson_point(text(nodes.bus[member], "geo")) or geodata.get(member)
            if point:
                points[bus] = point
                break
    return points


def _geojson_point(words: str) -> Point | None:
    """Return the position of a GeoJSON point; a reader has checked that it is one."""
    if not words:
        return None
    x, y = json.loads(words)["coordinates"][:2]
    return float(x), float(y)


def _on_globe(points: dict[str, Point], origin: str) -> dict[str, Point] | None:
    """Return metres around the origin for longitudes and latitudes; None where they cannot be such."""
    if not all(abs(lon) <= 180 and abs(lat) <= 85 for lon, lat in points.values()):
        return None
    lon0, lat0 = points[origin]
    east = METRES_PER_DEGREE * cos(radians(lat0))
    return {
        bus: ((lon - lon0) * east, (lat - lat0) * METRES_PER_DEGREE) for bus, (lon, lat) in points.items()
    }


def _believable(points: dict[str, Point], lines: Sequence[dict[str, Any]]) -> bool:
    share = _drawn_share(points, lines)
    return share is None or BELIEVABLE[0] <= share <= BELIEVABLE[1]


def _scale(points: dict[str, Point], lines: Sequence[dict[str, Any]]) -> float | None:
    """Return what turns a drawing's units into metres (1 if they are); None if nothing is drawn."""
    share = _drawn_share(points, lines)
    if not share:
        return None
    return 1.0 if BELIEVABLE[0] <= share <= BELIEVABLE[1] else 1 / share


def _drawn_share(points: dict[str, Point], lines: Sequence[dict[str, Any]]) -> float | None:
    """Return the drawn length of all lines as a share of their length in metres; None without lines."""
    metres = sum(1000 * line["length_km"] for line in lines)
    return sum(dist(points[line["from"]], points[line["to"]]) for line in lines) / metres if metres else None
