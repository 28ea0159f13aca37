"""The one error of starting things: a sentence for a person, with the way out in it."""


class StartError(Exception):
    """Something could not be started; `str()` says why and what to do."""
