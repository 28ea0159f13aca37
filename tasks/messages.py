"""What a message looks like: a connection's name and references, never payloads, and the version of that form."""

VERSION = 1


class NewerMessage(Exception):
    """A message of a later release: this one cannot know what it means."""

    def __init__(self, version: int) -> None:
        super().__init__(f"message of version {version}; this worker understands up to {VERSION}")


def check(version: int) -> None:
    if version > VERSION:
        raise NewerMessage(version)
