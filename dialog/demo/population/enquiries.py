"""Practical questions, and what the office writes first, as their steps leave them."""

from dialog.conversations.events import ConversationRedirected
from dialog.conversations.policy import Outcome, Verb
from dialog.demo.population.matters import Does, Matter
from dialog.demo.population.steps import Act, Step


class Enquiry:
    """A matter that one side just writes about."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.does: dict[Act, Does] = {
            Act.ENQUIRE: matter.start,
            Act.WRITE: matter.start,
            Act.REDIRECT: self._redirect,
        }

    def _redirect(self, step: Step) -> None:
        matter = self.matter
        if step.to is None:
            raise LookupError("a step that shows the way says where to")
        if step.text:
            matter.say(step)
        matter.row.redirected_to = step.to
        matter.turn(step, Verb.REDIRECT, Outcome.REDIRECTED)
        matter.record(step, ConversationRedirected(to_service=step.to, **matter.about))
