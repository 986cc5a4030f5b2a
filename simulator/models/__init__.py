"""What is kept: feeders, their profiles, and the scenarios that people save."""

from simulator.models.day_statuses import DayStatusRecord, contents_of
from simulator.models.feeder_queries import FeederQuerySet
from simulator.models.feeders import FeederRecord
from simulator.models.profile_drafts import ProfileDraft
from simulator.models.profiles import ProfileSet
from simulator.models.scenarios import SavedScenario, ScenarioQuerySet
from simulator.models.tokens import AccessToken
from simulator.models.uploads import Upload

__all__ = [
    "AccessToken",
    "DayStatusRecord",
    "FeederQuerySet",
    "FeederRecord",
    "ProfileDraft",
    "ProfileSet",
    "SavedScenario",
    "ScenarioQuerySet",
    "Upload",
    "contents_of",
]
