"""The practice CRMs' credentials. They are no secrets: the practice CRMs take these and no others, on this machine."""

from collections.abc import Mapping

ACTIVECAMPAIGN_URL = "BATON_PRACTICE_ACTIVECAMPAIGN_URL"
ZOHO_URL = "BATON_PRACTICE_ZOHO_URL"
"""Where `make up` tells that the practice CRMs answer."""

CREDENTIALS: Mapping[str, str] = {
    "token": "practice-activecampaign-token",
    "client_id": "1000.PRACTICE",
    "client_secret": "practice-zoho-secret",
    "refresh_token": "1000.practice.refresh",
}
