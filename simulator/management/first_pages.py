"""What the first page views need: the questions that pages ask on their defaults, and their addresses."""

from functools import partial

from django.urls import reverse

from simulator.grid.clock import time_of
from simulator.grid.subject import Subject
from simulator.management.question import read_question
from simulator.web.pages.asking import ask_comparison, ask_day_status, ask_guidance, ask_snapshot
from simulator.web.pages.forms import CompareForm, FeedersForm, ScenarioForm
from simulator.web.pages.studies import STUDIES
from simulator.web.work.answers import Answers


def ask_first_pages(answers: Answers, subject: Subject) -> None:
    """Ask what a feeder's card, run page and sweep page show first, and its row in the comparison.

    Its run page is asked twice: by itself, and at the quarter-hour to which the card leads.
    """
    feeder = subject.feeder
    listing, sweep = read_question(FeedersForm, {}), STUDIES["sweep"]
    compared = read_question(partial(CompareForm, names={feeder.feeder_id: feeder.name}), {})
    adoption, battery = listing.cleaned_data["pv_adoption"], listing.cleaned_data["battery_adoption"]
    status = ask_day_status(answers, subject, adoption, battery, listing.limit_set)
    for options in ({}, {"time": time_of(status.tightest.step)}):
        scenario = read_question(ScenarioForm, options).scenario(feeder.feeder_id)
        ask_guidance(answers, subject, ask_snapshot(answers, subject, scenario))
    sweep.ask(answers, subject, read_question(partial(sweep.form, feeder=feeder), {}).asked())
    ask_comparison(answers, subject, compared.scenario(feeder.feeder_id), compared.cleaned_data["times"])


def first_addresses(worst: dict[str, str]) -> list[str]:
    """Return the same pages as addresses; ``worst`` holds each feeder's worst quarter-hour as HH:MM."""
    run = {feeder_id: reverse("run", args=[feeder_id]) for feeder_id in worst}
    return [
        reverse("feeders"),
        *run.values(),
        *(f"{run[feeder_id]}?time={time}" for feeder_id, time in worst.items()),
        *(reverse("sweep", args=[feeder_id]) for feeder_id in worst),
        reverse("compare"),
    ]
