"""The events a webhook may ask for; those of campaigns and text messages never come about here."""

SUBSCRIBE = "subscribe"
UNSUBSCRIBE = "unsubscribe"
UPDATE = "update"
TAG_ADDED = "contact_tag_added"
TAG_REMOVED = "contact_tag_removed"
CONTACT_NOTED = "subscriber_note"
CONTACT_TASK_ADDED = "contact_task_add"
DEAL_ADDED = "deal_add"
DEAL_UPDATED = "deal_update"
DEAL_NOTED = "deal_note_add"
DEAL_TASK_ADDED = "deal_task_add"
DEAL_TASK_DONE = "deal_task_complete"
PIPELINE_ADDED = "deal_pipeline_add"
STAGE_ADDED = "deal_stage_add"
TASK_TYPE_ADDED = "deal_tasktype_add"
ACCOUNT_ADDED = "account_add"
ACCOUNT_UPDATED = "account_update"
ACCOUNT_CONTACT_ADDED = "account_contact_add"
ACCOUNT_CONTACT_UPDATED = "account_contact_update"

EVENTS = (
    "bounce",
    "click",
    TAG_ADDED,
    TAG_REMOVED,
    DEAL_ADDED,
    DEAL_NOTED,
    PIPELINE_ADDED,
    STAGE_ADDED,
    DEAL_TASK_ADDED,
    DEAL_TASK_DONE,
    TASK_TYPE_ADDED,
    DEAL_UPDATED,
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
    CONTACT_NOTED,
    UNSUBSCRIBE,
    UPDATE,
)
ALSO_ACCEPTED = (ACCOUNT_ADDED, ACCOUNT_CONTACT_ADDED, ACCOUNT_CONTACT_UPDATED, ACCOUNT_UPDATED, CONTACT_TASK_ADDED)
OF_DEALS = (DEAL_ADDED, DEAL_UPDATED, DEAL_NOTED, DEAL_TASK_ADDED, DEAL_TASK_DONE)
OF_DEFINITIONS = (PIPELINE_ADDED, STAGE_ADDED, TASK_TYPE_ADDED)
BLIND_TO_LISTS = frozenset({TAG_ADDED, TAG_REMOVED, CONTACT_NOTED, *OF_DEALS, *OF_DEFINITIONS, *ALSO_ACCEPTED})
"""Events that a webhook bound to one list hears from all of them."""
