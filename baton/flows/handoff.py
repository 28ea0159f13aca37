"""Handoff: decide what waits, on values; write who calls whom; end what is over."""

import traceback
from collections.abc import Sequence

from baton.domain.failures import Failure, Unforeseen
from baton.domain.handoff import Book, Case, Forsake, Outcome, decide
from baton.domain.plays import Play
from baton.domain.records import Crm, Module
from baton.domain.routing import Salesperson
from baton.domain.sla import ClockRule, baseline, start
from baton.engine import Engine
from baton.ports.handoffs import Running

AT_ONCE = 50
NO_SUCH_PLAY = "the play is not in handoff.yaml any more"
_QUEUE = "automation"


def handoff(engine: Engine) -> Sequence[Module]:
    """Decides what is due and ends what is over; returns where writes now wait.

    Safe to run twice: a handoff that is not due, or that somebody else decides, is simply not there.
    """
    handoffs, modules = engine.automation.handoffs, list[Module]()
    if not handoffs.has_work(now=engine.now()):
        return ()
    # Asked before anything is leased: a vendor that does not answer must not hold what waits.
    book = _book(engine)
    for case in handoffs.take(limit=AT_ONCE, now=engine.now()):
        modules += _settled(case, book, engine)
    handoffs.conclude(limit=AT_ONCE, now=engine.now())
    return tuple(dict.fromkeys(modules))


def refresh_users(engine: Engine) -> tuple[Salesperson, ...]:
    """Zoho's users, read again once they are no longer fresh; those of before while Zoho does not answer."""
    users = engine.automation.users
    known = users.read()
    if users.are_fresh(now=engine.now()):
        return known
    try:
        users.keep(engine.gateways[Crm.ZOHO].users(), now=engine.now())
    except Failure:
        if not known:
            raise
        return known
    return users.read()


def rehearse(play: Play, email: str, engine: Engine) -> tuple[Case, Outcome] | None:
    """What the play would do for whoever has this address, were it set off now. Nothing is written.

    None: nobody with it is known in ActiveCampaign.
    """
    now = engine.now()
    case = engine.automation.handoffs.imagine(play.name, email, now=now)
    return None if case is None else (case, decide(case, play, _book(engine), now))


def _book(engine: Engine) -> Book:
    return Book(engine.contract, refresh_users(engine), engine.spelling.region, engine.connections.zoho_user())


def _settled(case: Case, book: Book, engine: Engine) -> Sequence[Module]:
    play = engine.automation.play(case.play)
    outcome = Forsake(NO_SUCH_PLAY) if play is None else _decided(case, play, book, engine)
    return engine.automation.handoffs.settle(case, outcome, _clocks(case, engine), now=engine.now())


def _decided(case: Case, play: Play, book: Book, engine: Engine) -> Outcome:
    try:
        return decide(case, play, book, engine.now())
    except Exception as error:  # noqa: BLE001 - a bug about one handoff is buried with it, and not with its neighbours
        why = Unforeseen(type(error).__name__)
        where = "".join(traceback.format_tb(error.__traceback__))
        engine.dead_letters.bury(_QUEUE, code=why.code, reason=why.reason, traceback=where, now=engine.now())
        return Forsake(f"a bug: {why.reason}")


def _clocks(case: Case, engine: Engine) -> list[Running]:
    return [_running(case, rule) for rule in engine.automation.clock_rules if case.play in rule.plays]


def _running(case: Case, rule: ClockRule) -> Running:
    at_risk_at, due_at = start(rule, case.happened_at)
    shown = None if case.record is None else baseline(rule, case.record)
    return Running(rule.name, case.happened_at, at_risk_at, due_at, shown)
