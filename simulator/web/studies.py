"""The studies of a feeder, in the order in which they make an argument."""

from simulator.reports.data.sweep import sweep_data
from simulator.reports.sweep import sweep_report
from simulator.studies.hosting_capacity import sweep
from simulator.web.api.schemas.sweep import SweepIn, SweepOut
from simulator.web.study import Study
from simulator.web.study_forms import SweepForm

STUDIES: dict[str, Study] = {
    study.name: study
    for study in (
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
        ),
    )
}
