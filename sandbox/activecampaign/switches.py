"""What nobody has seen the vendor do, or what an account may have either way, each with the safer guess."""

from typing import Any

ENGAGEMENT: dict[str, Any] = {
    "rate_window": "sliding",
    "limit_over_most": "capped",
    "email_of_another": "refused",
    "unchanged_saves_move_udate": True,
    "engagement_moves_udate": False,
    "blank_values_remove": False,
    "bulk_import_seconds": 2,
    "bulk_status_begins_false": True,
    "bulk_success_names_updated": False,
    "bulk_exclusions": [],
    "event_account": "1000017",
    "event_key": "practice-activecampaign-event-key",
    "unknown_events_are_added": True,
}
