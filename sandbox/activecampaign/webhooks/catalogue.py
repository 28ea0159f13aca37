"""The events a webhook may ask for; the practice account itself brings about only those of contacts."""

SUBSCRIBE = "subscribe"
UNSUBSCRIBE = "unsubscribe"
UPDATE = "update"
TAG_ADDED = "contact_tag_added"
TAG_REMOVED = "contact_tag_removed"

EVENTS = (
    "bounce",
    "click",
    TAG_ADDED,
    TAG_REMOVED,
    "deal_add",
    "deal_note_add",
    "deal_pipeline_add",
    "deal_stage_add",
    "deal_task_add",
    "deal_task_complete",
    "deal_tasktype_add",
    "deal_update",
    "forward",
    "list_add",
    "open",
    "reply",
    "sent",
    "share",
    "sms_reply",
    "sms_sent",
    "sms_unsub",
    SUBSCRIBE,
    "subscriber_note",
    UNSUBSCRIBE,
    UPDATE,
)
ALSO_ACCEPTED = ("account_add", "account_contact_add", "account_contact_update", "account_update", "contact_task_add")
BLIND_TO_LISTS = frozenset({TAG_ADDED, TAG_REMOVED})
"""Events that a webhook bound to one list hears from all of them."""
