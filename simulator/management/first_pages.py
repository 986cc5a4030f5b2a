"""What the first page views need: the questions that pages ask on their defaults, and their addresses."""

from functools import partial

from django.urls import reverse

from simulator.grid.clock import time_of
from simulator.grid.subject import Subject
from simulator.management.question import read_form
from simulator.questions.question import Question
from simulator.studies.compare.comparison import COMPARISON
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.feeders.day_status import DAY_STATUS
from simulator.studies.run.answer import RUN
from simulator.studies.run.question import RunQuestion
from simulator.web.pages.list_forms import CompareForm, FeedersForm
from simulator.web.pages.studies import STUDIES
from simulator.web.work.answers import Answers


def ask_first_pages(answers: Answers, subject: Subject) -> None:
    """Ask what a feeder's card, run page and sweep page show first, and its row in the comparison.

    Its run page is asked twice: by itself, and at the quarter-hour to which the card leads.
    """
    feeder = subject.feeder
    listing, sweep, run = read_form(FeedersForm, {}), STUDIES["sweep"], STUDIES["run"]
    compared = read_form(partial(CompareForm, names={feeder.feeder_id: feeder.name}), {})
    status = answers.ask(DAY_STATUS, Question.read(subject, listing.asked()))
    for options in ({}, {"time": time_of(status.tightest.step)}):
        answers.ask(RUN, RunQuestion.read(subject, read_form(run.form, options).asked()))
    swept = read_form(partial(sweep.form, feeder=feeder), {})
    sweep.ask(answers, sweep.asked.read(subject, swept.asked()))
    answers.ask(COMPARISON, CompareQuestion.read(subject, compared.asked()))


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
