"""One access token for the whole fleet, refreshed early, by one worker, and never in a storm.

Zoho gives ten tokens in ten minutes and lets fifteen live; asked too often it gives none for a long while.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from baton.adapters.http.deadline import Deadline
from baton.domain.failures import Busy, Failure, Unreachable, Waiting
from baton.ports import Clock, Token, Tokens

EARLY = timedelta(minutes=5)
_PAUSE_AFTER_A_REFUSAL = timedelta(minutes=1)
_PAUSE_AFTER_SILENCE = timedelta(seconds=5)
_LONGEST_WAIT_FOR_ANOTHER = timedelta(seconds=2)
_LOOK_EVERY = 0.1
_BUSY = timedelta(seconds=0.5)


class TokenSource:
    """Hands out a token that is good for some minutes. Shared by all threads of a worker."""

    def __init__(self, *, tokens: Tokens, refresh: Callable[[Deadline], Token], clock: Clock) -> None:
        self._tokens = tokens
        self._refresh = refresh
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Token | None = None

    def token(self, deadline: Deadline, *, refused: str | None = None) -> Token:
        """A token other than the refused one."""
        known = self._known
        if known is not None and self._is_good(known, refused):
            return known
        # One thread of a worker is enough to look.
        with self._lock:
            self._known = self._found(deadline, refused)
            return self._known

    def _found(self, deadline: Deadline, refused: str | None) -> Token:
        kept = self._tokens.read()
        if kept is not None and self._is_good(kept, refused):
            return kept
        if self._tokens.claim_refresh(self._clock.now()):
            return self._refreshed(deadline)
        if kept is not None and kept.access != refused and kept.expires > self._clock.now() + timedelta(seconds=10):
            return kept
        return self._awaited(deadline, refused)

    def _refreshed(self, deadline: Deadline) -> Token:
        try:
            token = self._refresh(deadline)
        except Failure as failure:
            self._tokens.give_up(self._clock.now(), _pause_after(failure))
            raise
        self._tokens.keep(token, self._clock.now())
        return token

    def _awaited(self, deadline: Deadline, refused: str | None) -> Token:
        until = Deadline.after(_LONGEST_WAIT_FOR_ANOTHER)
        while min(until.seconds_left, deadline.seconds_left) > _LOOK_EVERY:
            time.sleep(_LOOK_EVERY)
            kept = self._tokens.read()
            if kept is not None and self._is_good(kept, refused):
                return kept
        raise Busy("another worker refreshes Zoho's token, or it must rest", wait=_BUSY, code="token")

    def _is_good(self, token: Token, refused: str | None) -> bool:
        return token.access != refused and token.expires - self._clock.now() > EARLY


def _pause_after(failure: Failure) -> timedelta:
    match failure:
        case Waiting(wait=wait):
            return wait
        case Unreachable():
            return _PAUSE_AFTER_SILENCE
    return _PAUSE_AFTER_A_REFUSAL
