"""Which command answers which question: the last section of every operating document."""

from baton.domain.told import Section

_QUESTIONS = (
    ("Are the two sides in step, and what is missing?", "baton status"),
    ("Why does this person show this value? Why did nothing happen?", "baton explain jane@example.com --field phone"),
    ("What was sent to the vendor, and what did it answer?", "baton explain jane@example.com --calls"),
    ("Do the live accounts agree with the contract?", "baton audit --sample 100"),
    ("Did somebody change a field, a picklist or a user?", "baton drift list"),
    ("Which fields wait for a person's word?", "baton conflicts list"),
    ("Who might be two people, or one?", "baton reviews list"),
    ("Who is there twice?", "baton duplicates"),
    ("May this person be mailed, and why?", "baton consent show jane@example.com"),
    ("What would be written now, or under another contract?", "baton plan --dry"),
    ("Is a wave of writes held?", "baton guard list"),
    ("What ran out of patience, and how is it replayed?", "baton dead list"),
    ("Who was handed over to sales, to whom, and why?", "baton handoffs list"),
    ("Which reads ran, and what did they bring?", "baton runs list"),
    ("Are tokens, fields and limits as Baton needs them?", "baton doctor"),
    ("Is the YAML sound?", "baton contract check"),
    ("Does a vendor still call us?", "baton webhooks list"),
)


def troubleshooting() -> Section:
    return Section("Troubleshooting", columns=("question", "command"), rows=_QUESTIONS)
