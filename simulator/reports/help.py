"""The help as a report: what each key figure means, which limits there are, what the model leaves out."""

from simulator.grid.limits import LIMIT_SETS
from simulator.reports.report import Column, Report, Table
from simulator.reports.sentences import share_words

KEY_FIGURES = (
    (
        "Transformer loading",
        "%",
        "Current over rated current, the higher of both sides, on nameplate voltages; with its direction.",
    ),
    (
        "Lowest and highest voltage",
        "pu",
        "The extremes over all low-voltage buses; 1 pu is 230 V from line to neutral.",
    ),
    ("Violation", "", "Yes when a bus leaves the voltage limits or an element exceeds its rating."),
    ("Most loaded line", "%", "The highest current over rating of any line, at the more loaded of its ends."),
    ("Losses", "kW", "Heat in lines and transformer, no-load losses included."),
    (
        "Import and export",
        "kW",
        "Power from or to the medium-voltage grid. Surplus PV flows back and is never clamped.",
    ),
    (
        "Hosting capacity",
        "% and kWp",
        "The largest PV adoption at and below which no chosen quarter-hour has a violation, to 0.1 %.",
    ),
    (
        "PV adoption",
        "%",
        "Share of each customer's rooftop potential that is built; PV profile, unity power factor.",
    ),
    (
        "Battery adoption",
        "%",
        (
            "Share of the installed PV that has a battery: 1 kWh and 0.5 kW per kWp, "
            "round-trip efficiency 90 %. "
            "It stores the customer's own surplus, covers its own load, and ends the day as it began it."
        ),
    ),
    (
        "No solution",
        "",
        "The power flow has no solution: the feeder cannot carry this. No figure is shown then.",
    ),
)
LEFT_OUT = (
    (
        "Unbalance",
        "All three phases are taken as equal; single-phase loads and inverters spread voltages further.",
    ),
    ("Time within the quarter-hour", "Loads and PV are means of 15 minutes; short peaks are higher."),
    ("Other days", "One load day and one clear summer day; no winter, no clouds, no seasons of demand."),
    ("Diversity", "Every customer follows the same profile, scaled to its after-diversity peak."),
    ("Controls", "No reactive power or curtailment by inverters, no tap changer that moves by itself."),
    (
        "The medium-voltage grid",
        "An ideal source of fixed voltage; what it does during the day is not modelled.",
    ),
    ("Protection and faults", "No short circuits, fuses or selectivity."),
)


def help_report() -> Report:
    """Return the glossary, the limits and the model's bounds as tables."""
    limits = tuple(
        (s.title, s.vm_min_pu, s.vm_max_pu, share_words(s.rise_max) if s.rise_max else None, s.source)
        for s in LIMIT_SETS.values()
    )
    return Report(
        title="Help",
        sentence="How to use LV Mini Twin, what its figures mean, and what its model leaves out.",
        state="plain",
        question=(),
        tables=(
            Table("key_figures", "Key figures", _columns("figure", "unit", "meaning"), KEY_FIGURES),
            Table(
                "limits",
                "Limits",
                (
                    Column("name", "Limits"),
                    Column("low", "Lowest", "pu", 2),
                    Column("high", "Highest", "pu", 2),
                    Column("rise", "Rise by generation"),
                    Column("source", "Source"),
                ),
                limits,
            ),
            Table("left_out", "What the model leaves out", _columns("what", "why"), LEFT_OUT),
        ),
    )


def _columns(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(key, key.capitalize()) for key in keys)
