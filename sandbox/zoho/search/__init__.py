"""Search as Zoho's index answers it: near matches, special characters alike."""

from sandbox.zoho.search.finding import run
from sandbox.zoho.table import Refusal

__all__ = ["Refusal", "run"]
