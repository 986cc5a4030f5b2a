"""What is said of the voltage above an area's transformers, and of the controllers that move their taps."""

from collections.abc import Iterator, Sequence

from simulator.grid.caveats import Caveat
from simulator.importing.controls import TapControl
from simulator.importing.dead import first_names
from simulator.importing.import_log import Weight
from simulator.importing.source import Row
from simulator.importing.supply import Area, Origin
from simulator.importing.tables import Tables
from simulator.importing.upstream import SPREAD_PU, Upstream

CUT = 60  # characters of a name in a caveat


def tell_upstream(
    tables: Tables, upstream: Upstream, sources: Sequence[Origin], area: Area
) -> Iterator[Caveat]:
    """Tell what stands above an area, and yield what must be said before every answer on it."""
    if area.source:
        yield _tell_source(tables, area.source)
        return
    far = [row for row in area.transformers if row["index"] in upstream.far]
    if far:
        yield _tell_far(tables, upstream, sources, far)
    if not upstream.alike(area):
        yield _tell_spread(tables, upstream, area)
    own = {row["index"]: row for row in area.transformers}
    for control in upstream.controls:
        if control.trafo in own:
            yield _tell_control(tables, upstream, control, own[control.trafo])


def above_words(upstream: Upstream) -> tuple[str, Weight]:
    """Return what is said of loads and plants above low voltage, and how much it weighs."""
    if not upstream.far:
        return "above low voltage, where an ideal source stands: no part of a feeder", "not_needed"
    if upstream.solved:
        return "above low voltage: no part of a feeder; they count in the voltage above it", "simplified"
    return "above low voltage; left out", "changes_results"


def tell_controls_above(tables: Tables, upstream: Upstream, fed: Sequence[Row]) -> None:
    """Tell of the controllers of transformers above those that bring low voltage."""
    below = {row["index"] for row in fed}
    rows = {row["index"]: row for row in tables.rows("trafo")}
    for control in upstream.controls:
        if control.trafo not in below:
            _tell_control(tables, upstream, control, rows[control.trafo])


def _tell_source(tables: Tables, source: Origin) -> Caveat:
    words = (
        f"a source at low voltage, {source.vm_pu:g} pu at its bus, without a transformer: an "
        "ideal one, without losses and without a rating, stands in for it, so that no transformer is judged"
    )
    tables.tell("read", source.table, [source.row], words, "simplified")
    return Caveat(about="no_transformer", words=f"{tables.name(source.table, source.row)[:CUT]} is {words}.")


def _tell_far(tables: Tables, upstream: Upstream, sources: Sequence[Origin], far: list[Row]) -> Caveat:
    found = [upstream.vm_pu[row["index"]] for row in far]
    names = first_names([tables.name("trafo", row)[:CUT] for row in far])
    volts = f"{min(found):.5f}" + (f" to {max(found):.5f}" if max(found) - min(found) > SPREAD_PU else "")
    if upstream.solved:
        held = first_names([f"{each.vm_pu:g} pu" for each in sources])
        words = (
            f"the upper side is at {volts} pu, as one power flow of the whole file gives, with all its "
            f"loads, plants and stores as they stand there (its source holds {held}); in another state of "
            "load the voltage would be another"
        )
        tables.tell("read", "trafo", far, words, "simplified")
    else:
        words = (
            f"the upper side is at the source's {volts} pu, whatever lies between: there is no solution "
            "of the power flow of the whole file, which would have given the voltage there"
        )
        tables.tell("not_modelled", "trafo", far, words)
    return Caveat(about="source_voltage", words=f"Above {names}: {words}."[:600])


def _tell_spread(tables: Tables, upstream: Upstream, area: Area) -> Caveat:
    (low, high), vm_pu = upstream.span(area), upstream.voltage(area)
    words = (
        f"one source at {vm_pu:.5f} pu feeds transformers whose upper sides stand at {low:.5f} to {high:.5f} "
        "pu in the file: their rated upper voltages are scaled by as much, so that each gives its own "
        "voltage below"
    )
    tables.tell("read", "trafo", area.transformers, words, "simplified")
    return Caveat(about="source_voltage", words=f"{words[0].upper()}{words[1:]}.")


def _tell_control(tables: Tables, upstream: Upstream, control: TapControl, row: Row) -> Caveat:
    was, tap = (plates[control.trafo].tap or {} for plates in (upstream.before, upstream.plates))
    if upstream.solved:
        words = (
            f"a controller holds {control.words}: the tap stands at position {tap['pos']:g} here, where it "
            f"is left in the file's own state of load (the file has {was['pos']:g}), and stays there at "
            "every other load"
        )
        tables.tell("read", "trafo", [row], words, "simplified")
    else:
        ends = [tap["step_percent"] * (tap[end] - tap["pos"]) for end in ("min", "max")]
        words = (
            f"a controller holds {control.words}, but no position of the tap gives a solution: it stays at "
            f"position {tap['pos']:g}; moved, it could change the ratio by {ends[0]:+.3g} to {ends[1]:+.3g} %"
        )
        tables.tell("not_modelled", "trafo", [row], words)
    return Caveat(about="tap_changer", words=f"{tables.name('trafo', row)[:CUT]}: {words}.")
