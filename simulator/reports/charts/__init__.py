"""Charts as SVG: the voltage profile along a feeder, the PV sweep, bars for tables."""

from simulator.reports.charts.bar import render_bar
from simulator.reports.charts.profile import render_voltage_profile
from simulator.reports.charts.sweep import render_sweep_chart

__all__ = ["render_bar", "render_sweep_chart", "render_voltage_profile"]
