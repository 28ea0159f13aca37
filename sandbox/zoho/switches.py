"""Every switch of the organisation: what sources disagree on, with the safer guess, and what an organisation may have.

The one place that says them; what each moves reads it by name.
"""

from sandbox.switches import Switch
from sandbox.zoho.scopes import GRANTED

LIMITS = (
    Switch("credits", 55_000, "credits in any 24 hours"),
    Switch("concurrency", 10, "calls at a time"),
    Switch("search_credits", 1, "credits one search costs", "one reader of the price list notes 3", also=(3,)),
    Switch(
        "deleted_list_credits",
        2,
        "credits one reading of a deleted list costs",
        "the price is from an older version's list",
        also=(1,),
    ),
    Switch(
        "too_many_code",
        "TOO_MANY_REQUESTS",
        "the code of a 429",
        "the status page and one of the vendor's own files name different codes",
        ("TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED"),
    ),
)
SIGNING_IN = (
    Switch("scopes", list(GRANTED), "what the refresh token was granted; tokens given from then on have it"),
    Switch(
        "token_window",
        "sliding",
        "how the ten minutes of ten tokens are counted",
        "a window that slides, or one that begins anew with the clock's ten minutes",
        ("sliding", "fixed"),
    ),
    Switch(
        "token_refusal_status",
        400,
        "the status of the eleventh token's refusal",
        "clients report both; the words in the body are the same",
        also=(200,),
    ),
    Switch(
        "refused_tokens_count",
        False,
        "whether asking again while refused makes the refusal last longer",
        "several projects report that it does",
    ),
)
READS = (
    Switch("search_lag_seconds", 30, "how long a change stays unseen by search"),
    Switch(
        "coql_lag_seconds",
        0,
        "how long a change stays unseen by COQL",
        "that it sees fresh writes is relied upon and stated nowhere",
        also=(30,),
    ),
    Switch(
        "coql_names_lookups",
        True,
        "whether a query's lookups come with their names",
        "samples show lookups with and without",
    ),
    Switch(
        "modified_since_is_inclusive",
        False,
        "whether If-Modified-Since takes the second it names",
        "after it, or from it on",
    ),
    Switch(
        "converted_by_default",
        "false",
        "which leads a list shows that is not told",
        "that converted ones are left out is what clients report",
        ("false", "both"),
    ),
    Switch(
        "converted_leads_are_read_by_id",
        True,
        "whether a converted lead is still read by its id",
        "whether it needs `converted=both`",
    ),
    Switch("recycle_bin_days", 60, "how long a deleted record can be brought back", "from product help alone"),
    Switch("bulk_read_seconds", 3, "how long a bulk read takes"),
    Switch("bulk_read_rows", 200_000, "how many rows one bulk read gives"),
)
WRITES = (
    Switch("email_unique", {"Leads": False, "Contacts": True}, "in which modules the e-mail is unique"),
    Switch(
        "strict_picklists",
        True,
        "whether a word that is no choice is refused",
        "accepted or refused, by a setting of the field that nothing shows",
    ),
    Switch(
        "unwritable_fields",
        "refuse",
        "what a field that is unknown or read-only does to a record",
        "an example refuses the record, integrators report both",
        ("refuse", "ignore"),
    ),
    Switch(
        "all_failed_status",
        400,
        "the status of a write every record of which failed",
        "400 in the newest examples, 202 in the older description",
        also=(202,),
    ),
    Switch(
        "upsert_takes",
        "oldest",
        "which of several records that match an upsert changes",
        "one of them, says the vendor, and not which",
        ("oldest", "newest"),
    ),
    Switch(
        "unsubscribing_opts_out",
        True,
        "whether leaving by the link in a mail also opts out",
        "whether Email_Opt_Out goes with Unsubscribed_Mode",
    ),
)
TELLING = (
    Switch(
        "notifications_speak_of_events",
        False,
        "whether notifications say create and edit instead of insert and update",
        "a recorded delivery has the one vocabulary, a description the other",
    ),
    Switch(
        "api_writes_are_told",
        True,
        "whether writes of the API are told to channels",
        "nothing exempts them, and nothing says that they are",
    ),
)
SWITCHES: tuple[Switch, ...] = (*LIMITS, *SIGNING_IN, *READS, *WRITES, *TELLING)
