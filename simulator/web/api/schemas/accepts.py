"""What each field of a question accepts, in words, for the errors that name it."""

from simulator.questions.fields import fields_of
from simulator.web.pages.studies import QUESTIONS

ACCEPTS = {"feeder_id": "accepts the id of a feeder, as /api/feeders lists them"} | {
    name: field.accepted
    for question in QUESTIONS
    for field in fields_of(question)
    for name in (field.key, field.was)
    if name
}
