"""Web addresses of accounts: which are accepted, and when two of them are the same."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, WithJsonSchema


def web_address(text: str) -> str:
    """The address without a trailing slash. Plain http is for this machine only, for a token travels in every call."""
    parts = _split(text.strip())
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("should be a web address, like https://accounts.zoho.eu.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("should be the bare address, without user, question mark or hash.")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("should begin with https://, for a token travels in every call.")
    return text.strip().rstrip("/")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("should be a web address, like https://accounts.zoho.eu.") from None
    return parts


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def activecampaign_base(address: str) -> str:
    """ActiveCampaign shows its address with or without `/api/3`; the account is the part before."""
    return address.rstrip("/").removesuffix("/api/3").rstrip("/")


def same_place(address: str) -> str:
    """The address as a key: letter case, port 443 and what follows the host do not make another account."""
    parts = urlsplit(address)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return f"{(parts.hostname or '').rstrip('.')}:{port}"


WebAddress = Annotated[
    str, AfterValidator(web_address), WithJsonSchema({"type": "string", "pattern": "^https?://[^\\s?#@]+$"})
]
