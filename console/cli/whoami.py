"""Who gives an order at this terminal, for the ledger."""

import getpass
import os


def who_am_i() -> str:
    """In a container the user may have a number and no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
