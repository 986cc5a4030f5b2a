"""The studies of a feeder, in the order in which they make an argument."""

from typing import Any

from simulator.questions.question import Question
from simulator.studies.day.data import DayOut
from simulator.studies.day.day import DAY
from simulator.studies.day.question import DayQuestion
from simulator.studies.day.report import day_report
from simulator.studies.measures.data import MeasuresOut
from simulator.studies.measures.measures import MEASURES
from simulator.studies.measures.report import measures_report
from simulator.studies.monte_carlo.data import MonteCarloOut
from simulator.studies.monte_carlo.monte_carlo import MONTE_CARLO
from simulator.studies.monte_carlo.question import MonteCarloQuestion
from simulator.studies.monte_carlo.report import monte_carlo_report
from simulator.studies.network.data import NetworkOut
from simulator.studies.network.report import network_geojson, network_report
from simulator.studies.nodes.data import NodesOut
from simulator.studies.nodes.nodes import NODES
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.nodes.report import nodes_geojson, nodes_report
from simulator.studies.run.answer import RUN
from simulator.studies.run.data import SimulateOut
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.report import run_report
from simulator.studies.run.snapshot import SNAPSHOT
from simulator.studies.standards.data import StandardsOut
from simulator.studies.standards.question import StandardsQuestion
from simulator.studies.standards.report import standards_report
from simulator.studies.standards.standards import STANDARDS
from simulator.studies.sweep.data import SweepOut
from simulator.studies.sweep.hosting_capacity import SWEEP
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.sweep.report import sweep_report
from simulator.studies.why.data import WhyOut
from simulator.studies.why.question import WhyQuestion
from simulator.studies.why.report import why_report
from simulator.studies.why.why import WHY
from simulator.technologies.registry import adopted
from simulator.web.api.schemas.bodies import (
    DAY_IN,
    MEASURES_IN,
    MONTE_CARLO_IN,
    NODES_IN,
    SIMULATE_IN,
    STANDARDS_IN,
    SWEEP_IN,
    WHY_IN,
)
from simulator.web.pages.run_study import NetworkStudy, RunStudy
from simulator.web.pages.study import Study

IN_ORDER: tuple[Study[Any, Any], ...] = (
    RunStudy(
        "run",
        "Run",
        "How loaded is it now?",
        SIMULATE_IN,
        SimulateOut,
        RunQuestion,
        RUN,
        run_report,
    ),
    Study(
        "day",
        "Day",
        "What happens over the whole day?",
        DAY_IN,
        DayOut,
        DayQuestion,
        DAY,
        day_report,
    ),
    Study(
        "sweep",
        "Sweep" if len([each for each in adopted() if each.profile]) > 1 else "PV sweep",  # by themselves
        "How much PV can it host?",
        SWEEP_IN,
        SweepOut,
        SweepQuestion,
        SWEEP,
        sweep_report,
        tells_capacity=True,
    ),
    Study(
        "standards",
        "Standards",
        "By which standard?",
        STANDARDS_IN,
        StandardsOut,
        StandardsQuestion,
        STANDARDS,
        standards_report,
        tells_capacity=True,
    ),
    Study(
        "monte-carlo",
        "Monte Carlo",
        "How sure is that, whoever adopts?",
        MONTE_CARLO_IN,
        MonteCarloOut,
        MonteCarloQuestion,
        MONTE_CARLO,
        monte_carlo_report,
        tells_capacity=True,
    ),
    Study(
        "nodes",
        "Nodes",
        "Where is there room for more?",
        NODES_IN,
        NodesOut,
        NodesQuestion,
        NODES,
        nodes_report,
        nodes_geojson,
        tells_capacity=True,
    ),
    Study(
        "why",
        "Why",
        "Why is the voltage what it is?",
        WHY_IN,
        WhyOut,
        WhyQuestion,
        WHY,
        why_report,
    ),
    Study(
        "measures",
        "What helps",
        "What would help?",
        MEASURES_IN,
        MeasuresOut,
        SweepQuestion,
        MEASURES,
        measures_report,
        tells_capacity=True,
    ),
    NetworkStudy(
        "network",
        "Network",
        "Where is everything?",
        None,
        NetworkOut,
        RunQuestion,
        SNAPSHOT,
        network_report,
        network_geojson,
    ),
)
STUDIES = {study.name: study for study in IN_ORDER}
QUESTIONS: tuple[type[Question], ...] = tuple(study.asked for study in IN_ORDER)
