"""The studies of a feeder, in the order in which they make an argument."""

from simulator.reports.chance import monte_carlo_report
from simulator.reports.data.chance import monte_carlo_data
from simulator.reports.data.day import day_data
from simulator.reports.data.ledger import ledger_data
from simulator.reports.data.measures import measures_data
from simulator.reports.data.nodes import nodes_data
from simulator.reports.data.standards import standards_data
from simulator.reports.data.sweep import sweep_data
from simulator.reports.day import day_report
from simulator.reports.ledger import ledger_report
from simulator.reports.measures import measures_report
from simulator.reports.nodes import nodes_geojson, nodes_report
from simulator.reports.standards import standards_report
from simulator.reports.sweep import sweep_report
from simulator.studies.day import day
from simulator.studies.hosting_capacity import sweep
from simulator.studies.ledger import explain_voltage
from simulator.studies.measures import measures
from simulator.studies.monte_carlo import monte_carlo, monte_carlo_size
from simulator.studies.nodes import nodes
from simulator.studies.sizes import day_size, measures_size, nodes_size, standards_size, sweep_size
from simulator.studies.standards import standards
from simulator.web.api.schemas.chance import MonteCarloIn, MonteCarloOut
from simulator.web.api.schemas.day import DayIn, DayOut
from simulator.web.api.schemas.ledger import WhyIn, WhyOut
from simulator.web.api.schemas.measures import MeasuresIn, MeasuresOut
from simulator.web.api.schemas.nodes import NodesIn, NodesOut
from simulator.web.api.schemas.standards import StandardsIn, StandardsOut
from simulator.web.api.schemas.sweep import SweepIn, SweepOut
from simulator.web.study import Study
from simulator.web.study_forms import (
    DayForm,
    MeasuresForm,
    MonteCarloForm,
    NodesForm,
    StandardsForm,
    SweepForm,
    WhyForm,
)

STUDIES: dict[str, Study] = {
    study.name: study
    for study in (
        Study(
            "day",
            "Day",
            "What happens over the whole day?",
            DayForm,
            DayIn,
            DayOut,
            day,
            day_report,
            day_data,
            day_size,
        ),
        Study(
            "sweep",
            "PV sweep",
            "How much PV can it host?",
            SweepForm,
            SweepIn,
            SweepOut,
            sweep,
            sweep_report,
            sweep_data,
            sweep_size,
            tells_capacity=True,
        ),
        Study(
            "standards",
            "Standards",
            "By which standard?",
            StandardsForm,
            StandardsIn,
            StandardsOut,
            standards,
            standards_report,
            standards_data,
            standards_size,
            tells_capacity=True,
        ),
        Study(
            "monte-carlo",
            "Chance",
            "How sure is that, whoever adopts?",
            MonteCarloForm,
            MonteCarloIn,
            MonteCarloOut,
            monte_carlo,
            monte_carlo_report,
            monte_carlo_data,
            monte_carlo_size,
            long=True,
            tells_capacity=True,
        ),
        Study(
            "nodes",
            "Places",
            "Where is there room for more?",
            NodesForm,
            NodesIn,
            NodesOut,
            nodes,
            nodes_report,
            nodes_data,
            nodes_size,
            nodes_geojson,
            long=True,
            tells_capacity=True,
        ),
        Study(
            "why",
            "Why",
            "Why is the voltage what it is?",
            WhyForm,
            WhyIn,
            WhyOut,
            explain_voltage,
            ledger_report,
            ledger_data,
            day_size,
        ),
        Study(
            "measures",
            "What helps",
            "What would help?",
            MeasuresForm,
            MeasuresIn,
            MeasuresOut,
            measures,
            measures_report,
            measures_data,
            measures_size,
            tells_capacity=True,
        ),
    )
}
