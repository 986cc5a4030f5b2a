"""The studies of a feeder, in the order in which they make an argument."""

from typing import Any

from simulator.studies.chance.chance import monte_carlo, monte_carlo_size
from simulator.studies.chance.data import MonteCarloOut, monte_carlo_data
from simulator.studies.chance.question import ChanceQuestion
from simulator.studies.chance.report import monte_carlo_report
from simulator.studies.day.data import DayOut, day_data
from simulator.studies.day.day import day
from simulator.studies.day.question import DayQuestion
from simulator.studies.day.report import day_report
from simulator.studies.measures.data import MeasuresOut, measures_data
from simulator.studies.measures.measures import measures
from simulator.studies.measures.report import measures_report
from simulator.studies.places.data import NodesOut, nodes_data
from simulator.studies.places.places import nodes
from simulator.studies.places.question import PlacesQuestion
from simulator.studies.places.report import nodes_geojson, nodes_report
from simulator.studies.sizes import day_size, measures_size, places_size, standards_size, sweep_size
from simulator.studies.standards.data import StandardsOut, standards_data
from simulator.studies.standards.question import StandardsQuestion
from simulator.studies.standards.report import standards_report
from simulator.studies.standards.standards import standards
from simulator.studies.sweep.data import SweepOut, sweep_data
from simulator.studies.sweep.hosting_capacity import sweep
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.sweep.report import sweep_report
from simulator.studies.why.data import WhyOut, ledger_data
from simulator.studies.why.ledger import explain_voltage
from simulator.studies.why.question import WhyQuestion
from simulator.studies.why.report import ledger_report
from simulator.web.api.schemas.chance import MonteCarloIn
from simulator.web.api.schemas.day import DayIn
from simulator.web.api.schemas.ledger import WhyIn
from simulator.web.api.schemas.measures import MeasuresIn
from simulator.web.api.schemas.nodes import NodesIn
from simulator.web.api.schemas.standards import StandardsIn
from simulator.web.api.schemas.sweep import SweepIn
from simulator.web.pages.study import Study, quick
from simulator.web.pages.study_forms import (
    DayForm,
    MeasuresForm,
    MonteCarloForm,
    NodesForm,
    StandardsForm,
    SweepForm,
    WhyForm,
)

STUDIES: dict[str, Study[Any, Any]] = {
    study.name: study
    for study in (
        Study(
            "day",
            "Day",
            "What happens over the whole day?",
            DayForm,
            DayIn,
            DayOut,
            DayQuestion,
            quick(day),
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
            SweepQuestion,
            quick(sweep),
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
            StandardsQuestion,
            quick(standards),
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
            ChanceQuestion,
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
            PlacesQuestion,
            nodes,
            nodes_report,
            nodes_data,
            places_size,
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
            WhyQuestion,
            quick(explain_voltage),
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
            SweepQuestion,
            quick(measures),
            measures_report,
            measures_data,
            measures_size,
            tells_capacity=True,
        ),
    )
}
