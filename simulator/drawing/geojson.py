"""Feeders as GeoJSON for the map: the same classes as in the diagrams, and the same words.

Source: RFC 7946; positions are longitude, latitude on WGS 84. A feeder without places is drawn as its plan,
in metres around 0 degrees north and east, and its collection says ``plain``: no map lies beneath.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.drawing.state import FeederState, Values, rating_words, read_state
from simulator.grid.elements import Bus
from simulator.grid.frozen import Frozen
from simulator.grid.limits import DEFAULT_LIMITS, Limits
from simulator.grid.schema import Feeder

METRES_PER_DEGREE = 111_320.0  # of latitude, and of longitude at the equator

Json = dict[str, Any]


def feeder_geojson(
    feeder: Feeder,
    vm_pu: Values = None,
    line_loading: Values = None,
    limits: Limits = DEFAULT_LIMITS,
    transformer_loading: Values = None,
) -> Json:
    """Return a FeatureCollection of a feeder's lines, buses and transformers, in this order of drawing.

    Each has ``id``, ``kind``, ``class`` (the CSS class of its state) and ``label``; buses ``vm_pu``,
    lines and transformers ``loading_percent``, null where there is no solution, absent if not computed.

    Shape: one value an element in the feeder's order. Units: pu; loadings as a share of rating.

    Raises:
        ValueError: an array has another length than the feeder has such elements.
    """
    return state_geojson(feeder, read_state(feeder, limits, vm_pu, line_loading, transformer_loading))


def state_geojson(feeder: Feeder, state: FeederState) -> Json:
    """Return a FeatureCollection of a feeder in a state, as ``feeder_geojson`` does."""
    features = [*_lines(feeder, state), *_buses(feeder, state), *_transformers(feeder, state)]
    return _collection(features) | ({} if feeder.located else {"plain": True})


def elements_geojson(feeder: Feeder) -> Json:
    """Return a FeatureCollection of all that the feeder is: each element with every figure it has.

    ``kind`` tells buses, lines, transformers and customers apart; the collection's own ``feeder`` has what
    no element has, its source among that.
    """
    at = _positions(feeder)
    collection = _collection(
        [
            *(
                _feature("LineString", [at[e.from_bus], at[e.to_bus]], kind="line", **_figures(e))
                for e in feeder.lines
            ),
            *(_feature("Point", at[e.id], kind="bus", **_figures(e)) for e in feeder.buses),
            *(
                _feature("Point", at[e.lv_bus], kind="transformer", **_figures(e))
                for e in feeder.transformers
            ),
            *(_feature("Point", at[e.bus], kind="customer", **_figures(e)) for e in feeder.customers),
        ]
    )
    elements = {"buses", "lines", "transformers", "customers"}
    rest = {"feeder": feeder.model_dump(mode="json", exclude=elements)}
    return collection | rest | ({} if feeder.located else {"plain": True})


def feeders_geojson(rows: Iterable[Mapping[str, Any]]) -> Json:
    """Return a FeatureCollection of points, one a feeder.

    Each row has ``lat`` and ``lon``; its other entries become the point's properties, of which the map
    tells ``label`` (and always ``name``, if there), links to ``url`` and draws ``class``.
    """
    return _collection(
        _feature(
            "Point", [row["lon"], row["lat"]], **{k: v for k, v in row.items() if k not in ("lat", "lon")}
        )
        for row in rows
    )


def _collection(features: Iterable[Json]) -> Json:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(shape: str, coordinates: list[Any], **properties: Any) -> Json:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _figures(element: Frozen) -> Json:
    return element.model_dump(mode="json", by_alias=True)


def _positions(feeder: Feeder) -> dict[str, list[float]]:
    return {bus.id: _position(bus) for bus in feeder.buses}


def _position(bus: Bus) -> list[float]:
    if bus.lon is None or bus.lat is None:
        return [bus.x / METRES_PER_DEGREE, bus.y / METRES_PER_DEGREE]
    return [bus.lon, bus.lat]


def _lines(feeder: Feeder, state: FeederState) -> Iterator[Json]:
    at = _positions(feeder)
    for line in feeder.lines:
        loading = state.line_loading.get(line.id)
        said = "" if loading is None else f"{state.loading_words(loading)} of {1000 * line.rating_ka:.0f} A, "
        yield _feature(
            "LineString",
            [at[line.from_bus], at[line.to_bus]],
            id=line.id,
            kind="line",
            **{"class": state.line_look(line.id).key},
            label=f"{line.id}: {said}{1000 * line.length_km:.0f} m {line.std_type}",
            **({} if loading is None else {"loading_percent": _finite(100 * loading)}),
        )


def _buses(feeder: Feeder, state: FeederState) -> Iterator[Json]:
    at = _positions(feeder)
    for bus in feeder.buses:
        vm_pu = state.vm_pu.get(bus.id)
        yield _feature(
            "Point",
            at[bus.id],
            id=bus.id,
            kind="bus",
            **{"class": state.bus_look(bus.id).key},
            label=f"{bus.id}: {state.bus_words(bus.id)}",
            **({} if vm_pu is None else {"vm_pu": _finite(vm_pu)}),
        )


def _transformers(feeder: Feeder, state: FeederState) -> Iterator[Json]:
    at = _positions(feeder)
    for transformer in feeder.transformers:
        loading = state.transformer_loading.get(transformer.id)
        said = "" if loading is None else f"{state.loading_words(loading)} of "
        rating = f"{rating_words(transformer)}, {transformer.vn_hv_kv:g}/{transformer.vn_lv_kv:g} kV"
        yield _feature(
            "Point",
            at[transformer.lv_bus],
            id=transformer.id,
            kind="transformer",
            **{"class": state.transformer_look(transformer.id).key},
            label=f"{transformer.id}: {said}{rating}",
            **({} if loading is None else {"loading_percent": _finite(100 * loading)}),
        )


def _finite(value: float) -> float | None:
    """Return the value, or None for NaN, which JSON cannot say."""
    return value if value == value else None  # noqa: PLR0124 - NaN alone differs from itself
