"""Every switch of the account: what nobody has seen the vendor do, with the safer guess, and what an account may have.

The one place that says them; what each moves reads it by name.
"""

from sandbox.switches import Switch

LIMITS = (
    Switch("requests_per_second", 5, "calls a second, for the whole account"),
    Switch(
        "rate_window",
        "sliding",
        "how that second is counted",
        "a window that slides with each call, or one that begins anew with the clock's second",
        ("sliding", "fixed"),
    ),
    Switch("retry_after_seconds", 0, "what Retry-After says; 0 says what is true"),
    Switch(
        "rate_headers",
        False,
        "whether answers carry RateLimit-Limit and RateLimit-Remaining",
        "they are documented, and absent from every answer anybody recorded",
    ),
    Switch(
        "too_many_body",
        "message",
        "what a 429 says beside its header",
        "the body of a 429 is documented nowhere",
        ("message", "errors", "empty"),
    ),
    Switch(
        "limit_over_most",
        "capped",
        "what a limit above the most does to a list",
        "whether more than 100 rows are cut to 100, taken for the default, or refused",
        ("capped", "ignored", "refused"),
    ),
)
STAMPS = (
    Switch(
        "date_filters_work",
        True,
        "whether the date filters of contacts filter at all",
        "filters the vendor does not know are passed over in silence, and which it knows has changed",
    ),
    Switch(
        "after_is_inclusive",
        False,
        "whether updated_after and created_after take the second they name",
        "whether the bounds belong to the range",
    ),
    Switch(
        "naive_filter_dates",
        "central",
        "where the clock of a filter's date without an offset hangs",
        "how a date without an offset is read",
        ("central", "utc"),
    ),
    Switch(
        "updated_filter_column",
        "udate",
        "which stamp updated_after and updated_before compare",
        "udate or updated_timestamp",
        ("udate", "updated"),
    ),
    Switch(
        "tag_removal_moves_udate",
        False,
        "whether taking a tag off moves the contact's udate",
        "recorded for tags put on, and never for tags taken off",
    ),
    Switch(
        "unchanged_saves_move_udate",
        True,
        "whether saving what is there already moves the contact's udate",
        "one recorded sync hints that it does",
    ),
    Switch(
        "engagement_moves_udate",
        False,
        "whether a score, a visit, an opened mail or an automation moves the contact's udate",
        "nobody has recorded either",
    ),
    Switch("deal_fields_move_mdate", False, "whether a deal's custom value moves its mdate", "not recorded"),
    Switch(
        "account_field_stamps_are_naive",
        False,
        "whether custom values of accounts carry stamps without an offset",
        "the reference shows them naive, recordings of deals in UTC",
    ),
)
WRITES = (
    Switch(
        "email_of_another",
        "refused",
        "what a change to another contact's e-mail does: refused, or passed over",
        "the 422 is expected, and recorded nowhere",
        ("refused", "ignored"),
    ),
    Switch(
        "blank_values_remove",
        False,
        "whether a blank custom value takes its row away instead of emptying it",
        "only the deletion of a value is sure",
    ),
    Switch(
        "existing_tag_name",
        "refused",
        "what making a tag whose name exists does: a 422, or the tag that is there",
        "not recorded; a 422 is expected",
        ("refused", "returned"),
    ),
    Switch(
        "deleted_lists_take_contacts",
        True,
        "whether contacts that stood on no other list are deleted with their list",
        "recorded once, in 2021, and never since",
    ),
    Switch("answers_of", 2026, "which year's answers the account gives; 2020 has older shapes"),
)
TELLING = (
    Switch("webhooks_to_loopback", True, "whether webhooks may go to this machine by plain http"),
    Switch(
        "api_creates_are_told",
        True,
        "whether `subscribe` is told of a contact the API makes on no list",
        "recorded for contacts made by hand, and never for those made by the API",
    ),
)
IMPORTS = (
    Switch("bulk_import_seconds", 2, "how long a bulk import takes"),
    Switch("bulk_status_begins_false", True, "whether a batch answers with a blank status right after it was taken"),
    Switch("bulk_success_names_updated", False, "whether `success` of a batch also names contacts that were there"),
    Switch(
        "bulk_exclusions",
        [],
        "addresses and domains a bulk import passes over",
        "the full rules for passing contacts over are not known",
    ),
)
EVENTS = (
    Switch("event_account", "1000017", "the account's number for event tracking"),
    Switch("event_key", "practice-activecampaign-event-key", "the key for event tracking"),
    Switch("unknown_events_are_added", True, "whether an event of a new name makes that name known"),
)
SWITCHES: tuple[Switch, ...] = (*LIMITS, *STAMPS, *WRITES, *TELLING, *IMPORTS, *EVENTS)
